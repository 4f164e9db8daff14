import {
  CHANNEL,
  keysOf,
  OPEN_STATES,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  PROOFS,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { REMEDY } from '@renkei/core/domain/reasons/index.ts';
import { AUTHENTICATION } from '@renkei/core/domain/transaction/authentication.ts';
import { z } from 'zod';
import { orderHealthSchema } from '../attention/attention-item.ts';
import {
  boxSchema,
  denialSchema,
  orderNumberSchema,
  originSchema,
  reasonSchema,
  yenSchema,
} from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { told } from '../text.ts';
import { balanceSchema, settleActionSchema, settlementSchema } from './balance.ts';
import { operationSchema } from './operations.ts';
import { amountFields, detailsSchema, taxesSchema } from './order-content.ts';
import { plannedAskSchema, previewSchema, wireCallSchema } from './previews.ts';
import { proposalSchema } from './proposals.ts';
import { redirectPaymentSchema } from './redirect-payment.ts';
import { ENTRY_KINDS } from './timeline.ts';

const transactionSummarySchema = z.object({
  state: z.enum(keysOf(TRANSACTION_STATE)),
  seqno: told.nullable(),
  amount: yenSchema,
  asOf: instantSchema,
  /** 承認期限: the last JST date for capturing the authorization; null if not authorized. */
  captureBy: jstDateSchema.nullable(),
  /** Y1: 本人認証 (3-D Secure) of its cardholder. */
  authentication: z.enum(keysOf(AUTHENTICATION)),
  /** 顧客番号 of a card registered at F-REGI, masked (B1); null if there is none. */
  customerId: told.nullable(),
});

/** A row of the list: the manual’s columns, and F-REGI's amount (L3). */
export const orderRowSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  type: z.enum(keysOf(ORDER_TYPE)),
  status: z.enum(keysOf(ORDER_STATUS)),
  channel: z.enum(keysOf(CHANNEL)),
  placedAt: instantSchema,
  customerName: told,
  /** H6: the customer's data was erased; money and proof stay. */
  customerErased: z.boolean(),
  multipleDestinations: z.boolean(),
  prefecture: told,
  requestedDelivery: told,
  paidOn: jstDateSchema.nullable(),
  shipped: z.boolean(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  paymentMethod: told,
  total: yenSchema,
  billed: yenSchema,
  balance: balanceSchema,
  transaction: transactionSummarySchema.nullable(),
  /** C2: the authorized amount differs from the amount to capture. */
  amountDiffers: z.boolean(),
  /** The operation under way, in doubt or in review: it blocks every other command. */
  openOperation: z.object({ id: told, state: z.enum(OPEN_STATES) }).nullable(),
  /** キャンセル依頼 of the customer, until somebody handles it. */
  cancelRequest: z.object({ at: instantSchema, message: told }).nullable(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

export const timelineEntrySchema = z.object({
  at: instantSchema,
  actor: told,
  /** The source; null if there was no request, or if its source was not recorded then. */
  from: originSchema.nullable(),
  /** An event of the order, or a call to F-REGI. */
  kind: z.enum(ENTRY_KINDS),
  operationId: told.nullable(),
  /** The order's version that it made (`/versions/{version}`); null for a call. */
  version: z.int().nullable(),
  /** For a call: its text on the wire, with secrets and the shop's own number masked. */
  call: wireCallSchema.nullable(),
  /** Flat facts for its sentence: amounts, states, codes, texts. */
  facts: z.record(told, z.union([told, z.number(), z.boolean(), z.null()])),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const cancelBoxSchema = z.discriminatedUnion('offered', [
  z.object({
    offered: z.literal(true),
    asks: z.array(plannedAskSchema),
    /** V5: the reason why nothing is asked, if there is nothing to cancel. */
    because: reasonSchema.optional(),
  }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);

/** A user's actions on an order, named by what decides the permission. */
export const ORDER_ACTIONS = [
  'markPaid',
  'correctPaidOn',
  'unmarkPaid',
  'unmarkPaidWithRefund',
  'editAmounts',
  'changeCaptured',
  'authorize',
  'ship',
  'changeStatus',
  /** To 通常処理, which authorizes the card of a pre-order (B2). */
  'changeStatusToProcessing',
  /** With F-REGIの取引情報を取り消す on. */
  'changeStatusAndCancel',
  /** With 発行取消を行う on (K3). */
  'changeStatusAndRevoke',
  'revokePayments',
  'changeMethod',
  'changeMethodAndCancel',
  'cancelTransaction',
  'settle',
  'correctSettlement',
  'requestCancel',
  'dismissCancelRequest',
  'checkOperation',
  'withdrawOperation',
  'answerReview',
  'checkRedirectPayment',
  'writeMail',
] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

/** The actions allowed now, and the reasons against the others: the screens know no rules. */
const actionsSchema = z.object({
  markPaid: previewSchema,
  /** C4: captures the authorized amount; the same as `markPaid` if that is the billed amount. */
  markPaidAsAuthorized: previewSchema,
  /** O6: whether the 入金日 can be corrected. */
  correctPaidOn: boxSchema,
  unmarkPaid: previewSchema,
  /** U1: with the refund, an explicit choice. */
  unmarkPaidWithRefund: previewSchema,
  editAmounts: previewSchema,
  /** A3: whether the captured amount of a paid order can change with the billed one. */
  changeCaptured: boxSchema,
  /** B3: authorizes by the card registered at F-REGI. */
  authorize: previewSchema,
  /** 未発送 → 発送済 */
  ship: previewSchema,
  /** Corrects the recorded shipment of an order that is 発送済. */
  correctShipment: previewSchema,
  statusChanges: z.array(z.enum(keysOf(ORDER_STATUS))),
  /** The reason why no change of status is possible; null if one is (V7). */
  noStatusChange: reasonSchema.nullable(),
  /** F-REGIの取引情報を取り消す: offered with its call, or the reason why not (V1, V5). */
  cancelBox: cancelBoxSchema,
  /** 発行取消を行う, for a change to 取消, 返品 or 未回収 (K3). */
  revokeBox: boxSchema,
  /** 在庫を反映させる, ご利用ポイントを返還する and the mail, for a change to one of the four statuses (V6). */
  returnStock: boxSchema,
  returnPoints: boxSchema,
  statusMail: boxSchema,
  /** 内容編集: the kinds that the order can change to, and the box (P1–P3). */
  changeMethod: z.object({
    kinds: z.array(z.enum(keysOf(PAYMENT_KIND))),
    /** P3: true for a card order, which cannot change back to a card. */
    oneWay: z.boolean(),
    cancelBox: cancelBoxSchema,
  }),
  /** V4, P2, U1: cancels a transaction left at F-REGI. */
  cancelTransaction: previewSchema,
  /** O3: records the open amount as settled otherwise. */
  settle: settleActionSchema,
  /**
   * The remedies to press now, each with the reason why the caller may not; null if the caller may.
   */
  remedies: z.array(z.object({ id: z.enum(keysOf(REMEDY)), denied: denialSchema.nullable() })),
  /**
   * The reason why the caller may not do each action, in any state of the order; null if the caller
   * may.
   */
  denied: z.record(z.enum(ORDER_ACTIONS), denialSchema.nullable()),
});

export const orderSchema = orderRowSchema.extend({
  amounts: z.object(amountFields),
  /**
   * 商品合計金額 minus the sum of the products, in yen; 0 if they add up. Otherwise a product may be
   * missing, and an edit of the products changes the bill by this amount.
   */
  itemsGap: z.int(),
  /** 消費税 in the billed amount, for each rate, rounded once per invoice. */
  taxes: taxesSchema,
  details: detailsSchema,
  /** 初回受注情報: the order as first placed; never changes. */
  firstPlaced: z.object({
    amounts: z.object(amountFields),
    total: yenSchema,
    billed: yenSchema,
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: told,
    details: detailsSchema,
  }),
  /** V6: stock and points given back and not taken again. */
  stockReturned: z.boolean(),
  pointsReturned: yenSchema,
  transaction: transactionSummarySchema
    .extend({
      authCode: told.nullable(),
      slipId: told,
      authorizedAt: instantSchema.nullable(),
    })
    .nullable(),
  /** V4, P2: the order uses its transaction no more, and F-REGI still holds or has its money. */
  leftBehind: z.boolean(),
  /** O3: the settlements, oldest first. */
  settlements: z.array(settlementSchema),
  paymentMail: z.object({
    sending: z.enum(['auto', 'manual']),
    /** S2: the shop's proposal for the payment kind; `never`: the mail is withheld. */
    policy: z.enum(['auto', 'manual', 'never']),
    sentCount: z.int(),
    lastSentAt: instantSchema.nullable(),
  }),
  /**
   * コンビニ支払(F-REGI) and the like: F-REGI's state of the customer’s payment (L2). If there are
   * several, the newest that the customer can still make.
   */
  redirectPayment: redirectPaymentSchema.nullable(),
  /** O5: the other payments issued for the order, the newest first. */
  otherRedirectPayments: z.array(redirectPaymentSchema),
  operation: operationSchema.nullable(),
  /** F59: the command that waits for a second person; null if none does. */
  proposal: proposalSchema.nullable(),
  /** M4: how Renkei learns the outcome of an operation in doubt; null if none is. */
  proof: z.enum(PROOFS).nullable(),
  timeline: z.array(timelineEntrySchema),
  health: orderHealthSchema,
  actions: actionsSchema,
});
export type OrderView = z.infer<typeof orderSchema>;
