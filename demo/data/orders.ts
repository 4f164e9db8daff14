import { billedOf, type Order, type Transaction } from '../../core/src/domain/order/order.ts';
import type { OrderDetails } from '../../core/src/domain/order/order-details.ts';
import { type NewOrder, newOrder } from '../../core/src/domain/order/place-order.ts';
import {
  PAYMENT_KIND,
  type PaymentKind,
  type TransactionState,
} from '../../core/src/domain/order/states.ts';
import { addDays, jstDateOf } from '../../core/src/domain/values/jst.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import { type Course, live } from './courses.ts';
import type { Dice } from './dice.ts';
import { makeEmail, makePerson, type Person } from './people.ts';
import { PRODUCTS } from './products.ts';
import type { DemoShop } from './shops.ts';
import { SITUATIONS, type Situation } from './situation.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** An order of the demo as it stands, with its past: here, and in F-REGI's ledger. */
export type DemoOrder = NewOrder & Partial<Course>;

const OTHER_KINDS = (Object.keys(PAYMENT_KIND) as PaymentKind[]).filter(
  (kind) => !PAYMENT_KIND[kind].linked && kind !== 'none',
);

/** Makes a shop's orders, oldest first; the last was placed shortly before `now`. */
export function makeOrders(shop: DemoShop, dice: Dice, now: number): DemoOrder[] {
  const firstSerial = { hanamichi: 3_900, minato: 1_200, kotori: 700 }[shop.shopId];
  return Array.from({ length: shop.orders }, (_, index) => {
    const newness = (index + dice.roll()) / shop.orders;
    const situation = dice.weigh(SITUATIONS);
    const open = situation.startsWith('unpaid') || situation === 'paid';
    // Open orders are at most two weeks old, except a few that somebody has forgotten.
    const days = open && !dice.chance(0.03) ? 14 * (1 - newness) : 62 * (1 - newness);
    const placedAt = Math.floor((now - days * DAY_MS - dice.below(20) * 60_000) / 1000) * 1000;
    const serial = String(firstSerial + index).padStart(8, '0');
    return makeOrder(shop, `1${serial}${dice.digits(3)}`, situation, { placedAt, dice, now });
  });
}

function makeOrder(
  shop: DemoShop,
  orderNumber: string,
  situation: Situation,
  { placedAt, dice, now }: { placedAt: number; dice: Dice; now: number },
): DemoOrder {
  const kind = kindOf(situation, dice);
  const details = makeDetails(shop, situation, placedAt, dice);
  const placed = newOrder(shop.shopId, {
    orderNumber,
    type: situation === 'preorder' || situation === 'validated' ? 'preorder' : typeOf(dice),
    channel: dice.weigh({ pc: 3, smartphone: 6, mobile: 0.3 }),
    placedAt: new Date(placedAt).toISOString(),
    paymentKind: kind,
    paymentMethod: methodOf(kind),
    amounts: makeAmounts(details, kind, dice),
    details,
  });
  // A later event ships the order, if any.
  const first = { ...asHandedOver(placed.order, situation, dice), shipped: false };
  const course = live(first, details, situation, { dice, now });
  const cameIn = { order: first, at: placedAt };
  return { order: course.past.order, details: sentAsTold(details, course), cameIn, ...course };
}

function typeOf(dice: Dice): 'regular' | 'subscription' | 'club' {
  return dice.weigh({ regular: 94, subscription: 4, club: 2 });
}

function kindOf(situation: Situation, dice: Dice): PaymentKind {
  if (situation === 'unpaid_other') return dice.pick(OTHER_KINDS);
  if (situation === 'completed' && dice.chance(0.25)) return dice.pick([...OTHER_KINDS, 'none']);
  return situation === 'unpaid_card' && dice.chance(0.05) ? 'apple_pay_fregi' : 'card_fregi';
}

function methodOf(kind: PaymentKind): string {
  return PAYMENT_KIND[kind].ja.replace(/\(.*\)$/, '');
}

function makeDetails(
  shop: DemoShop,
  situation: Situation,
  placedAt: number,
  dice: Dice,
): OrderDetails {
  const customer = makePerson(dice);
  const receivers: Person[] = [customer];
  while (receivers.length < 4 && dice.chance(0.06)) receivers.push(makePerson(dice));
  const wish = dice.chance(0.3) ? addDays(jstDateOf(placedAt), 4 + dice.below(5)) : null;
  return {
    customer: { ...customer, email: makeEmail(dice) },
    destinations: receivers.map((receiver) => ({
      ...receiver,
      requestedDate: wish,
      requestedTime: wish !== null && dice.chance(0.5) ? dice.pick(['午前中', '14〜16時']) : '',
      carrier: dice.pick(['ヤマト運輸', '佐川急便']),
      trackingNumber: situation === 'completed' ? dice.digits(12) : '',
      shippedOn: null,
      lines: Array.from({ length: 1 + dice.below(3) }, () => makeLine(shop, dice)),
    })),
    customerMessage: dice.chance(0.1) ? 'のし紙（御祝）をお願いします。' : '',
    memo: dice.chance(0.05) ? 'お電話にて色の変更を承りました。' : '',
  };
}

function makeLine(
  shop: DemoShop,
  dice: Dice,
): OrderDetails['destinations'][number]['lines'][number] {
  const { code, name, variations, price, taxRate } = dice.pick(PRODUCTS[shop.shopId]);
  return {
    productCode: code,
    name,
    variation: variations.length > 0 ? dice.pick(variations) : '',
    quantity: 1 + (dice.chance(0.2) ? dice.below(3) : 0),
    unitPrice: price,
    taxRate,
  };
}

function makeAmounts({ destinations }: OrderDetails, kind: PaymentKind, dice: Dice) {
  const lines = destinations.flatMap((destination) => destination.lines);
  const items = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  const shipping = items >= 11_000 ? 0 : 550 * destinations.length;
  const paymentFee = kind === 'cash_on_delivery' ? 330 : 0;
  const wrapping = dice.chance(0.08) ? 220 : 0;
  const most = items + shipping + paymentFee + wrapping;
  const points = dice.chance(0.25) ? 10 * dice.below(90) : 0;
  const pointsUsed = kind === 'none' ? most : Math.min(points, items - 100);
  return { items, shipping, paymentFee, wrapping, pointsUsed, couponDiscount: 0 };
}

/** Returns the details with the date of shipping that the journal has. */
function sentAsTold(details: OrderDetails, { shippedOn }: Course): OrderDetails {
  const destinations = details.destinations.map((each) => ({ ...each, shippedOn }));
  return { ...details, destinations };
}

/**
 * Returns the order as the shop's cart hands it over: authorized at F-REGI, or with the card kept
 * there.
 */
function asHandedOver(placed: Order, situation: Situation, dice: Dice): Order {
  const { linked } = PAYMENT_KIND[placed.paymentKind];
  const authorized = linked ? makeTransaction(placed, dice) : null;
  switch (situation) {
    case 'preorder':
    case 'validated':
      return { ...placed, transaction: unauthorized(authorized, 'preorder_unauthorized') };
    case 'authorization_failed':
      return { ...placed, transaction: unauthorized(authorized, 'authorization_failed') };
    default:
      return { ...placed, transaction: authorized };
  }
}

function makeTransaction(order: Order, dice: Dice): Transaction {
  return {
    state: 'authorized',
    seqno: `2026${order.orderNumber}${dice.digits(4)}`,
    authCode: `${dice.pick(['A', 'K', 'e', 'm'])}${dice.digits(5)}`,
    slipId: order.orderNumber,
    customerId: null,
    amount: billedOf(order.amounts),
    authorizedAt: order.placedAt,
    asOf: order.placedAt,
  };
}

/** No authorization stands: the card is registered at F-REGI under a customer's number. */
function unauthorized(held: Transaction | null, state: TransactionState): Transaction | null {
  if (held === null) return null;
  const nothing = { seqno: null, authCode: null, amount: yen(0), authorizedAt: null };
  return { ...held, ...nothing, state, customerId: `C${held.slipId}` };
}
