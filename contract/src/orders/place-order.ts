import type { IncomingOrder } from '@renkei/core/domain/place-order.ts';
import { REDIRECT_KINDS } from '@renkei/core/domain/redirect.ts';
import { CHANNEL, keysOf, ORDER_TYPE, PAYMENT_KIND } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { orderNumberSchema, seqnoSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { format, text } from '../text.ts';
import { amountsSchema, detailsSchema } from './order-content.ts';

/** 伝票番号 */
const slipIdSchema = format(/^[A-Za-z0-9-]{1,20}$/);

/** How an order that comes in by API is paid. No card data: F-REGI's token or numbers only. */
export const placeTransactionSchema = z.discriminatedUnion('kind', [
  /** Authorized by the cart already. */
  z.strictObject({
    kind: z.literal('authorized'),
    seqno: seqnoSchema,
    authCode: text({ min: 1, max: 6 }),
    amount: yenSchema,
    slipId: slipIdSchema.optional(),
    authorizedAt: instantSchema.optional(),
  }),
  /** To be authorized by Renkei, with a token from F-REGI's script. */
  z.strictObject({ kind: z.literal('token'), token: text({ min: 1, max: 200 }) }),
  /** To be authorized by Renkei, with the card registered at F-REGI. */
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
    /** コンビニ支払(F-REGI) and the like: the payment that the cart has issued at F-REGI. */
    redirectPayment: z
      .strictObject({
        /** 発行番号 */
        settleno: seqnoSchema,
        slipId: slipIdSchema.optional(),
        /** What it was issued for; the billed amount when left out. */
        amount: yenSchema.optional(),
      })
      .optional(),
  })
  .refine(({ type, transaction }) => type !== 'preorder' || transaction?.kind !== 'token', {
    path: ['transaction'],
    message:
      '予約受注は、F-REGIに登録済みのカード（顧客番号）で登録してください / ' +
      'a pre-order names a card that is registered at F-REGI: a token does not last',
  })
  .refine(
    ({ redirectPayment, paymentKind, transaction }) =>
      redirectPayment === undefined ||
      (transaction === undefined && REDIRECT_KINDS.includes(paymentKind)),
    {
      path: ['redirectPayment'],
      message:
        'redirectPaymentはコンビニ支払(F-REGI)、MobileEdy、CyberEdyの受注にだけ指定できます / ' +
        'only an order by convenience store or Edy has a redirect payment',
    },
  );
placeOrderSchema satisfies z.ZodType<IncomingOrder>;
export type PlaceOrder = z.input<typeof placeOrderSchema>;
