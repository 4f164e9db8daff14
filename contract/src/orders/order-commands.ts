import { keysOf, ORDER_STATUS, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { settlenoSchema, shopQuerySchema } from '../common.ts';
import { jstDateSchema } from '../dates.ts';
import { flag } from '../query.ts';
import { text } from '../text.ts';
import { returnUrlSchema } from './challenge.ts';
import { operationSchema } from './operations.ts';
import { amountFields, lineSchema } from './order-content.ts';
import { orderSchema } from './orders.ts';

/**
 * O6: confirms an unlikely 入金日. Without it, a day after today, before the order, or in a closed
 * period is refused with one of `DAY_DOUBTS` (core).
 */
export const dayConfirmed = z.boolean().default(false);

/** Commands on an order. Each needs If-Match and Idempotency-Key. */
export const markPaidSchema = z.strictObject({
  /** 入金日; today in Japan if absent (C9). */
  paidOn: jstDateSchema.optional(),
  /**
   * 入金確認メール (C8). If absent, Renkei sends it, unless no call to F-REGI confirms a card payment:
   * then the operator sends it, and `auto` sends it only if money is known to have come in (O2).
   * If F-REGI says that the customer has not paid at the store, only `auto` sends it (L2).
   */
  mail: z.enum(['auto', 'manual']).optional(),
  /** C5: record as paid although F-REGI cannot be told. */
  withoutGateway: z.boolean().default(false),
  /** C4: `authorized` captures the amount before the change; the rest is settled otherwise. */
  amount: z.enum(['billed', 'authorized']).default('billed'),
  dayConfirmed,
});
export type MarkPaid = z.input<typeof markPaidSchema>;

/** O6: another 入金日 for a paid order; no money moves, and F-REGI is not told. */
export const correctPaidOnSchema = z.strictObject({
  paidOn: jstDateSchema,
  dayConfirmed,
});
export type CorrectPaidOn = z.input<typeof correctPaidOnSchema>;

export const unmarkPaidQuerySchema = shopQuerySchema.extend({
  /** U1: `true` also cancels the transaction at F-REGI. */
  refund: flag.prefault('false'),
});

export const changeStatusSchema = z.strictObject({
  to: z.enum(keysOf(ORDER_STATUS)),
  /** F-REGIの取引情報を取り消す */
  cancelTransaction: z.boolean().default(false),
  /** 在庫を反映させる (V6) */
  returnStock: z.boolean().default(false),
  /** ご利用ポイントを返還する (V6) */
  returnPoints: z.boolean().default(false),
  /** Tells the customer by mail (V6). */
  mail: z.boolean().default(false),
  /** 発行取消を行う: revokes every payment that the customer can still make at a store (K3). */
  revokePayments: z.boolean().default(false),
});
export type ChangeStatus = z.input<typeof changeStatusSchema>;

/** K3: 発行取消 of payments issued for the order, by their 発行番号. */
export const revokePaymentsSchema = z.strictObject({
  settlenos: z.array(settlenoSchema).min(1).max(20),
});
export type RevokePayments = z.input<typeof revokePaymentsSchema>;

/** 内容編集 (P1–P3) */
export const changeMethodSchema = z.strictObject({
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  /** 決済方法 in the shop's own words; the kind's words if absent. */
  paymentMethod: text({ min: 1, max: 50, trim: true }).optional(),
  /** F-REGIの取引情報を取り消す */
  cancelTransaction: z.boolean().default(false),
});
export type ChangeMethod = z.input<typeof changeMethodSchema>;

/** 商品・送料・手数料編集 and 決済・ポイント利用額編集 of an order or an application; absent fields stay as they are. */
export const editContentSchema = z.strictObject({
  amounts: z.strictObject(amountFields).partial().default({}),
  /** The products of every destination, in sequence; 商品合計金額 then becomes their sum. */
  lines: z.array(z.array(lineSchema).min(1).max(200)).min(1).max(50).optional(),
});
export type EditContent = z.input<typeof editContentSchema>;

export const editAmountsSchema = editContentSchema.extend({
  /** A3: changes a paid order together with the amount that F-REGI has captured. */
  changeCaptured: z.boolean().default(false),
});
export type EditAmounts = z.input<typeof editAmountsSchema>;

/** B3: by the card registered at F-REGI, or by another card's token. */
export const authorizeSchema = z.strictObject({
  token: text({ min: 1, max: 200 }).optional(),
  /** With a token: where the cardholder's browser goes after 3-D Secure. */
  returnUrl: returnUrlSchema.optional(),
});
export type Authorize = z.input<typeof authorizeSchema>;

/** A command’s result: its operation, and the order after it. */
export const commandResultSchema = z.object({ operation: operationSchema, order: orderSchema });
export type CommandResult = z.infer<typeof commandResultSchema>;
