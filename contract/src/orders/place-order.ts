import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { CHANNEL, keysOf, ORDER_TYPE, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { AUTHENTICATION } from '@renkei/core/domain/transaction/authentication.ts';
import { REDIRECT_KINDS } from '@renkei/core/domain/transaction/redirect.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { orderNumberSchema, seqnoSchema, settlenoSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { format, text } from '../text.ts';
import { returnUrlSchema } from './challenge.ts';
import { amountsSchema, detailsSchema } from './order-content.ts';

/** 伝票番号 */
const slipIdSchema = format(/^[A-Za-z0-9-]{1,20}$/);

/** How an order from the API is paid. No card data: only F-REGI's token or numbers. */
export const placeTransactionSchema = z.discriminatedUnion('kind', [
  /** The cart has authorized it already. */
  z.strictObject({
    kind: z.literal('authorized'),
    seqno: seqnoSchema,
    authCode: text({ min: 1, max: 6 }),
    amount: yenSchema,
    slipId: slipIdSchema.optional(),
    authorizedAt: instantSchema.optional(),
    /** Y1: 本人認証 (3-D Secure) of its cardholder, as the cart knows it from the ECI. */
    authentication: z.enum(keysOf(AUTHENTICATION)).optional(),
  }),
  /**
   * Renkei authorizes it with a token from F-REGI's script. F-REGI may want the cardholder to
   * confirm first (3-D Secure): the order's `operation` is then `confirming`, and its `challenge` says
   * where to send the browser, which comes back to `returnUrl`.
   */
  z.strictObject({
    kind: z.literal('token'),
    token: text({ min: 1, max: 200 }),
    returnUrl: returnUrlSchema.optional(),
  }),
  /** Renkei authorizes it with the card registered at F-REGI. */
  z.strictObject({
    kind: z.literal('customer'),
    customerId: format(/^[A-Za-z0-9-]{1,20}$/),
  }),
]);

export const placeOrderSchema = z
  .strictObject({
    orderNumber: orderNumberSchema,
    type: z.enum(keysOf(ORDER_TYPE)).default('regular'),
    channel: z.enum(keysOf(CHANNEL)).default('pc'),
    placedAt: instantSchema,
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: text({ min: 1, max: 50 }),
    amounts: amountsSchema,
    details: detailsSchema,
    transaction: placeTransactionSchema.optional(),
    /** コンビニ支払(F-REGI) and the like: the payment that the cart issued at F-REGI. */
    redirectPayment: z
      .strictObject({
        /** 発行番号 */
        settleno: settlenoSchema,
        slipId: slipIdSchema.optional(),
        /** The issued amount; the billed amount if absent. */
        amount: yenSchema.optional(),
      })
      .optional(),
  })
  .refine(({ type, transaction }) => type !== 'preorder' || transaction?.kind !== 'token', {
    path: ['transaction'],
    message: bilingual(
      '予約受注は、F-REGIに登録済みのカード（顧客番号）で登録してください',
      'a pre-order needs a card registered at F-REGI: a token expires too soon',
    ),
  })
  .refine(
    ({ redirectPayment, paymentKind, transaction }) =>
      redirectPayment === undefined ||
      (transaction === undefined && REDIRECT_KINDS.includes(paymentKind)),
    {
      path: ['redirectPayment'],
      message: bilingual(
        'redirectPaymentはコンビニ支払(F-REGI)、MobileEdy、CyberEdyの受注にだけ指定できます',
        'only an order paid by convenience store or Edy can have a redirect payment',
      ),
    },
  );
placeOrderSchema satisfies z.ZodType<IncomingOrder>;
export type PlaceOrder = z.input<typeof placeOrderSchema>;
