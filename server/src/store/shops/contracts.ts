import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logSettings } from '../audit/settings-log.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { loadShop, type OpenedShop, saveShop } from './shops.ts';

/** A shop's name and its contract at F-REGI: where its money goes. */
export type Contract = {
  readonly shopName: string;
  readonly environment: OpenedShop['fregi']['environment'];
  /** 店舗ID, 5 digits. */
  readonly fregiShopId: string;
  readonly baseUrl: string;
  readonly inquiryUrl: string | null;
};

/** The work under the present contract that still has to ask F-REGI, or to learn from it. */
type Unfinished = { readonly operations: number; readonly runs: number };

type ContractChanged =
  | { readonly kind: 'changed'; readonly before: Contract; readonly after: Contract }
  | { readonly kind: 'unfinished'; readonly unfinished: Unfinished };

/** Opens a shop and logs the actor; false if the id is taken. */
export function insertShop(db: Db, shop: OpenedShop, actor: Actor): Promise<boolean> {
  return transaction(db, async (client) => {
    if (!(await saveShop(client, shop))) return false;
    const change = { actor, area: 'settings', subject: '' } as const;
    const after = contractOf(shop);
    await logSettings(client, shop.shopId, { ...change, before: null, after });
    return true;
  });
}

/**
 * Changes a shop's name or contract, and logs the change. `decide` receives the present contract
 * and throws to refuse. Changes nothing if unfinished work would then ask another gateway or
 * another 店舗ID.
 */
export function changeContract(
  db: Db,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  decide: (before: Contract) => Contract,
): Promise<ContractChanged> {
  return transaction(db, async (client) => {
    // Lets no operation begin between the count and the commit.
    await client.query(`set local lock_timeout = '5s'`);
    await client.query('lock table operations, runs in share row exclusive mode');
    await client.query('select from shops where shop_id = $1 for no key update', [shopId]);
    const shop = await loadShop(client, shopId);
    if (shop === null) throw new Error(`no shop ${shopId}`);
    const before = contractOf(shop);
    const after = decide(before);
    if (isElsewhere(before, after)) {
      const unfinished = await countUnfinished(client, shopId);
      if (unfinished.operations + unfinished.runs > 0) return { kind: 'unfinished', unfinished };
    }
    if (isDeepStrictEqual(before, after)) return { kind: 'changed', before, after };
    await client.query(CHANGE, [
      shopId,
      after.shopName,
      after.environment,
      after.fregiShopId,
      after.baseUrl,
      after.inquiryUrl,
    ]);
    await logSettings(client, shopId, { actor, area: 'settings', subject: '', before, after });
    return { kind: 'changed', before, after };
  });
}

/** True if F-REGI would be asked at another place, or as another shop. */
function isElsewhere(before: Contract, after: Contract): boolean {
  return (
    before.environment !== after.environment ||
    before.fregiShopId !== after.fregiShopId ||
    before.baseUrl !== after.baseUrl
  );
}

function contractOf({ name, fregi }: OpenedShop): Contract {
  const { environment, shopId: fregiShopId, baseUrl, inquiryUrl } = fregi;
  return { shopName: name, environment, fregiShopId, baseUrl, inquiryUrl };
}

async function countUnfinished(client: Queryable, shopId: string): Promise<Unfinished> {
  const { rows } = await client.query<Unfinished>(
    `select (select count(*) from operations
              where shop_id = $1 and state in ${OPEN}) as operations,
            (select count(*) from runs
              where shop_id = $1 and state in ('running', 'paused')) as runs`,
    [shopId],
  );
  return rows[0] ?? { operations: 0, runs: 0 };
}

const CHANGE = `
  update shops set name = $2, fregi_environment = $3, fregi_shop_id = $4, fregi_base_url = $5,
    fregi_inquiry_url = $6, version = version + 1, updated_at = now()
   where shop_id = $1`;
