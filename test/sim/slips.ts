import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import { billedOf, nameOf, type Order } from '../../core/src/domain/order/order.ts';
import { VERB } from '../../core/src/domain/transaction/link.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { Seen } from '../../core/src/turns/asks.ts';
import { isOpenStep, type Page } from '../../core/src/turns/operation.ts';
import type { Checks } from './checks.ts';
import { count } from './labels.ts';
import { type Held, isLive, seenOf } from './ledger.ts';
import { placeOrder, SHOPS, someAmounts } from './orders.ts';
import { press } from './people.ts';
import type { Stage } from './stage.ts';

/**
 * Orders that share a slip (O1): under each of them F-REGI shows the transactions of all. People
 * take another order's transaction for a stray, for the order's own, or for the answer to 要確認, and
 * press; this may do no harm.
 */
export function shareSlips(scene: Stage): void {
  const { kernel, store, ledger } = scene;
  const { random } = kernel;
  for (const { shopId } of SHOPS) {
    const first = random.pick([...store.orders.values()].filter((one) => one.shopId === shopId));
    if (first.transaction === null) continue;
    // Only our books tell twins apart.
    const isTwin = random.chance(0.6);
    const amounts = isTwin ? first.amounts : someAmounts(random);
    const isHeld = isTwin ? first.transaction.seqno !== null : random.chance(0.7);
    const held = isTwin ? first.transaction.amount : yen(billedOf(amounts) + random.int(0, 900));
    const ref = { shopId, orderNumber: '100000000019' };
    placeOrder(store, ledger, ref, amounts, isHeld ? held : null, first.transaction.slipId);
  }
  mistakeAfter(scene);
}

/** A person takes another order's transaction for one that this order may move. */
function mistakeAfter(scene: Stage): void {
  const { kernel } = scene;
  kernel.after(kernel.random.int(5_000, 30_000), () => {
    mistake(scene);
    if (scene.faults.on || isUnderway(scene)) mistakeAfter(scene);
  });
}

function isUnderway({ store }: Stage): boolean {
  return [...store.operations.values()].some(({ endedAt }) => endedAt === null);
}

function mistake(scene: Stage): void {
  const { kernel, store, ledger } = scene;
  const { random } = kernel;
  const wrong = [...store.orders.values()].flatMap((order) =>
    othersOf(order, [...ledger.held.values()]).flatMap((held) => {
      const book = bookOf(scene, held);
      return book === null ? [] : { order, held, book };
    }),
  );
  if (wrong.length === 0) return;
  const { order, held, book } = random.pick(wrong);
  const { slipId } = held;
  const { age } = scene;
  store.sightings.note(order.shopId, ledger.ofSlip(order.shopId, slipId).map(seenOf), kernel.now);
  const how = { slipId, authorizedAt: null, seenAt: kernel.now, source: 'inquiry' } as const;
  const seen = { ...seenOf(held), ...how };
  const isReviewed = store.operationsOf(order).some(({ state }) => state === 'review');
  kernel.after(random.int(200, 8_000), () => {
    const now = store.orders.get(nameOf(order));
    if (now === undefined || scene.age !== age) return;
    if (isReviewed) return answerWrongly(scene, now, held);
    // Where no book says more, only a person can tell, and does not link the wrong one.
    const wish =
      book === 'late' || random.chance(0.6)
        ? ({ kind: 'cancel_stray', stray: seen } as const)
        : ({ kind: 'relink', to: seen, adopt: false } as const);
    count(scene.labels, `slip: ${wish.kind} of another’s`);
    press(scene, now, wish, true);
  });
}

/** Returns the live transactions under an order's slip that were made for another order. */
function othersOf({ shopId, orderNumber, transaction }: Order, all: readonly Held[]): Held[] {
  return all.filter(
    (held) =>
      held.shopId === shopId &&
      held.slipId === transaction?.slipId &&
      held.orderNumber !== null &&
      held.orderNumber !== orderNumber &&
      // Nobody's books hold a transaction that the console put in its place.
      held.history[0]?.by !== 'console' &&
      isLive(held),
  );
}

/**
 * Tells how our books know of a transaction's owner: by its number, as one that is being made, or
 * as one that was asked for in vain. Null: they show nothing. After a restore they may have
 * forgotten; then only a person knows.
 */
function bookOf(
  { store }: Stage,
  { shopId, orderNumber, seqno }: Held,
): 'named' | 'making' | 'late' | null {
  const owner = store.orders.get(`${shopId}/${orderNumber}`);
  if (owner === undefined) return null;
  const journal = store.journals.get(nameOf(owner)) ?? [];
  if (journal.some((entry) => textOf(entry).includes(seqno))) return 'named';
  const steps = store.operationsOf(owner).flatMap((operation) => store.stepsOf(operation));
  const making = steps.filter(({ verb }) => VERB[verb].makesTransaction);
  if (making.some(isOpenStep)) return 'making';
  const isInVain = making.some(({ state }) => state === 'disproven');
  return isInVain ? 'late' : null;
}

/** Returns an entry as text. Entries never change, so each is written once. */
function textOf(entry: OrderEvent): string {
  const text = TEXTS.get(entry) ?? JSON.stringify(entry);
  TEXTS.set(entry, text);
  return text;
}

const TEXTS = new WeakMap<OrderEvent, string>();

/** A person answers 要確認 with another order's transaction; our books refute it. */
function answerWrongly(scene: Stage, order: Order, held: Held): void {
  const { kernel, store, labels } = scene;
  const isNamed = [...store.orders.values()].some(
    ({ shopId, transaction }) => shopId === held.shopId && transaction?.seqno === held.seqno,
  );
  if (!isNamed) return;
  count(labels, 'slip: review answered with another’s');
  const seen: Seen = seenOf(held);
  kernel.note('reviewer', `${order.orderNumber}: ${seen.seqno}, which is another’s`);
  scene
    .someOffice()
    ?.review(order, seen)
    .catch(() => kernel.note('reviewer', 'no answer'));
}

export const SLIPS_AT_DEED: Checks<[changed: Held]> = {
  'INV-20: what is asked for an order moves no other order’s transaction': (
    { calls },
    { seqno, orderNumber, history },
  ) => {
    const operation = calls.get(history.at(-1)?.call ?? 0)?.operation;
    if (operation === undefined || orderNumber === null) return null;
    return operation.orderNumber === orderNumber
      ? null
      : `${seqno} of ${orderNumber} is moved for ${operation.orderNumber}`;
  },
};

export const SLIPS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'INV-20: an order is linked to no other order’s transaction': ({ ledger }, before, { order }) => {
    const { transaction, orderNumber } = order;
    if (transaction === before.order.transaction) return null;
    const held = ledger.held.get(transaction?.seqno ?? '');
    return (held?.orderNumber ?? orderNumber) === orderNumber
      ? null
      : `${orderNumber} is linked to ${held?.seqno} of ${held?.orderNumber}`;
  },
};
