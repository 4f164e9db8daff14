import { randomBytes } from 'node:crypto';
import { createAuth } from '../access/auth.ts';
import { saveMember } from '../access/members.ts';
import { authSecretOf, readConfig } from '../config.ts';
import { ROLES, type Role } from '../contract/shop.ts';
import { jstDateOf } from '../domain/jst.ts';
import { FREGI_BASE_URL } from '../fregi/client.ts';
import { type AccountOrigin, findAccount, noteOrigin } from '../store/account-origins.ts';
import type { Db } from '../store/db.ts';
import { listShops, loadShop, saveShop } from '../store/shops.ts';
import { UsageError } from './usage.ts';

/** The options of a command, as they were typed. */
export type Given = { readonly [name: string]: string | undefined };

/** Opens a shop, or changes its name and contract. */
export async function openShop(db: Db, shopId: string, given: Given): Promise<void> {
  const { name, environment = '' } = given;
  const fregiShopId = given['fregi-shop'] ?? '';
  if (!/^[a-z0-9-]{1,40}$/.test(shopId)) throw new UsageError('a shop’s id is like hanamichi-2');
  if (!name) throw new UsageError('--name is wanted: the shop’s name as its customers know it');
  if (!/^\d{5}$/.test(fregiShopId)) throw new UsageError('--fregi-shop has 5 digits: 店舗ID');
  if (environment !== 'test' && environment !== 'production') {
    throw new UsageError('--environment is test or production');
  }
  const known = await loadShop(db, shopId);
  await saveShop(db, {
    ...{ shopId, name, linkEnabled: false, inquiry: false, captureDeadlineDays: 60 },
    fregi: {
      ...{ environment, shopId: fregiShopId, inquiryUrl: null },
      baseUrl: FREGI_BASE_URL[environment],
    },
  });
  console.log(known === null ? `${shopId} is open` : `${shopId} is changed`);
}

/**
 * Lets a person into a shop; somebody new gets a password, printed once. An account that there is
 * already gets the role only where that is asked for: somebody else may have made it.
 */
export async function letIn(
  db: Db,
  databaseUrl: string,
  email: string,
  given: Given,
  isExisting: boolean,
): Promise<void> {
  const { name, shop: shopId = '', role } = given;
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new UsageError('an e-mail address is wanted');
  if (!name) throw new UsageError('--name is wanted');
  if (!isRole(role)) throw new UsageError(`--role is one of ${ROLES.join(', ')}`);
  if ((await loadShop(db, shopId)) === null) throw new UsageError(`there is no shop ${shopId}`);
  const account = await findAccount(db, email);
  if (account !== null && !isExisting) throw new UsageError(`${tell(email, account)}\n${HOW}`);
  const config = readConfig(process.env);
  const auth = createAuth({
    databaseUrl,
    secret: await authSecretOf(config),
    publicUrl: config.publicUrl,
  });
  try {
    const password = randomBytes(15).toString('base64url');
    const { id: userId, isNew } = await auth.createUser({ email, name, password });
    await saveMember(db, { shopId, userId, role });
    if (isNew) await noteOrigin(db, { userId, shopId, way: 'operator' });
    console.log(`${email} is ${role} of ${shopId}`);
    if (account !== null) console.log(tell(email, account));
    if (isNew) console.log(`password, shown this once: ${password}`);
  } finally {
    await auth.close();
  }
}

const HOW =
  'Make sure that it is theirs, then say so by --existing. Nothing was changed.\n' +
  'A mailed invitation proves an address by itself.';

/** Since when there is an account, from which shop, and whether its address was proved. */
function tell(email: string, { since, shops, way, isProved }: AccountOrigin): string {
  const from = shops.length === 0 ? 'no shop' : `the shop ${shops.join(', ')}`;
  const by = way === null ? '' : `, by ${BY[way]}`;
  const proved = isProved ? 'Its address is proved.' : 'ITS ADDRESS WAS NEVER PROVED.';
  return `${email} has an account since ${jstDateOf(since)}, from ${from}${by}. ${proved}`;
}

const BY = {
  operator: 'this command',
  mailed_link: 'an invitation that was mailed to it',
  shown_link: 'an invitation that was shown to whoever invited',
} as const;

export async function printShops(db: Db): Promise<void> {
  for (const { shopId, name, linkEnabled, fregi } of await listShops(db)) {
    const link = linkEnabled ? '自動連携 on' : '自動連携 off';
    console.log(`${shopId}  ${name}  ${fregi.environment} ${fregi.shopId}  ${link}`);
  }
}

function isRole(text: string | undefined): text is Role {
  return ROLES.some((role) => role === text);
}
