import type { Instant } from '@renkei/core/domain/order.ts';

/** キャンセル依頼 of an order while it stands, for a select list over `orders`; else null. */
export const CANCEL_REQUEST_JSON = `case when cancel_requested_at is not null then (
    select jsonb_build_object('at', extract(epoch from cancel_requested_at) * 1000,
                              'message', event ->> 'message')
      from journal j
     where j.shop_id = orders.shop_id and j.order_number = orders.order_number
       and event ->> 'kind' = 'cancel_requested'
     order by j.version desc limit 1) end`;

export type CancelRequest = { readonly at: Instant; readonly message: string };
