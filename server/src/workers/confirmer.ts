import { randomUUID } from 'node:crypto';
import { jstDateOf } from '@renkei/core/domain/jst.ts';
import { billedOf, type Instant } from '@renkei/core/domain/order.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import { canBePaid, REDIRECT_KINDS, type RedirectStatus } from '@renkei/core/domain/redirect.ts';
import type { ClaimedPayment, RedirectPayments } from '@renkei/core/ports/redirect-payments.ts';
import { backoffMs } from '@renkei/core/turns/timing.ts';
import type { RedirectInquiry } from '../fregi/redirect.ts';
import type { Office } from './office.ts';
import { createRounds } from './rounds.ts';

/**
 * Asks F-REGI about the redirect payments that are due to be looked at: soon after a notice, and
 * now and then without one. An order becomes 入金済 only by what F-REGI answers here (L2).
 */
export type Confirmer = {
  /** Looks at everything that is due; resolves to how many were looked at. */
  sweep(): Promise<number>;
  open(everyMs?: number): void;
  close(): Promise<void>;
};

export type ConfirmerOptions = {
  readonly payments: RedirectPayments;
  readonly office: Office;
  readonly inquire: RedirectInquiry;
  /** The database's time. */
  readonly now: () => Instant;
  readonly onError: (error: unknown) => void;
};

const BATCH = 20;
/** How often to look without being told: a notice can be lost, the customer's payment must not. */
const UNTOLD_MS = 6 * 3_600_000;
const RETRY_MS = 5_000;
const FREGI = { kind: 'system', id: 'fregi', name: 'F-REGI' } as const;

export function createConfirmer(options: ConfirmerOptions): Confirmer {
  const { payments, inquire, now, onError } = options;

  async function look(payment: ClaimedPayment): Promise<void> {
    const { shopId, settleno, status, payType, seqno, obstacle } = payment;
    const sighting = await inquire(shopId, settleno);
    if (sighting.kind !== 'seen') {
      const tries = payment.tries + 1;
      const dueAt = now() + backoffMs(RETRY_MS, payment.tries);
      await payments.note(payment, { status, payType, seqno, obstacle, tries, dueAt });
      return;
    }
    const outcome =
      sighting.status === 'completed' ? await markPaid(options, payment) : { obstacle: null };
    // The order first: a crash in between marks it paid under the same key again, and so once.
    const again = outcome === 'again' ? now() + RETRY_MS : nextLookAt(sighting.status, now());
    const found =
      outcome === 'again' ? { status, obstacle } : { status: sighting.status, ...outcome };
    await payments.note(payment, {
      payType: sighting.payType,
      seqno: sighting.seqno,
      tries: 0,
      ...found,
      dueAt: again,
    });
  }

  async function sweep(): Promise<number> {
    const due = await payments.claim(BATCH);
    await Promise.all(due.map((payment) => look(payment).catch(onError)));
    return due.length;
  }

  const rounds = createRounds(sweep, onError);
  return { sweep, open: (everyMs = 1_000) => rounds.open(everyMs), close: rounds.close };
}

function nextLookAt(status: RedirectStatus, now: Instant): Instant | null {
  return canBePaid(status) ? now + UNTOLD_MS : null;
}

/**
 * The order that F-REGI confirms becomes 入金済, once, by a key of its own. What it was issued for
 * has to be what is billed: a payment for another amount is told, and left to a person.
 */
async function markPaid(
  { payments, office, now }: ConfirmerOptions,
  { shopId, orderNumber, settleno, amount }: ClaimedPayment,
): Promise<{ readonly obstacle: Reason | null } | 'again'> {
  const ref = { shopId, orderNumber };
  const order = await payments.loadOrder(ref);
  if (order === null) throw new Error(`payment ${settleno} has no order`);
  const key = `redirect:${settleno}`;
  if (order.paidOn !== null) return { obstacle: null };
  if (!REDIRECT_KINDS.includes(order.paymentKind)) return { obstacle: 'redirect_kind_differs' };
  if (billedOf(order.amounts) !== amount) return { obstacle: 'redirect_amount_differs' };
  const paid = { kind: 'mark_paid', paidOn: jstDateOf(now()), mail: 'auto' } as const;
  const acceptance = await office.command(ref, {
    operationId: randomUUID(),
    key,
    inputHash: key,
    actor: FREGI,
    command: { ...paid, withoutGateway: false, from: 'confirmation' },
    expectedVersion: order.version,
  });
  if (acceptance.kind !== 'refused') return { obstacle: null };
  const { reason } = acceptance;
  return reason === 'order_changed' || reason === 'operation_open' ? 'again' : { obstacle: reason };
}
