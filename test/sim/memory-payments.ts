import { billedOf, nameOf, type Order, type OrderRef } from '../../core/src/domain/order/order.ts';
import { canBePaid, type RedirectSeen } from '../../core/src/domain/transaction/redirect.ts';
import { isBeingRevoked } from '../../core/src/domain/transaction/revocation.ts';
import {
  CLAIM_MS,
  type ClaimedPayment,
  type LookedPayment,
  type RedirectPayment,
  type RedirectPayments,
} from '../../core/src/ports/redirect-payments.ts';
import { hearRefusal, type PaymentNext, seePayment } from '../../core/src/turns/see-payment.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { MemoryStore } from './memory-store.ts';

export type KeptPayment = RedirectPayment & { readonly dueAt: number | null };

/** The redirect payments in memory, for the simulator; `ring` stands for a notice. */
export class MemoryPayments implements RedirectPayments {
  readonly kept = new Map<string, KeptPayment>();
  readonly #store: MemoryStore;
  readonly #now: () => number;

  constructor(store: MemoryStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  issue(ref: OrderRef, settleno: string, amount: Order['amounts']['items']): void {
    const unseen = { status: 'issued', payType: null, seqno: null, obstacle: null } as const;
    const never = { noticedAt: null, checkedAt: null, tries: 0, completedAt: null };
    this.kept.set(settleno, { ...ref, settleno, amount, ...unseen, ...never, dueAt: this.#now() });
  }

  /** A notice: asks for a look at a payment. */
  ring(settleno: string): void {
    const payment = this.kept.get(settleno);
    if (payment === undefined) return;
    if (!canBePaid(payment.status) && payment.status !== 'completed') return;
    const now = this.#now();
    const dueAt = Math.max(now, (payment.checkedAt ?? 0) + 3_000);
    this.kept.set(settleno, { ...payment, noticedAt: now, dueAt });
  }

  /** A payment that a person has ordered to revoke is looked at at once. */
  #ringRevocations(before: Order, after: Order): void {
    const open = ({ redirects }: Order) =>
      redirects.filter(isBeingRevoked).map(({ settleno }) => settleno);
    const former = open(before);
    for (const settleno of open(after)) {
      const payment = this.kept.get(settleno);
      if (payment === undefined || former.includes(settleno)) continue;
      this.kept.set(settleno, { ...payment, dueAt: this.#now() });
    }
  }

  /** An order that has changed may fit by now what was paid and did not fit. */
  orderChanged(before: Order, after: Order): void {
    this.#ringRevocations(before, after);
    const facts = ({ status, paymentKind, amounts }: Order) =>
      [status, paymentKind, billedOf(amounts)].join(' ');
    if (after.paidOn !== null || facts(before) === facts(after)) return;
    for (const payment of this.kept.values()) {
      const isStopped = payment.status === 'completed' && payment.obstacle !== null;
      if (nameOf(payment) !== nameOf(after) || !isStopped) continue;
      this.kept.set(payment.settleno, { ...payment, dueAt: this.#now() });
    }
  }

  async claim(limit: number): Promise<ClaimedPayment[]> {
    const claimedUntil = this.#now() + CLAIM_MS;
    const due = [...this.kept.values()]
      .flatMap(({ dueAt, ...payment }) => (dueAt === null ? [] : [{ ...payment, dueAt }]))
      .filter(({ dueAt }) => dueAt <= this.#now())
      .sort((a, b) => a.dueAt - b.dueAt || a.settleno.localeCompare(b.settleno));
    return due.slice(0, limit).map((payment) => {
      this.kept.set(payment.settleno, { ...payment, dueAt: claimedUntil });
      return { ...payment, claimedUntil };
    });
  }

  async note({ settleno, claimedUntil }: ClaimedPayment, seen: LookedPayment): Promise<void> {
    const payment = this.kept.get(settleno);
    if (payment === undefined || payment.dueAt === null || payment.dueAt > claimedUntil) return;
    const dueAt = payment.dueAt === claimedUntil ? seen.dueAt : payment.dueAt;
    const checkedAt = seen.tries === 0 ? this.#now() : payment.checkedAt;
    const isNow = seen.status === 'completed' ? this.#now() : null;
    const completedAt = payment.completedAt ?? isNow;
    this.kept.set(settleno, { ...payment, ...seen, checkedAt, completedAt, dueAt });
  }

  async tell(ref: OrderRef, seen: RedirectSeen): Promise<PaymentNext> {
    return (await this.#store.turn(ref, (page) => seePayment(page, seen, TIMING))).next;
  }

  async tellRefusal(ref: OrderRef, refusal: Parameters<typeof hearRefusal>[1]): Promise<void> {
    await this.#store.turn(ref, (page) => hearRefusal(page, refusal));
  }

  async loadOrder(ref: OrderRef): Promise<Order | null> {
    return this.#store.orders.get(nameOf(ref)) ?? null;
  }

  /** Takes a backup; returns the function that puts it back. */
  backUp(): () => void {
    const kept = new Map(this.kept);
    return () => {
      this.kept.clear();
      for (const [settleno, payment] of kept) this.kept.set(settleno, payment);
    };
  }
}
