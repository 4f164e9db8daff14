import { newOrder } from '../../core/src/domain/order/place-order.ts';
import { type JstDate, startOfJstDate } from '../../core/src/domain/values/jst.ts';
import { encodeCp932 } from '../../server/src/csv/text/cp932.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { placeOrders } from '../../server/src/store/orders/order-place.ts';
import { incoming, SHOP, TANAKA } from './orders.ts';

/**
 * A month of a shop whose books differ from F-REGI's in known places. Numbers alone generate it, so
 * the test knows beforehand, line by line, what a reconciliation must find.
 */
export const DIFFERENCES = [
  'amount_higher_there',
  'amount_lower_there',
  'capture_missing_there',
  'captured_there_only',
  'orphan',
  'double',
  'captured_there_later',
  'captured_here_later',
  'refund_missing_there',
  'refunded_there_only',
  'refunded_there_later',
  'refunded_here_later',
] as const;
type Difference = (typeof DIFFERENCES)[number];

export const MONTH = { from: '2026-10-01', to: '2026-10-31' };
const LATER = '2026-11-05';

type Happened = { readonly captured: JstDate | null; readonly refunded: JstDate | null };
type Pair = {
  readonly orderNumber: string;
  readonly seqno: string;
  readonly amount: number;
  readonly ours: Happened;
  readonly theirs: (Happened & { readonly amount: number }) | null;
  readonly difference: Difference | null;
};

/** Returns order number n with its difference, if it has one. */
function pairOf(n: number, difference: Difference | null): Pair {
  const amount = 1_000 + ((n * 37) % 9_000);
  const on = `2026-10-${String(1 + (n % 31)).padStart(2, '0')}`;
  const refunded = difference?.includes('refund') || (difference === null && n % 10 === 0);
  const captured = difference !== null || n % 10 !== 1 ? on : null;
  const both = { captured, refunded: refunded && captured ? on : null };
  const pair = {
    orderNumber: `3${String(n).padStart(11, '0')}`,
    seqno: String(n).padStart(20, '0'),
    amount,
    ours: both,
    theirs: { ...both, amount },
    difference,
  };
  switch (difference) {
    case 'amount_higher_there':
      return { ...pair, theirs: { ...both, amount: amount + 1 } };
    case 'amount_lower_there':
      return { ...pair, theirs: { ...both, amount: amount - 1 } };
    case 'capture_missing_there':
      return { ...pair, theirs: null };
    case 'captured_there_only':
      return { ...pair, ours: { captured: null, refunded: null } };
    case 'captured_there_later':
      return { ...pair, theirs: { ...pair.theirs, captured: LATER } };
    case 'captured_here_later':
      return { ...pair, ours: { ...both, captured: LATER } };
    case 'refund_missing_there':
      return { ...pair, theirs: { ...pair.theirs, refunded: null } };
    case 'refunded_there_only':
      return { ...pair, ours: { ...both, refunded: null } };
    case 'refunded_there_later':
      return { ...pair, theirs: { ...pair.theirs, refunded: LATER } };
    case 'refunded_here_later':
      return { ...pair, ours: { ...both, refunded: LATER } };
    default:
      return pair;
  }
}

/** Returns the lines that a reconciliation must report for a pair: bucket, kind and 取引番号. */
function expectedOf({ seqno, difference }: Pair): string[] {
  switch (difference) {
    case null:
      return [];
    case 'amount_higher_there':
    case 'amount_lower_there':
      return [`amount_differs capture ${seqno}`];
    case 'capture_missing_there':
      return [`only_ours capture ${seqno}`];
    case 'captured_there_only':
      return [`only_theirs capture ${seqno}`];
    case 'orphan':
    case 'double':
      return [`only_theirs capture ${strayOf(seqno)}`];
    case 'captured_there_later':
      return [`timing_out capture ${seqno}`];
    case 'captured_here_later':
      return [`timing_in capture ${seqno}`];
    case 'refund_missing_there':
      return [`only_ours refund ${seqno}`];
    case 'refunded_there_only':
      return [`only_theirs refund ${seqno}`];
    case 'refunded_there_later':
      return [`timing_out refund ${seqno}`];
    case 'refunded_here_later':
      return [`timing_in refund ${seqno}`];
    default:
      return difference satisfies never;
  }
}

function strayOf(seqno: string): string {
  return `9${seqno.slice(1)}`;
}

export type Seeded = {
  /** F-REGI's console CSV, CP932, after all events. */
  readonly file: Buffer;
  /** `bucket kind 取引番号` of every line that is not matched. */
  readonly expected: readonly string[];
  /** F-REGI's captures less refunds of the month, in yen, summed up by hand. */
  readonly theirNet: number;
};

/** Seeds so many orders into the shop, with so many differences spread over all of them. */
export async function seedDifferences(
  db: Db,
  orders: number,
  differences: number,
): Promise<Seeded> {
  const every = Math.floor(orders / differences);
  const pairs = Array.from({ length: orders }, (_, n) => {
    const nth = Math.floor(n / every);
    const differs = n % every === 0 && nth < differences;
    return pairOf(n + 1, differs ? (DIFFERENCES[nth % DIFFERENCES.length] ?? null) : null);
  });
  for (let from = 0; from < pairs.length; from += BATCH) {
    await placeBatch(db, pairs.slice(from, from + BATCH));
  }
  const rows = pairs.flatMap(rowsOf);
  const text = [HEAD, ...rows.map(({ cells }) => cells.join(',')), ''].join('\r\n');
  return {
    file: Buffer.from(encodeCp932(text).bytes),
    expected: pairs.flatMap(expectedOf).sort(),
    theirNet: rows.reduce((sum, { net }) => sum + net, 0),
  };
}

const BATCH = 500;
const HEAD = '取引番号,伝票番号,ステータス,金額,承認日時,売上日時,取消日時,店舗';

async function placeBatch(db: Db, pairs: readonly Pair[]): Promise<void> {
  const orders = pairs.map(({ orderNumber, seqno, amount }) =>
    newOrder(
      SHOP,
      incoming({
        orderNumber,
        amounts: {
          items: amount,
          shipping: 0,
          paymentFee: 0,
          wrapping: 0,
          pointsUsed: 0,
          couponDiscount: 0,
        },
        placedAt: '2026-09-30T00:00:00.000Z',
        transaction: { kind: 'authorized', seqno, authCode: 'A1b2C3', amount },
      }),
    ),
  );
  await placeOrders(db, orders, TANAKA);
  const moves = pairs.flatMap((pair, index) => {
    const { captured, refunded } = pair.ours;
    const transaction = orders[index]?.order.transaction;
    const move = (version: number, on: JstDate, state: string, verb: string) => ({
      order_number: pair.orderNumber,
      version,
      at: new Date(noonOf(on)).toISOString(),
      event: {
        kind: 'transaction_moved',
        operationId: 'seed',
        verb,
        transaction: { ...transaction, state, asOf: noonOf(on) },
      },
    });
    if (captured === null) return [];
    const capture = move(2, captured, 'captured_untransmitted', 'capture');
    if (refunded === null) return [capture];
    return [capture, move(3, refunded, 'refunded_untransmitted', 'refund')];
  });
  await db.query(INSERT_MOVES, [SHOP, JSON.stringify(moves), TANAKA]);
}

const INSERT_MOVES = `
  insert into journal (shop_id, order_number, version, at, actor, event)
  select $1, order_number, version, at, $3::jsonb, event
    from jsonb_to_recordset($2::jsonb) as given
      (order_number text, version int, at timestamptz, event jsonb)
   order by order_number, version`;

function noonOf(on: JstDate): number {
  return startOfJstDate(on) + 12 * 3_600_000;
}

type CsvRow = { readonly cells: readonly string[]; readonly net: number };

function rowsOf({ orderNumber, seqno, amount, theirs, difference }: Pair): CsvRow[] {
  const own = theirs === null ? [] : [rowOf(seqno, orderNumber, theirs.amount, theirs)];
  if (difference !== 'orphan' && difference !== 'double') return own;
  const slip = difference === 'double' ? orderNumber : `8${orderNumber.slice(1)}`;
  return [...own, rowOf(strayOf(seqno), slip, amount, { captured: '2026-10-15', refunded: null })];
}

function rowOf(seqno: string, slip: string, amount: number, happened: Happened): CsvRow {
  const { captured, refunded } = happened;
  const state = refunded ? '売上取消（伝送済）' : captured ? '売上済（伝送済）' : '承認済';
  const moment = (on: JstDate | null) => (on === null ? '' : `${on.replaceAll('-', '/')} 12:00:00`);
  const inMonth = (on: JstDate | null) => on !== null && on >= MONTH.from && on <= MONTH.to;
  const net = (inMonth(captured) ? amount : 0) - (inMonth(refunded) ? amount : 0);
  const cells = [seqno, slip, state, String(amount), moment('2026-09-30'), moment(captured)];
  return { cells: [...cells, moment(refunded), '90001'], net };
}
