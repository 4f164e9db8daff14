import { z } from 'zod';
import { VERBS } from '../domain/link.ts';
import { REDIRECT_KINDS, REDIRECT_STATUS } from '../domain/redirect.ts';
import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '../domain/states.ts';
import { YEN_MAX } from '../domain/yen.ts';
import { orderHealthSchema } from './attention-item.ts';
import {
  instantSchema,
  jstDateSchema,
  orderNumberSchema,
  reasonSchema,
  seqnoSchema,
  yenSchema,
} from './common.ts';
import { operationSchema } from './operations.ts';

export const amountFields = {
  items: yenSchema,
  shipping: yenSchema,
  paymentFee: yenSchema,
  wrapping: yenSchema,
  coolFee: yenSchema,
  otherFee: yenSchema,
  pointsUsed: yenSchema,
  couponDiscount: yenSchema,
  discount: yenSchema,
};

/** The amounts of an order that comes in; cool fee, other fee and discount are mostly zero. */
export const amountsSchema = z
  .object({
    ...amountFields,
    coolFee: yenSchema.optional(),
    otherFee: yenSchema.optional(),
    discount: yenSchema.optional(),
  })
  .refine(
    ({ items, shipping, paymentFee, wrapping, coolFee = 0, otherFee = 0 }) =>
      items + shipping + paymentFee + wrapping + coolFee + otherFee <= YEN_MAX,
    { message: `総合計金額は ${YEN_MAX} 円以下です / the total is at most ${YEN_MAX} yen` },
  );
export type AmountsView = z.infer<typeof amountsSchema>;

/** Text that PostgreSQL can keep: no NUL, no half of a surrogate pair. */
const textSchema = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), {
      message: '使用できない文字が含まれています / the text has characters that cannot be kept',
    });
const addressSchema = {
  name: textSchema(100),
  kana: textSchema(100),
  phone: textSchema(20),
  postalCode: textSchema(8),
  prefecture: textSchema(10),
  address: textSchema(300),
};

export const customerSchema = z.object({ ...addressSchema, email: textSchema(254) });

const taxRateSchema = z.union([z.literal(10), z.literal(8), z.literal(0)]);

export const lineSchema = z.object({
  productCode: textSchema(50),
  name: textSchema(300),
  variation: textSchema(200),
  quantity: z.int().min(1).max(99_999),
  unitPrice: yenSchema,
  taxRate: taxRateSchema,
});

export const destinationSchema = z.object({
  ...addressSchema,
  requestedDate: jstDateSchema.nullable(),
  requestedTime: textSchema(20),
  carrier: textSchema(50),
  trackingNumber: textSchema(40),
  shippedOn: jstDateSchema.nullable(),
  lines: z.array(lineSchema).min(1).max(200),
});

export const detailsSchema = z.object({
  customer: customerSchema,
  destinations: z.array(destinationSchema).min(1).max(50),
  customerMessage: textSchema(2000),
  memo: textSchema(2000),
});
export type OrderDetails = z.infer<typeof detailsSchema>;

const transactionSummarySchema = z.object({
  state: z.enum(keysOf(TRANSACTION_STATE)),
  seqno: z.string().nullable(),
  amount: yenSchema,
  asOf: instantSchema,
  /** 承認期限: the last day on which the authorization can be captured; null if not authorized. */
  captureBy: jstDateSchema.nullable(),
});

export const orderRowSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  type: z.enum(keysOf(ORDER_TYPE)),
  status: z.enum(keysOf(ORDER_STATUS)),
  channel: z.enum(keysOf(CHANNEL)),
  placedAt: instantSchema,
  customerName: z.string(),
  multipleDestinations: z.boolean(),
  prefecture: z.string(),
  requestedDelivery: z.string(),
  paidOn: jstDateSchema.nullable(),
  shipped: z.boolean(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  paymentMethod: z.string(),
  total: yenSchema,
  billed: yenSchema,
  transaction: transactionSummarySchema.nullable(),
  /** The operation underway, in doubt or in review: while there is one, nothing else may be done. */
  openOperation: z
    .object({ id: z.string(), state: z.enum(['asking', 'unknown', 'review']) })
    .nullable(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

/** One call that F-REGI will be told, as it goes over the wire (rule M6). */
export const plannedAskSchema = z.object({
  verb: z.enum(VERBS),
  amount: yenSchema,
  call: z.object({ path: z.string(), parameters: z.record(z.string(), z.string()) }),
});

/** What a command would come to. The same decision as the command itself. */
export const previewSchema = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('refuse'),
    version: z.int(),
    reason: reasonSchema,
    because: reasonSchema.nullable(),
    /** The manual's line for it in the error panel, where it has one (L5). */
    line: z.string().nullable(),
  }),
  z.object({
    decision: z.literal('record'),
    version: z.int(),
    gateway: z.enum(['not_told', 'not_concerned', 'left_alone', 'nothing_to_cancel']),
    mail: z.boolean(),
  }),
  z.object({
    decision: z.literal('pursue'),
    version: z.int(),
    amount: yenSchema,
    asks: z.array(plannedAskSchema),
    mail: z.boolean(),
  }),
]);
export type Preview = z.infer<typeof previewSchema>;

export const timelineEntrySchema = z.object({
  at: instantSchema,
  actor: z.string(),
  /** An event of the order, or a call to F-REGI. */
  kind: z.string(),
  operationId: z.string().nullable(),
  /** What it was about, as flat facts for the sentence: amounts, states, codes, texts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const cancelBoxSchema = z.discriminatedUnion('offered', [
  z.object({ offered: z.literal(true), asks: z.array(plannedAskSchema) }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);

/** A box beside a change: offered, or why not. */
const boxSchema = z.discriminatedUnion('offered', [
  z.object({ offered: z.literal(true) }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);

/** What may be done now, and why not: the screens know no rules. */
const actionsSchema = z.object({
  markPaid: previewSchema,
  /** C4: captures what is authorized; where that is what is billed, it is as `markPaid`. */
  markPaidAsAuthorized: previewSchema,
  unmarkPaid: previewSchema,
  /** U1: with the refund, an explicit choice. */
  unmarkPaidWithRefund: previewSchema,
  editAmounts: previewSchema,
  statusChanges: z.array(z.enum(keysOf(ORDER_STATUS))),
  /** F-REGIの取引情報を取り消す: offered, and what it would ask; or why not (V1, V5). */
  cancelBox: cancelBoxSchema,
  /** 在庫を反映させる and ご利用ポイントを返還する, for a change to one of the four (V6). */
  returnStock: boxSchema,
  returnPoints: boxSchema,
  /** 内容編集: the kinds that the order can be given, and the box (P1–P3). */
  changeMethod: z.object({
    kinds: z.array(z.enum(keysOf(PAYMENT_KIND))),
    /** P3: from a card there is no way back. */
    oneWay: z.boolean(),
    cancelBox: cancelBoxSchema,
  }),
  /** V4, P2, U1: cancels a transaction that was left at F-REGI. */
  cancelTransaction: previewSchema,
});

export const orderSchema = orderRowSchema.extend({
  amounts: z.object(amountFields),
  /** 消費税 in the billed amount, per rate, rounded once per invoice. */
  taxes: z.array(z.object({ rate: taxRateSchema, taxed: yenSchema, tax: yenSchema })),
  details: detailsSchema,
  /** 初回受注情報: the order as it was first placed; never changes. */
  firstPlaced: z.object({
    amounts: z.object(amountFields),
    total: yenSchema,
    billed: yenSchema,
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: z.string(),
    details: detailsSchema,
  }),
  /** V6: what was given back, and not taken again. */
  stockReturned: z.boolean(),
  pointsReturned: yenSchema,
  transaction: transactionSummarySchema
    .extend({
      authCode: z.string().nullable(),
      slipId: z.string(),
      authorizedAt: instantSchema.nullable(),
    })
    .nullable(),
  paymentMail: z.object({
    sending: z.enum(['auto', 'manual']),
    sentCount: z.int(),
    lastSentAt: instantSchema.nullable(),
  }),
  /** コンビニ支払(F-REGI) and the like: what F-REGI says of the customer’s payment (L2). */
  redirectPayment: z
    .object({
      settleno: z.string(),
      amount: yenSchema,
      status: z.enum(keysOf(REDIRECT_STATUS)),
      checkedAt: instantSchema.nullable(),
      noticedAt: instantSchema.nullable(),
      /** Why the confirmed payment did not make the order paid by itself. */
      obstacle: reasonSchema.nullable(),
    })
    .nullable(),
  operation: operationSchema.nullable(),
  timeline: z.array(timelineEntrySchema),
  health: orderHealthSchema,
  actions: actionsSchema,
});
export type OrderView = z.infer<typeof orderSchema>;

/** 伝票番号 */
const slipIdSchema = z.string().regex(/^[A-Za-z0-9-]{1,20}$/);

/** How an order that comes in by API is paid. No card data: F-REGI's token or numbers only. */
export const placeTransactionSchema = z.discriminatedUnion('kind', [
  /** Authorized by the cart already. */
  z.strictObject({
    kind: z.literal('authorized'),
    seqno: seqnoSchema,
    authCode: z.string().min(1).max(6),
    amount: yenSchema,
    slipId: slipIdSchema.optional(),
    authorizedAt: instantSchema.optional(),
  }),
  /** To be authorized by Renkei, with a token from F-REGI's script. */
  z.strictObject({ kind: z.literal('token'), token: z.string().min(1).max(200) }),
  /** To be authorized by Renkei, with the card registered at F-REGI. */
  z.strictObject({
    kind: z.literal('customer'),
    customerId: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
  }),
]);

export const placeOrderSchema = z
  .strictObject({
    orderNumber: orderNumberSchema,
    type: z.enum(keysOf(ORDER_TYPE)).default('regular'),
    channel: z.enum(keysOf(CHANNEL)).default('pc'),
    placedAt: instantSchema,
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: z.string().min(1).max(50),
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
export type PlaceOrder = z.input<typeof placeOrderSchema>;
