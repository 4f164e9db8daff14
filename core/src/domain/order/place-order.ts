import type { Reason } from '../reasons/index.ts';
import { type Authentication, NOT_TOLD } from '../transaction/authentication.ts';
import type { Instant } from '../values/jst.ts';
import { type Yen, yen } from '../values/yen.ts';
import {
  AMOUNT_PARTS,
  type AmountPart,
  type Amounts,
  billedOf,
  CHARGED,
  DEDUCTED,
  type Lines,
  NOTHING_GIVEN_BACK,
  type Order,
  type RarePart,
  sumOf,
  type Transaction,
} from './order.ts';
import type { OrderDetails } from './order-details.ts';
import { NOTHING_HAPPENED } from './placed.ts';
import { type Channel, keysOf, type OrderType, type PaymentKind } from './states.ts';

/** An order as the cart hands it over, checked at the edge. Amounts in whole yen. */
export type IncomingOrder = {
  /** 受注コード, 12 digits. */
  readonly orderNumber: string;
  readonly type: OrderType;
  readonly channel: Channel;
  /** An ISO instant with its offset. */
  readonly placedAt: string;
  readonly paymentKind: PaymentKind;
  readonly paymentMethod: string;
  readonly amounts: IncomingAmounts;
  readonly details: OrderDetails;
  readonly transaction?: IncomingTransaction | undefined;
  /** The payment that the cart issued at F-REGI, if the customer does not pay by card. */
  readonly redirectPayment?:
    | {
        /** 発行番号 */
        readonly settleno: string;
        /** 伝票番号; the 受注コード if absent. */
        readonly slipId?: string | undefined;
        /** The issued amount; the billed amount if absent. */
        readonly amount?: number | undefined;
      }
    | undefined;
};

/** How the cart names a card: never by its number. */
export type IncomingTransaction =
  | {
      readonly kind: 'authorized';
      readonly seqno: string;
      readonly authCode: string;
      readonly amount: number;
      readonly slipId?: string | undefined;
      readonly authorizedAt?: string | undefined;
      /** Y1: 本人認証 of its cardholder; not known if absent. */
      readonly authentication?: Authentication | undefined;
    }
  | {
      readonly kind: 'token';
      readonly token: string;
      /** Where the cardholder's browser goes after a confirmation (Y2). */
      readonly returnUrl?: string | undefined;
    }
  | { readonly kind: 'customer'; readonly customerId: string };

/** The amounts of an incoming order; an absent part is 0. */
export type IncomingAmounts = {
  readonly [Part in Exclude<AmountPart, RarePart>]: number;
} & { readonly [Part in RarePart]?: number | undefined };

/** An order to store: the part for decisions, and the part that people read. */
export type NewOrder = {
  readonly order: Order;
  readonly details: OrderDetails;
  /** The payment issued for it at F-REGI, if no card pays it. */
  readonly redirect?: { readonly settleno: string; readonly slipId: string; readonly amount: Yen };
  /** The card's token, if a token pays the order. */
  readonly cardToken?: string;
  /** For an order taken over with its past: its original state and time. */
  readonly cameIn?: { readonly order: Order; readonly at: Instant };
};

/** S2: whether the shop authorizes a payment kind when the order arrives, or later. */
export type IntakeSettings = {
  readonly paymentPolicies: Readonly<Record<PaymentKind, { readonly authorizeAtOrder: boolean }>>;
};

/** The card to authorize at once, and the way back of its holder. */
type IntakeCard = { readonly cardToken: string | null; readonly returnUrl?: string };

/** The decision on an incoming order. */
export type Intake =
  | {
      readonly kind: 'refuse';
      readonly reason: Reason;
      /** The wrong fields, as JSON Pointers; empty if the order as a whole is wrong. */
      readonly fields: readonly string[];
    }
  | {
      readonly kind: 'place';
      /** Authorize the card at once, by this token or by the registered card; null: do not. */
      readonly authorize: IntakeCard | null;
      /** 顧客番号 of a waiting card, so that the cart learns at once if F-REGI does not know it. */
      readonly customerId: string | null;
    };

/**
 * B1, S2: a pre-order's card waits, and so do cards that the shop authorizes later. A token cannot
 * wait, because it works once and expires soon; a card registered at F-REGI can.
 */
export function decideIntake(
  incoming: IncomingOrder,
  { paymentPolicies }: IntakeSettings,
  now: Instant,
): Intake {
  const { type, paymentKind, amounts, transaction } = incoming;
  const future = fieldsFromFuture(incoming, now);
  if (future.length > 0) return { kind: 'refuse', reason: 'order_from_future', fields: future };
  if (sumOf(amounts, DEDUCTED) > sumOf(amounts, CHARGED)) {
    return { kind: 'refuse', reason: 'deductions_exceed_total', fields: [] };
  }
  const waits = type === 'preorder' || !paymentPolicies[paymentKind].authorizeAtOrder;
  switch (transaction?.kind) {
    case 'token':
      if (waits) return { kind: 'refuse', reason: 'token_cannot_wait', fields: [] };
      return { kind: 'place', authorize: byToken(transaction), customerId: null };
    case 'customer':
      return waits
        ? { kind: 'place', authorize: null, customerId: transaction.customerId }
        : { kind: 'place', authorize: { cardToken: null }, customerId: null };
    default:
      return { kind: 'place', authorize: null, customerId: null };
  }
}

type ByToken = Extract<IncomingTransaction, { readonly kind: 'token' }>;
function byToken({ token, returnUrl }: ByToken): IntakeCard {
  return { cardToken: token, ...(returnUrl === undefined ? {} : { returnUrl }) };
}

/** The most by which a cart's clock may be ahead of ours. */
export const CLOCK_AHEAD_MS = 5 * 60_000;

/**
 * Returns the times of an order that lie more than {@link CLOCK_AHEAD_MS} ahead of `now`, as JSON
 * Pointers. Renkei refuses such an order: its 承認期限 would count from the future, and the warning
 * would come too late. Usually a cart has sent Japanese time as UTC.
 */
export function fieldsFromFuture(
  { placedAt, transaction }: Pick<IncomingOrder, 'placedAt' | 'transaction'>,
  now: Instant,
): string[] {
  const authorizedAt = transaction?.kind === 'authorized' ? transaction.authorizedAt : undefined;
  const times = { '/placedAt': placedAt, '/transaction/authorizedAt': authorizedAt };
  return Object.entries(times).flatMap(([field, at]) =>
    at !== undefined && Date.parse(at) > now + CLOCK_AHEAD_MS ? field : [],
  );
}

/** Returns the order's first state. A card that still awaits authorization holds nothing yet. */
export function newOrder(shopId: string, incoming: IncomingOrder): NewOrder {
  const { orderNumber, type, channel, paymentKind, paymentMethod, details } = incoming;
  const placedAt = Date.parse(incoming.placedAt);
  const amounts = amountsOf(incoming.amounts);
  const order: Order = {
    shopId,
    orderNumber,
    type,
    channel,
    placedAt,
    paymentKind,
    paymentMethod,
    amounts,
    version: 1,
    changedIn: 1,
    status: type === 'preorder' ? 'preorder' : 'processing',
    paidOn: null,
    lines: linesOf(details),
    transaction: firstTransaction(incoming, placedAt),
    authentication: firstAuthentication(incoming),
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    shipped: details.destinations.every(({ shippedOn }) => shippedOn !== null),
    ...NOTHING_GIVEN_BACK,
    ...NOTHING_HAPPENED,
  };
  return { order, details, ...redirectOf(incoming, order), ...tokenOf(incoming) };
}

function tokenOf({ transaction }: IncomingOrder): Pick<NewOrder, 'cardToken'> {
  return transaction?.kind === 'token' ? { cardToken: transaction.token } : {};
}

/** Returns the amounts of an incoming order; absent parts are zero. */
export function amountsOf(given: IncomingOrder['amounts']): Amounts {
  const entries = keysOf(AMOUNT_PARTS).map((part) => [part, yen(given[part] ?? 0)]);
  return Object.fromEntries(entries) as Amounts;
}

function redirectOf(
  { redirectPayment, orderNumber }: IncomingOrder,
  { amounts }: Order,
): Pick<NewOrder, 'redirect'> {
  if (redirectPayment === undefined) return {};
  const { settleno, slipId = orderNumber, amount } = redirectPayment;
  return { redirect: { settleno, slipId, amount: yen(amount ?? billedOf(amounts)) } };
}

/** Returns the products of every destination, as decisions and the journal use them. */
export function linesOf({ destinations }: OrderDetails): Lines {
  return destinations.map(({ lines }) =>
    lines.map((line) => ({ ...line, unitPrice: yen(line.unitPrice) })),
  );
}

function firstAuthentication({ transaction }: IncomingOrder): Authentication {
  return transaction?.kind === 'authorized' ? (transaction.authentication ?? NOT_TOLD) : NOT_TOLD;
}

function firstTransaction(incoming: IncomingOrder, placedAt: number): Transaction | null {
  const { transaction: paid, orderNumber, type } = incoming;
  if (paid === undefined) return null;
  if (paid.kind === 'authorized') {
    const { seqno, authCode, amount, slipId, authorizedAt } = paid;
    const at = authorizedAt === undefined ? placedAt : Date.parse(authorizedAt);
    return {
      state: 'authorized',
      seqno,
      authCode,
      slipId: slipId ?? orderNumber,
      customerId: null,
      amount: yen(amount),
      authorizedAt: at,
      asOf: at,
    };
  }
  return {
    state: type === 'preorder' ? 'preorder_unauthorized' : 'validated_unauthorized',
    seqno: null,
    authCode: null,
    slipId: orderNumber,
    customerId: paid.kind === 'customer' ? paid.customerId : null,
    amount: yen(0),
    authorizedAt: null,
    asOf: placedAt,
  };
}
