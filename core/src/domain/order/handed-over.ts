import { differencesOf } from '../drift/difference.ts';
import { type Authentication, NOT_TOLD } from '../transaction/authentication.ts';
import type { OrderDetails } from './order-details.ts';
import { amountsOf, type NewOrder } from './place-order.ts';
import type { OrderPlaced } from './placed.ts';

/** The order as first handed over, whatever was edited since (O5). */
export type FirstTold = {
  /** The first entry of its journal. */
  readonly order: OrderPlaced;
  /** 初回受注情報 */
  readonly details: OrderDetails;
};

/** The most fields to name; with so many differences the caller compares the whole order. */
export const DIFFERING_MAX = 50;

/**
 * O5: returns the fields in which a repeated order differs from its first hand-over, as JSON
 * Pointers into the request, at most {@link DIFFERING_MAX}. Empty if both say the same. An
 * operator's edits since do not count: a cart that repeats its request has changed nothing. The
 * store compares the redirect payment and the hash of the card's token. A file need not say whether
 * a customer is 会員, and how the cardholder was authenticated: if absent, they differ from nothing.
 */
export function differingFields(first: FirstTold, again: NewOrder): string[] {
  const { isMember = first.details.customer.isMember ?? false } = again.details.customer;
  const told = first.order.authentication ?? NOT_TOLD;
  const { authentication } = again.order;
  const differences = differencesOf(
    toldBy(first.order, first.details, first.details.customer.isMember ?? false, told),
    toldBy(
      again.order,
      again.details,
      isMember,
      authentication === NOT_TOLD ? told : authentication,
    ),
  );
  const fields = differences.map(({ field }) => `/${field.replaceAll('.', '/')}`);
  return fields.toSorted().slice(0, DIFFERING_MAX);
}

/**
 * Returns an order in the contract's terms, with one form for values that can be written in several
 * ways or left out.
 */
function toldBy(
  order: OrderPlaced,
  { customer, ...details }: OrderDetails,
  isMember: boolean,
  authentication: Authentication,
): object {
  const { type, channel, placedAt, paymentKind, paymentMethod, amounts } = order;
  return {
    type,
    channel,
    placedAt,
    paymentKind,
    paymentMethod,
    amounts: amountsOf(amounts),
    details: { ...details, customer: { ...customer, isMember } },
    transaction: transactionTold(order, authentication),
  };
}

function transactionTold(
  { transaction }: OrderPlaced,
  authentication: Authentication,
): object | null {
  if (transaction === null) return null;
  const { seqno, authCode, amount, slipId, authorizedAt, customerId } = transaction;
  if (seqno !== null) {
    return { kind: 'authorized', seqno, authCode, amount, slipId, authorizedAt, authentication };
  }
  return customerId === null ? { kind: 'token' } : { kind: 'customer', customerId };
}
