import type { Command } from '../../core/src/domain/commands/decide.ts';
import { balanceOf, chargeOf, hasOpenAmount } from '../../core/src/domain/order/balance.ts';
import {
  type Amounts,
  type Order,
  type OrderRef,
  settledOf,
} from '../../core/src/domain/order/order.ts';
import { hasLeft } from '../../core/src/domain/order/states.ts';
import { paidAtStoreOf } from '../../core/src/domain/transaction/redirect.ts';
import type { Instant } from '../../core/src/domain/values/jst.ts';
import { type Yen, yen } from '../../core/src/domain/values/yen.ts';
import type { Acceptance, Request } from '../../core/src/turns/accept.ts';
import type { Actor } from '../../core/src/turns/operation.ts';
import type { Kernel } from './kernel.ts';
import type { MemoryStore } from './memory-store.ts';
import { someAmounts } from './orders.ts';
import type { OfficeDoor } from './process.ts';
import type { Random } from './random.ts';

/**
 * The shops' operators. They look at an order, think, and press by their screen, which may be old
 * by then. They press twice, open a second tab, and press again when no answer comes.
 */

/**
 * One press of a button, with the key that the screen made for it; the key stays for every resend.
 */
export type Press = {
  readonly ref: OrderRef;
  readonly key: string;
  readonly command: Command;
  /** The version of the order on the screen; null for a program that does not say it. */
  readonly version: number | null;
  readonly shown: Yen;
  readonly answers: Acceptance[];
  /** The age of the database that the screen showed. */
  readonly age: number;
  readonly by: Presser;
};

/** Whoever presses, and since when they have worked in the shop. */
export type Presser = { readonly actor: Actor; readonly memberSince: Instant };

export type Shop = {
  readonly kernel: Kernel;
  readonly store: MemoryStore;
  /** Returns the office of a process that is up, or null. */
  someOffice(): OfficeDoor | null;
  readonly presses: Map<string, Press>;
  /** Counts the restores of the database: no screen shows the state of an earlier age. */
  readonly age: number;
};

export const TANAKA: Presser = {
  actor: { kind: 'user', id: 'tanaka', name: '田中' },
  memberSince: 0,
};

/** Looks at some order now and presses a button after a while. */
export function workOnSomeOrder(shop: Shop): void {
  const { kernel, store } = shop;
  const { random } = kernel;
  const order = random.pick([...store.orders.values()]);
  const { age } = shop;
  kernel.after(random.int(500, 30_000), () => {
    if (shop.age !== age) return;
    press(shop, order, someCommand(shop, order));
    if (random.chance(0.25)) {
      kernel.after(random.int(0, 1_500), () => {
        if (shop.age === age) press(shop, order, someCommand(shop, order));
      });
    }
  });
}

function someCommand({ kernel: { random } }: Shop, order: Order): Command {
  const state = order.transaction?.state;
  const unauthorized = state === 'validated_unauthorized' || state === 'preorder_unauthorized';
  if (unauthorized && random.chance(0.7)) {
    const token = `token-${order.orderNumber}`;
    return { kind: 'authorize', cardToken: random.chance(0.5) ? token : null };
  }
  const captured = state?.startsWith('captured') === true && order.paidOn !== null;
  const settles = captured || paidAtStoreOf(order) > 0;
  if (settles && hasSettling(order) && random.chance(0.4)) return settling(random, order);
  if (captured && random.chance(0.4)) {
    return { kind: 'edit_amounts', amounts: someAmounts(random), changeCaptured: true };
  }
  return random.weighted({ pay: 6, cancel: 3, edit: 2, rest: 3 }) === 'rest'
    ? rareCommand(random, order)
    : commonCommand(random);
}

/** O3: true if an open amount can be settled otherwise, or a settlement can be taken back. */
function hasSettling(order: Order): boolean {
  const isHeld = order.paidOn === null && paidAtStoreOf(order) + settledOf(order) > 0;
  return hasOpenAmount(order) || isHeld || order.settlements.length > 0;
}

/** Settles all of the open amount, a part of it, or more than it; or takes a settlement back. */
function settling(random: Random, order: Order): Command {
  // D16: what an unpaid order was paid at the store can be given back.
  const isHeld = order.paidOn === null && !hasLeft(order) && paidAtStoreOf(order) > 0;
  const open = isHeld ? -(paidAtStoreOf(order) + settledOf(order)) : balanceOf(order).open;
  const last = order.settlements.at(-1);
  if (last !== undefined && (open === 0 || random.chance(0.3))) {
    return { kind: 'correct_settlement', settlement: last.version };
  }
  const amount = yen(Math.max(0, random.pick([Math.abs(open), random.int(1, 900)])));
  const direction = open > 0 === random.chance(0.9) ? 'received' : 'returned';
  return { kind: 'settle', direction, amount, by: 'bank_transfer', on: PAID.paidOn };
}

function commonCommand(random: Random): Command {
  switch (random.weighted({ pay: 6, cancel: 3, edit: 2 })) {
    case 'pay': {
      const from = random.pick(['detail', 'unpaid_list'] as const);
      const amount = random.chance(0.15) ? 'authorized' : 'billed';
      return { ...PAID, withoutGateway: false, from, amount };
    }
    case 'cancel': {
      const to = random.pick(['cancelled', 'returned', 'on_hold'] as const);
      return { kind: 'change_status', to, cancelTransaction: random.chance(0.85) };
    }
    default:
      return { kind: 'edit_amounts', amounts: someAmounts(random) };
  }
}

const PAID = { kind: 'mark_paid', paidOn: '2026-11-14', mail: 'auto' } as const;

function rareCommand(random: Random, order: Order): Command {
  const wanted = { unpay: 3, without: 2, reopen: 3, method: 1, leftover: 2, late: 2 };
  switch (random.weighted(wanted)) {
    case 'unpay':
      return unpaying(order, random.chance(0.4));
    case 'without':
      // What is paid is not paid again; but its day may have been wrong.
      if (order.paidOn !== null) return CORRECTED;
      return { ...PAID, withoutGateway: true, from: 'detail' };
    case 'method': {
      const to = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
      return { kind: 'change_method', ...to, cancelTransaction: random.chance(0.8) };
    }
    case 'leftover':
      return { kind: 'cancel_transaction' };
    case 'late':
      return { kind: 'capture' };
    default:
      return { kind: 'change_status', to: 'processing', cancelTransaction: false };
  }
}

/** O6: the day of the other payments; an order that is not paid refuses it. */
const CORRECTED = {
  kind: 'correct_paid_on',
  paidOn: '2026-11-13',
  dayConfirmed: true,
  closed: null,
} as const;

function unpaying({ paidOn }: Order, refund: boolean): Command {
  return paidOn === null && !refund ? CORRECTED : { kind: 'unmark_paid', refund };
}

/** Returns the amount that the screen says F-REGI will take or hold after this press. */
function amountShown(order: Order, given: Command): Yen {
  const isAgreement = given.kind === 'agree_to_proposal';
  const command = isAgreement ? (order.proposal?.command ?? given) : given;
  const { amounts, transaction } = order;
  const charge = (bills: Amounts) => yen(Math.max(0, chargeOf({ ...order, amounts: bills })));
  if (command.kind === 'mark_paid' && command.amount === 'authorized') {
    return transaction?.amount ?? charge(amounts);
  }
  if (command.kind !== 'edit_amounts') return charge(amounts);
  return charge({ ...amounts, ...command.amounts });
}

/** Presses a button on an order as the screen shows it, sometimes twice. */
export function press(
  shop: Shop,
  order: Order,
  command: Command,
  knowsVersion = shop.kernel.random.chance(0.9),
  by: Presser = TANAKA,
): void {
  const { kernel, presses } = shop;
  const { shopId, orderNumber } = order;
  const version = knowsVersion ? order.version : null;
  const key = kernel.random.uuid();
  const ref = { shopId, orderNumber };
  const shown = amountShown(order, command);
  const pressed = { ref, key, command, version, shown, answers: [], age: shop.age, by };
  presses.set(`${shopId}/${key}`, pressed);
  kernel.note('operator', `${command.kind} on ${shopId}/${orderNumber} v${version}`);
  send(shop, pressed, 0);
  if (kernel.random.chance(0.3)) {
    kernel.after(kernel.random.int(1, 400), () => send(shop, pressed, 0));
  }
}

const TRIES = 4;

/** Sends a press, and resends it with the same key when no answer comes. */
function send(shop: Shop, pressed: Press, tries: number): void {
  const { kernel } = shop;
  const { ref, key, command, version, answers, age, by } = pressed;
  if (age !== shop.age && version !== null) return;
  let heard = false;
  const again = () => {
    if (heard || tries >= TRIES || kernel.random.chance(0.2)) return;
    heard = true;
    send(shop, pressed, tries + 1);
  };
  kernel.after(kernel.random.int(5_000, 15_000), again);
  const office = shop.someOffice();
  if (office === null) return;
  const request: Request = {
    operationId: kernel.random.uuid(),
    key,
    inputHash: JSON.stringify(command),
    actor: by.actor,
    memberSince: by.memberSince,
    command,
    expectedVersion: version,
  };
  office.command(ref, request).then(
    (acceptance) => {
      heard = true;
      answers.push(acceptance);
      const why = acceptance.kind === 'refused' ? acceptance.reason : '';
      kernel.note('operator', `${command.kind} on ${ref.orderNumber}: ${acceptance.kind} ${why}`);
    },
    () => kernel.after(kernel.random.int(200, 3_000), again),
  );
}
