import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Page } from '@renkei/core/turns/operation.ts';
import { timestamp } from '../db/db.ts';

/** キャンセル依頼 of an order while it stands, for a select list over `orders`; otherwise null. */
export const CANCEL_REQUEST_JSON = `case when cancel_requested_at is not null then (
    select jsonb_build_object('at', extract(epoch from cancel_requested_at) * 1000,
                              'message',
                                told_event(shop_id, order_number, version, event) ->> 'message')
      from journal j
     where j.shop_id = orders.shop_id and j.order_number = orders.order_number
       and event ->> 'kind' = 'cancel_requested'
     order by j.version desc limit 1) end`;

export type CancelRequest = { readonly at: Instant; readonly message: string };

/**
 * Sets or ends キャンセル依頼: it stands from the request until any change of status, or until an operator
 * dismisses it. Null if the turn does not affect it.
 */
export function cancelRequestRow({ entries, now }: Page): { readonly at: string | null } | null {
  const last = entries.findLast(({ kind }) => ON_REQUESTS.includes(kind));
  if (last === undefined) return null;
  return { at: last.kind === 'cancel_requested' ? timestamp(now) : null };
}

const ON_REQUESTS: readonly OrderEvent['kind'][] = [
  'cancel_requested',
  'cancel_request_dismissed',
  'status_changed',
];
