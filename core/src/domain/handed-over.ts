import { differencesOf } from './drift/difference.ts';
import type { OrderPlaced } from './events.ts';
import type { OrderDetails } from './order-details.ts';
import { amountsOf, type NewOrder } from './place-order.ts';

/** What is kept of an order as it was handed over first, whatever was edited since (O5). */
export type FirstTold = {
  /** The first entry of its journal. */
  readonly order: OrderPlaced;
  /** 初回受注情報 */
  readonly details: OrderDetails;
};

/** The most fields that are named; whoever sees so many compares the whole. */
export const DIFFERING_MAX = 50;

/**
 * O5: in which fields an order that is handed over again differs from what was handed over first,
 * as JSON Pointers into the request, at most {@link DIFFERING_MAX}. Empty where it says the same.
 * An operator's edits since do not count: a cart that repeats its request has changed nothing. The
 * redirect payment is compared where it is stored, and the card's token where its hash is. A file
 * cannot say whether a customer is 会員: whoever leaves that out says nothing of it.
 */
export function differingFields(first: FirstTold, again: NewOrder): string[] {
  const { isMember = first.details.customer.isMember ?? false } = again.details.customer;
  const differences = differencesOf(
    toldBy(first.order, first.details, first.details.customer.isMember ?? false),
    toldBy(again.order, again.details, isMember),
  );
  const fields = differences.map(({ field }) => `/${field.replaceAll('.', '/')}`);
  return fields.toSorted().slice(0, DIFFERING_MAX);
}

/** An order in the contract's terms: parts that may be left out, and forms of one value, are one. */
function toldBy(
  order: OrderPlaced,
  { customer, ...details }: OrderDetails,
  isMember: boolean,
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
    transaction: transactionTold(order),
  };
}

function transactionTold({ transaction }: OrderPlaced): object | null {
  if (transaction === null) return null;
  const { seqno, authCode, amount, slipId, authorizedAt, customerId } = transaction;
  if (seqno !== null) {
    return { kind: 'authorized', seqno, authCode, amount, slipId, authorizedAt };
  }
  return customerId === null ? { kind: 'token' } : { kind: 'customer', customerId };
}
