import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import type { Verb } from '../../core/src/domain/transaction/link.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { Seen } from '../../core/src/turns/asks.ts';
import type { Operation } from '../../core/src/turns/operation.ts';
import { isLive, type Ledger, seenOf } from './ledger.ts';
import type { Shop } from './people.ts';
import { isMadeBesides } from './strays.ts';

/** People at F-REGI's console: some work behind our back, and one answers 要確認. */

/** Captures, voids, refunds or changes a transaction at the console without telling us. */
export function meddle({ kernel }: Pick<Shop, 'kernel'>, ledger: Ledger): void {
  const { random } = kernel;
  const live = [...ledger.held.values()].filter((held) => isLive(held) && !isMadeBesides(held));
  if (live.length === 0) return;
  const { shopId, slipId, seqno, state } = random.pick(live);
  const verb: Verb =
    state === 'authorized' ? random.pick(['capture', 'void', 'change_amount']) : 'refund';
  kernel.note('console', `${verb} ${shopId}/${slipId}`);
  const deed = { shopId, slipId, seqno, verb, amount: yen(random.int(500, 20_000)) };
  ledger.carryOut(deed, { by: 'console', call: null });
}

/** Answers every operation in review from the console's data, a while later. */
export class Reviewer {
  readonly #shop: Shop;
  readonly #ledger: Ledger;
  readonly #busy = new Set<string>();

  constructor(shop: Shop, ledger: Ledger) {
    this.#shop = shop;
    this.#ledger = ledger;
  }

  /** Looks now and then for operations that wait for a person. */
  lookRoundAfter(waitMs: number): void {
    const { kernel } = this.#shop;
    kernel.after(waitMs, () => {
      this.#lookRound();
      this.lookRoundAfter(kernel.random.int(20_000, 60_000));
    });
  }

  #lookRound(): void {
    for (const operation of this.#shop.store.operations.values()) {
      if (operation.state === 'review' && !this.#busy.has(operation.id)) this.#takeUp(operation);
    }
  }

  #takeUp(operation: Operation): void {
    const { kernel, store } = this.#shop;
    const { shopId, orderNumber, id } = operation;
    const ref = { shopId, orderNumber };
    this.#busy.add(id);
    kernel.after(kernel.random.int(5_000, 90_000), () => {
      this.#busy.delete(id);
      const now = store.operations.get(`${shopId}/${id}`);
      const office = this.#shop.someOffice();
      if (now?.state !== 'review' || office === null) return;
      if (kernel.random.chance(0.35)) return this.#handIn(ref, operation);
      const seen = this.#lookAt(ref, operation);
      const told = seen === null ? 'nothing lives' : `${seen.state} ${seen.seqno} ${seen.amount}`;
      kernel.note('reviewer', `${orderNumber}: ${told}`);
      office.review(ref, seen).catch(() => kernel.note('reviewer', 'no answer'));
    });
  }

  /** Looks up the slip, or downloads a file that may lack a transaction; hands it in later. */
  #handIn(ref: OrderRef, { id }: Operation): void {
    const { kernel, store } = this.#shop;
    const slipId = store.orders.get(`${ref.shopId}/${ref.orderNumber}`)?.transaction?.slipId ?? '';
    const isFile = kernel.random.chance(0.5);
    const seenAt = kernel.now;
    const how = { slipId, authorizedAt: null, seenAt } as const;
    const source = isFile ? ('console_csv' as const) : ('inquiry' as const);
    const sighted = this.#ledger
      .ofSlip(ref.shopId, slipId)
      .filter(() => !isFile || kernel.random.chance(0.8))
      .map((held) => ({ ...seenOf(held), ...how, source }));
    this.#busy.add(id);
    kernel.after(kernel.random.int(500, 60_000), () => {
      this.#busy.delete(id);
      kernel.note('reviewer', `${ref.orderNumber}: hands in ${sighted.length} by ${source}`);
      this.#shop
        .someOffice()
        ?.resolve(ref, { sighted, lookedAt: isFile ? null : seenAt })
        .catch(() => kernel.note('reviewer', 'no answer'));
    });
  }

  /**
   * Returns the console's view. Of several live transactions the newest of ours stays; the reviewer
   * cancels the rest.
   */
  #lookAt(ref: OrderRef, operation: Operation): Seen | null {
    const stray = this.#ledger.held.get(operation.stray?.seqno ?? '');
    if (stray !== undefined) return seenOf(stray);
    const order = this.#shop.store.orders.get(nameOf(ref));
    if (order === undefined) throw new Error('a review without an order');
    const live = this.#ledger.liveOf(order);
    const how = { by: 'reviewer', call: null } as const;
    const stays = live.findLast((held) => !isMadeBesides(held));
    for (const { seqno, state } of live.filter((held) => held !== stays)) {
      this.#ledger.move(seqno, state === 'authorized' ? 'voided' : 'refunded_untransmitted', how);
    }
    if (stays !== undefined) return seenOf(stays);
    const step = this.#shop.store.stepsOf(operation).at(-1);
    const own = this.#ledger.held.get(step?.seqno ?? '');
    return own === undefined ? null : seenOf(own);
  }
}
