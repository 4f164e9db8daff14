import { randomUUID } from 'node:crypto';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import {
  canBePaid,
  LOOK_AGAIN_DAYS,
  misfitOf,
  type RedirectStatus,
} from '@renkei/core/domain/transaction/redirect.ts';
import { type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { World } from '@renkei/core/perform.ts';
import {
  CLAIM_MS,
  type ClaimedPayment,
  type RedirectPayments,
} from '@renkei/core/ports/redirect-payments.ts';
import type { PaymentNext } from '@renkei/core/turns/see-payment.ts';
import { backoffMs } from '@renkei/core/turns/timing.ts';
import type { RedirectInquiry, RevocationCall } from '../fregi/redirect.ts';
import type { Office } from './office.ts';
import { Rounds, type Worker } from './rounds.ts';

export type ConfirmerOptions = {
  readonly payments: RedirectPayments;
  readonly office: Pick<Office, 'command'>;
  readonly inquire: RedirectInquiry;
  readonly revoke: RevocationCall;
  /** The marks outside of the database, our waits, and a clock that nobody sets. */
  readonly world: Pick<World, 'marks' | 'timing' | 'stopwatch'>;
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
 * then without one. Only F-REGI's answer here makes an order 入金済 (L2). Where a person has ordered
 * 発行取消, the look decides whether F-REGI is asked for it (K3).
 */
export class Confirmer implements Worker {
  readonly #payments: RedirectPayments;
  readonly #office: ConfirmerOptions['office'];
  readonly #inquire: RedirectInquiry;
  readonly #revoke: RevocationCall;
  readonly #world: ConfirmerOptions['world'];
  readonly #now: () => Instant;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;

  constructor({ payments, office, inquire, revoke, world, now, onError }: ConfirmerOptions) {
    this.#payments = payments;
    this.#office = office;
    this.#inquire = inquire;
    this.#revoke = revoke;
    this.#world = world;
    this.#now = now;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.round(), onError);
  }

  /** Looks at all due payments; resolves to their number. */
  async round(): Promise<number> {
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
    const { timing, stopwatch } = this.#world;
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
    const asOf = claimedUntil - CLAIM_MS;
    const seen = { settleno, amount, status: sighting.status, asOf };
    const begunAt = stopwatch();
    const next: PaymentNext =
      outcome === 'again' ? { kind: 'wait' } : await this.#payments.tell(payment, seen);
    const restMs =
      next.kind === 'revoke' ? await this.#askToRevoke(payment, next.n, begunAt) : timing.holdMs;
    const now = this.#now();
    const soon = now + (outcome === 'again' ? RETRY_MS : restMs);
    const again = next.kind === 'rest' ? nextLookAt(payment, sighting.status, now) : soon;
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
   * K3: asks F-REGI for a call of 発行取消 that is written, unless too much time has passed since.
   * Returns the milliseconds until the look that tells what has become of it.
   */
  async #askToRevoke(payment: ClaimedPayment, n: number, writtenAfter: number): Promise<number> {
    const { shopId, settleno } = payment;
    const { marks, timing, stopwatch } = this.#world;
    marks.note({ shopId, what: 'revocation', id: settleno, n });
    if (stopwatch() - writtenAfter > timing.sendWindowMs) return timing.lookMs;
    const answer = await this.#revoke(shopId, settleno);
    if (answer.kind === 'refused') {
      const { code, text } = answer;
      await this.#payments.tellRefusal(payment, { settleno, n, code, text });
    }
    return answer.kind === 'unanswered' ? timing.lookMs : 0;
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
    const misfit = misfitOf(order, { settleno, amount });
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
