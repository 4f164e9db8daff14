import type { RemedyAction } from '@renkei/contract/common.ts';
import type { OrderRef } from '@renkei/core/domain/order.ts';
import type { Remedy } from '@renkei/core/domain/reasons/remedies.ts';
import { PAYMENT_KIND } from '@renkei/core/domain/states.ts';

/**
 * The request that carries a remedy out on an order, ready to be sent (C4, A4): what the manual
 * only advises. Null where the remedy is done elsewhere: at F-REGI's console, with the customer.
 */
export function remedyAction(
  remedy: Remedy,
  { shopId, orderNumber }: OrderRef,
): RemedyAction | null {
  const request = REQUEST[remedy];
  if (request === undefined) return null;
  const { method, resource, query = '', body = null, missing = [] } = request;
  const path = `/v1/orders/${orderNumber}/${resource}?shop=${encodeURIComponent(shopId)}${query}`;
  return { method, path, body, missing: [...missing] };
}

type Request = Pick<RemedyAction, 'method'> & {
  readonly resource: 'payment' | 'method' | 'status' | 'amounts' | 'transaction';
  readonly query?: string;
  readonly body?: Record<string, unknown>;
  readonly missing?: readonly string[];
};

const BILL_OTHERWISE: Request = {
  method: 'PUT',
  resource: 'method',
  body: { cancelTransaction: true },
  missing: ['paymentKind'],
};

const REQUEST: Partial<Record<Remedy, Request>> = {
  change_method_to_none: {
    method: 'PUT',
    resource: 'method',
    body: {
      paymentKind: 'none',
      paymentMethod: PAYMENT_KIND.none.ja,
      cancelTransaction: true,
    },
  },
  edit_amounts: { method: 'PUT', resource: 'amounts', body: {}, missing: ['amounts'] },
  change_captured_amount: {
    method: 'PUT',
    resource: 'amounts',
    body: { changeCaptured: true },
    missing: ['amounts'],
  },
  mark_paid_without_gateway: {
    method: 'POST',
    resource: 'payment',
    body: { withoutGateway: true },
  },
  capture_former_amount: { method: 'POST', resource: 'payment', body: { amount: 'authorized' } },
  void_and_bill_otherwise: BILL_OTHERWISE,
  refund_and_bill_otherwise: BILL_OTHERWISE,
  refund_and_buy_again: {
    method: 'POST',
    resource: 'status',
    body: { to: 'cancelled', cancelTransaction: true },
  },
  change_method: { method: 'PUT', resource: 'method', body: {}, missing: ['paymentKind'] },
  cancel_transaction: { method: 'DELETE', resource: 'transaction' },
  unmark_paid: { method: 'DELETE', resource: 'payment' },
  process_order: { method: 'POST', resource: 'status', body: { to: 'processing' } },
  reopen_order: { method: 'POST', resource: 'status', body: { to: 'processing' } },
};
