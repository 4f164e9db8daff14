import { randomUUID } from 'node:crypto';
import { billedOf } from '@renkei/core/domain/order/order.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import {
  canBePaid,
  LOOK_AGAIN_DAYS,
  misfitOf,
  type RedirectStatus,
} from '@renkei/core/domain/transaction/redirect.ts';
import { type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import {
  CLAIM_MS,
  type ClaimedPayment,
  type RedirectPayments,
} from '@renkei/core/ports/redirect-payments.ts';
import { backoffMs } from '@renkei/core/turns/timing.ts';
import type { RedirectInquiry } from '../fregi/redirect.ts';
import type { Office } from './office.ts';
import { Rounds, type Worker } from './rounds.ts';

export type ConfirmerOptions = {
  readonly payments: RedirectPayments;
  readonly office: Pick<Office, 'command'>;
  readonly inquire: RedirectInquiry;
  /** The database's time. */
  readonly now: () => Instant;
  readonly onError: (error: unknown) => void;
};

const BATCH = 20;
/**
 * The pause between looks without a notice, in milliseconds: a notice can get lost, the customer's
 * payment must not.
 */
const UNTOLD_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
const RETRY_MS = 5_000;
const FREGI = { kind: 'system', id: 'fregi', name: 'F-REGI' } as const;

/**
 * Asks F-REGI about redirect payments that are due for a look: soon after a notice, and now and
 * then without one. Only F-REGI's answer here makes an order 入金済 (L2).
 */
export class Confirmer implements Worker {
  readonly #payments: RedirectPayments;
  readonly #office: ConfirmerOptions['office'];
  readonly #inquire: RedirectInquiry;
  readonly #now: () => Instant;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;

  constructor({ payments, office, inquire, now, onError }: ConfirmerOptions) {
    this.#payments = payments;
    this.#office = office;
    this.#inquire = inquire;
    this.#now = now;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.sweep(), onError);
  }

  /** Looks at all due payments; resolves to their number. */
  async sweep(): Promise<number> {
    const due = await this.#payments.claim(BATCH);
    await Promise.all(due.map((payment) => this.#look(payment).catch(this.#onError)));
    return due.length;
  }

  open(everyMs = 1_000): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #look(payment: ClaimedPayment): Promise<void> {
    const { shopId, settleno, status, payType, seqno, obstacle } = payment;
    const sighting = await this.#inquire(shopId, settleno);
    if (sighting.kind !== 'seen') {
      const tries = payment.tries + 1;
      const dueAt = this.#now() + backoffMs(RETRY_MS, payment.tries);
      await this.#payments.note(payment, { status, payType, seqno, obstacle, tries, dueAt });
      return;
    }
    const outcome =
      sighting.status === 'completed' ? await this.#markPaid(payment) : { obstacle: null };
    // The order first: after a crash in between, the same key marks it paid only once.
    const { amount, claimedUntil } = payment;
    if (outcome !== 'again') {
      const asOf = claimedUntil - CLAIM_MS;
      await this.#payments.tell(payment, { settleno, amount, status: sighting.status, asOf });
    }
    const now = this.#now();
    const again = outcome === 'again' ? now + RETRY_MS : nextLookAt(payment, sighting.status, now);
    const found =
      outcome === 'again' ? { status, obstacle } : { status: sighting.status, ...outcome };
    await this.#payments.note(payment, {
      payType: sighting.payType,
      seqno: sighting.seqno,
      tries: 0,
      ...found,
      dueAt: again,
    });
  }

  /**
   * Marks the order that F-REGI confirms as 入金済, once, by a key of its own. The issued amount must
   * equal the billed amount: another payment is reported, and left to a person.
   */
  async #markPaid({
    shopId,
    orderNumber,
    settleno,
    amount,
  }: ClaimedPayment): Promise<{ readonly obstacle: Reason | null } | 'again'> {
    const ref = { shopId, orderNumber };
    const order = await this.#payments.loadOrder(ref);
    if (order === null) throw new Error(`payment ${settleno} has no order`);
    const key = `redirect:${settleno}`;
    if (order.paidOn !== null) return { obstacle: null };
    const misfit = misfitOf(order, billedOf(order.amounts), amount);
    if (misfit !== null) return { obstacle: misfit };
    const paid = { kind: 'mark_paid', paidOn: jstDateOf(this.#now()), mail: 'auto' } as const;
    const acceptance = await this.#office.command(ref, {
      operationId: randomUUID(),
      key,
      inputHash: key,
      actor: FREGI,
      command: { ...paid, withoutGateway: false, from: 'confirmation', settleno },
      expectedVersion: order.version,
    });
    if (acceptance.kind !== 'refused') return { obstacle: null };
    const { reason } = acceptance;
    return reason === 'order_changed' || reason === 'operation_open'
      ? 'again'
      : { obstacle: reason };
  }
}

/** A completed payment can be reversed: for some days it is looked at again, once a day. */
function nextLookAt(
  { completedAt }: ClaimedPayment,
  status: RedirectStatus,
  now: Instant,
): Instant | null {
  if (canBePaid(status)) return now + UNTOLD_MS;
  if (status !== 'completed') return null;
  const isWatched = now - (completedAt ?? now) < LOOK_AGAIN_DAYS * DAY_MS;
  return isWatched ? now + DAY_MS : null;
}
