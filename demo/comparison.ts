import { TRANSACTION_STATE, type TransactionState } from '../core/src/domain/order/states.ts';
import type { Sandbox } from '../sandbox/src/index.ts';
import type { Db } from '../server/src/store/db/db.ts';
import { DEMO_SHOPS } from './data/shops.ts';

/** A transaction in our books and in F-REGI's; null where a side has none. */
export type Pair = {
  readonly shopId: string;
  readonly orderNumber: string | null;
  readonly seqno: string;
  readonly ours: Side | null;
  readonly theirs: Side | null;
};
type Side = { readonly state: TransactionState; readonly amount: number };

/**
 * Compares F-REGI's ledger with ours, transaction by transaction. Leaves out a voided transaction
 * of F-REGI that no order points to any more: an amount change replaced it.
 */
export async function compareLedgers(db: Db, sandbox: Sandbox): Promise<Pair[]> {
  const { rows } = await db.query<Side & { shopId: string; orderNumber: string; seqno: string }>(
    `select shop_id as "shopId", order_number as "orderNumber", seqno, transaction_state as state,
            transaction_amount as amount from orders where seqno is not null`,
  );
  const ours = new Map(rows.map((row) => [row.seqno, row]));
  const pairs: Pair[] = [];
  for (const { shopId, fregiShopId } of DEMO_SHOPS) {
    for (const { seqno, state, amount } of sandbox.gateway.ledger.list(fregiShopId)) {
      const own = ours.get(seqno);
      ours.delete(seqno);
      if (own === undefined && state === 'voided') continue;
      const orderNumber = own?.orderNumber ?? null;
      pairs.push({ shopId, orderNumber, seqno, ours: sideOf(own), theirs: { state, amount } });
    }
  }
  for (const { shopId, orderNumber, seqno, state, amount } of ours.values()) {
    pairs.push({ shopId, orderNumber, seqno, ours: { state, amount }, theirs: null });
  }
  return pairs;
}

export function agrees({ ours, theirs }: Pair): boolean {
  return ours?.state === theirs?.state && ours?.amount === theirs?.amount;
}

/** Prints the sums by state, ours beside F-REGI's, and every difference. */
export function printComparison(pairs: readonly Pair[]): void {
  console.log('\n  状態                       Renkei            F-REGI');
  for (const [state, { ja }] of Object.entries(TRANSACTION_STATE)) {
    const ours = sum(
      pairs.flatMap((pair) => pair.ours ?? []),
      state,
    );
    const theirs = sum(
      pairs.flatMap((pair) => pair.theirs ?? []),
      state,
    );
    if (ours.count + theirs.count === 0) continue;
    const mark = ours.count === theirs.count && ours.yen === theirs.yen ? '一致' : '不一致';
    console.log(`  ${padWide(ja, 22)} ${text(ours)} ${text(theirs)}  ${mark}`);
  }
  for (const pair of pairs.filter((candidate) => !agrees(candidate))) {
    console.log(`  不一致: ${pair.orderNumber ?? '(no order)'} ${JSON.stringify(pair)}`);
  }
}

function sideOf(row: Side | undefined): Side | null {
  return row === undefined ? null : { state: row.state, amount: row.amount };
}

type Sum = { readonly count: number; readonly yen: number };

function sum(sides: readonly Side[], state: string): Sum {
  const own = sides.filter((side) => side.state === state);
  return { count: own.length, yen: own.reduce((total, { amount }) => total + amount, 0) };
}

function text({ count, yen }: Sum): string {
  return `${String(count).padStart(5)}件 ¥${yen.toLocaleString('ja-JP').padStart(10)}`;
}

/** A terminal shows Japanese characters two columns wide. */
function padWide(label: string, width: number): string {
  const columns = [...label].reduce((total, character) => total + (character > '\xff' ? 2 : 1), 0);
  return label + ' '.repeat(Math.max(0, width - columns));
}
