import { verifyDatabase } from '../../server/src/admin/verify.ts';
import { describeFinding } from '../../server/src/audit/findings.ts';
import type { AuditVerdict } from '../../server/src/audit/verify.ts';
import { loadOrders } from '../../server/src/store/orders/order-batch.ts';
import { type Held, isCaptured, isLive, readLedger } from './ledger.ts';
import { answerReviews, type Press } from './operators.ts';
import { sleep } from './processes.ts';
import { type Line, line } from './table.ts';
import { SHOPS, type Town } from './town.ts';

/** Waits until no operation is open, after the last fault. Resolves to the wait in milliseconds. */
export async function settle(town: Town, withinMs: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rows } = await town.db.query<{ open: number; review: number }>(
      `select count(*) as open, count(*) filter (where state = 'review') as review
         from operations where ended_at is null`,
    );
    const { open = 0, review = 0 } = rows[0] ?? {};
    if (open === 0) return performance.now() - began;
    if (performance.now() - began > withinMs) throw new Error(`${open} operations are still open`);
    if (review > 0) await answerReviews(town);
    await sleep(200);
  }
}

export type Judgement = {
  readonly orders: number;
  readonly captured: number;
  readonly acknowledged: number;
  readonly audit: AuditVerdict;
  /** One sentence for each violation; none: all is well. */
  readonly violations: readonly string[];
};

/** An open operation ends within the quarantine and half a minute. */
export const SETTLED_MS = 180_000;

/** Returns the report's last lines: when all was settled, and whether the books hold. */
export function linesOfEnd({ audit }: Judgement, settledMs: number): Line[] {
  return [
    line(
      'all settled after',
      `${(settledMs / 1_000).toFixed(1)} s`,
      `≤ ${SETTLED_MS / 1_000} s`,
      settledMs <= SETTLED_MS,
    ),
    line(
      'journal replays, chain and seals hold',
      `${audit.entries} entries, ${audit.seals} seals`,
      'all',
      audit.wrong === null,
    ),
  ];
}

/** Compares our books with the sandbox's ledger, and every answer with the state of its order. */
export async function judge(town: Town, presses: readonly Press[]): Promise<Judgement> {
  const violations: string[] = [];
  let orders = 0;
  let captured = 0;
  for (const shop of SHOPS) {
    const ledger = await readLedger(town.sandbox.url, `&shopid=${shop.fregiShopId}`);
    const bySlip = Map.groupBy(ledger, ({ id }) => id);
    captured += ledger.filter(isCaptured).length;
    const { rows } = await town.db.query<{ order_number: string }>(
      'select order_number from orders where shop_id = $1',
      [shop.shopId],
    );
    const numbers = rows.map((row) => row.order_number);
    orders += numbers.length;
    const ours = await loadOrders(town.db, shop.shopId, numbers);
    for (const number of numbers) {
      const order = ours.get(number)?.order;
      const held = bySlip.get(number) ?? [];
      const own = held.find(({ seqno }) => seqno === order?.transaction?.seqno);
      violations.push(...judgeOrder(number, held));
      const { state, amount } = order?.transaction ?? {};
      if (own?.state !== state || own?.amount !== amount) {
        violations.push(`${number}: ${state} ${amount} here, ${own?.state} ${own?.amount} there`);
      }
      const linked = order?.paidOn !== null && order?.status !== 'cancelled';
      if (linked && (own === undefined || !isCaptured(own))) {
        violations.push(`${number} is 入金済, and not captured`);
      }
    }
  }
  violations.push(...(await judgePresses(town, presses)));
  const audit = await judgeAudit(town, violations);
  const acknowledged = presses.filter(({ operationId }) => operationId !== null).length;
  return { orders, captured, acknowledged, audit, violations };
}

/** INV-1, INV-9, and: nobody asked twice for the same. */
function judgeOrder(number: string, held: readonly Held[]): string[] {
  const wrong: string[] = [];
  if (held.filter(isCaptured).length > 1) wrong.push(`${number} is captured twice`);
  if (held.filter(isLive).length > 1) wrong.push(`${number} has two live transactions`);
  for (const { seqno, history } of held) {
    const captures = history.filter(({ what, by }) => by === 'shop' && what === 'sale').length;
    if (captures > 1) wrong.push(`${seqno} was captured ${captures} times`);
  }
  return wrong;
}

/** RPO 0: an acknowledged operation exists under its key; an operation told as done is done. */
async function judgePresses(town: Town, presses: readonly Press[]): Promise<string[]> {
  const { rows } = await town.db.query<{ id: string; key: string; state: string }>(
    'select id, key, state from operations',
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const wrong: string[] = [];
  for (const { key, operationId, succeeded, orderNumber } of presses) {
    const stored = byKey.get(`key:${key}`);
    if (operationId !== null && stored?.id !== operationId) {
      wrong.push(`${orderNumber}: ${operationId} was acknowledged, and ${stored?.id} is there`);
    }
    if (succeeded && stored?.state !== 'succeeded') {
      wrong.push(`${orderNumber}: it was said to be done, and is ${stored?.state}`);
    }
  }
  return wrong;
}

/** Promise 5 and the audit: chains, seals and replay, against each server's own file of seals. */
async function judgeAudit(town: Town, violations: string[]): Promise<AuditVerdict> {
  await sleep(2_500); // the sealer seals each second
  const verdicts: AuditVerdict[] = [];
  for (const file of town.sealFiles) verdicts.push(await verifyDatabase(town.db, file));
  violations.push(
    ...verdicts.flatMap(({ wrong }) =>
      wrong === null ? [] : [`shop ${wrong.shopId}: ${describeFinding(wrong, 'en')}`],
    ),
  );
  const [first] = verdicts;
  if (first === undefined) throw new Error('no server has sealed');
  return first;
}
