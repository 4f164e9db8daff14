import type { FregiGateway } from '../gateway.ts';
import type { BothLanguages } from '../said.ts';
import type { CardTransaction } from './entities.ts';
import { type LedgerState, STATES } from './states.ts';

const SEEDED_PAN = '************1111';

/**
 * Reads transactions for the ledger: `[{ shopId, id, amount, state, seqno?, authCode?,
 * authorizedAt?, customerId? }]`, or returns the mistake. A shop may seed a number of its own
 * again, which replaces it; another shop's number is refused.
 */
export function readSeeds(
  gateway: FregiGateway,
  body: unknown,
): { readonly seeds: readonly CardTransaction[] } | { readonly wrong: BothLanguages } {
  if (!Array.isArray(body))
    return {
      wrong: { en: 'an array of transactions is wanted', ja: '取引の配列を指定してください' },
    };
  const seeds = new Map<string, CardTransaction>();
  for (const [index, item] of body.entries()) {
    const seed = readSeed(gateway, item, seeds);
    if (seed === null)
      return {
        wrong: {
          en: `transaction ${index} is malformed`,
          ja: `${index}番目の取引の形式が正しくありません`,
        },
      };
    const known = gateway.ledger.transactions.get(seed.seqno);
    const foreign = known !== undefined && known.shopId !== seed.shopId;
    if (foreign || seeds.has(seed.seqno))
      return {
        wrong: {
          en: `transaction ${index} is there already`,
          ja: `${index}番目の取引番号はすでに使われています`,
        },
      };
    seeds.set(seed.seqno, seed);
  }
  return { seeds: [...seeds.values()] };
}

function readSeed(
  gateway: FregiGateway,
  item: unknown,
  taken: ReadonlyMap<string, CardTransaction>,
): CardTransaction | null {
  if (typeof item !== 'object' || item === null) return null;
  const { shopId, id, amount, state, ...rest } = item as Partial<Record<string, unknown>>;
  if (typeof shopId !== 'string' || gateway.shop(shopId) === null) return null;
  if (typeof id !== 'string' || !Number.isSafeInteger(amount) || Number(amount) < 0) return null;
  if (typeof state !== 'string' || !Object.hasOwn(STATES, state)) return null;
  const seqno = rest.seqno ?? freeSeqno(gateway, taken);
  const authCode = rest.authCode ?? gateway.numbers.authCode();
  const customerId = rest.customerId ?? null;
  if (typeof seqno !== 'string' || !/^\d{20}$/.test(seqno)) return null;
  if (typeof authCode !== 'string') return null;
  if (typeof customerId !== 'string' && customerId !== null) return null;
  const at = typeof rest.authorizedAt === 'string' ? Date.parse(rest.authorizedAt) : gateway.now();
  if (Number.isNaN(at)) return null;
  return {
    shopId,
    id,
    seqno,
    authCode,
    customerId,
    authorizedAt: at,
    changedFrom: null,
    amount: Number(amount),
    state: state as LedgerState,
    pan: SEEDED_PAN,
    history: [{ at, what: 'seed', by: 'seed' }],
  };
}

/** Returns a number that neither the ledger nor this batch has. */
function freeSeqno(gateway: FregiGateway, taken: ReadonlyMap<string, CardTransaction>): string {
  const { transactions } = gateway.ledger;
  const isTaken = (seqno: string) => transactions.has(seqno) || taken.has(seqno);
  return gateway.numbers.twenty(gateway.now(), isTaken);
}
