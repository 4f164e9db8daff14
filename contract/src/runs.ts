import { UNASKED } from '@renkei/core/domain/order/states.ts';
import { LIABILITIES } from '@renkei/core/domain/transaction/authentication.ts';
import { IRREVERSIBLE } from '@renkei/core/domain/transaction/link.ts';
import { z } from 'zod';
import { bilingual } from './bilingual.ts';
import { orderNumberSchema, reasonSchema, yenSchema } from './common.ts';
import { instantSchema, jstDateSchema } from './dates.ts';
import { RUN_ROWS_MAX } from './limits.ts';
import { operationSchema } from './orders/operations.ts';
import { dayConfirmed } from './orders/order-commands.ts';
import { plannedAskSchema, redirectSeenSchema } from './orders/previews.ts';
import { shipmentSchema } from './orders/shipping.ts';
import { told } from './text.ts';

const mailing = z.enum(['auto', 'manual']).default('auto');

/** The work on each order of a run; marks it as paid if absent (L4). */
const planInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mark_paid') }),
  z.strictObject({
    kind: z.literal('ship'),
    /** 発送日; today in Japan if absent. */
    shippedOn: jstDateSchema.optional(),
    shippingMail: mailing,
    /** Also marks the order as paid: captures if the link applies. */
    andPay: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('cancel'),
    /** F-REGIの取引情報を取り消す, 在庫を反映させる, ご利用ポイントを返還する (V1, V6) */
    cancelTransaction: z.boolean().default(false),
    returnStock: z.boolean().default(false),
    returnPoints: z.boolean().default(false),
    /** 発行取消を行う (K3) */
    revokePayments: z.boolean().default(false),
    mailCustomer: z.boolean().default(false),
  }),
  /** 予約 → 通常処理, which authorizes; 通常処理（有効性確認済み） is authorized again (B2, B3). */
  z.strictObject({ kind: z.literal('authorize') }),
  /** キャンセル依頼 is dismissed: the orders go on. */
  z.strictObject({ kind: z.literal('dismiss_cancel_request') }),
]);

/** The terms of a run that apply to all of its orders. */
const terms = {
  paidOn: jstDateSchema.optional(),
  dayConfirmed,
  mail: mailing,
  /** 入金確認メール also to those of whom F-REGI says that they have not paid at the store (L2). */
  mailUnpaid: z.boolean().default(false),
  plan: planInputSchema.default({ kind: 'mark_paid' }),
  /**
   * Carrier and 送り状番号 of some orders, for a plan that ships. Other orders are shipped to all of
   * their destinations without them.
   */
  shipments: z
    .array(
      z.strictObject({
        orderNumber: orderNumberSchema,
        shipments: z.array(shipmentSchema).min(1).max(50),
      }),
    )
    .max(RUN_ROWS_MAX)
    .default([]),
  /** A frozen result instead of a list of orders: its orders in the versions of that moment. */
  selection: z.uuid().optional(),
};

const ONE_OF_TWO = {
  message: bilingual(
    '受注の一覧か selection のどちらか一方を指定してください',
    'give the orders, or a selection',
  ),
};

/** Previews a run over all selected orders, order by order (L4). */
export const runPreviewRequestSchema = z
  .strictObject({
    orderNumbers: z.array(orderNumberSchema).min(1).max(RUN_ROWS_MAX).optional(),
    ...terms,
  })
  .refine(
    ({ orderNumbers, selection }) => (orderNumbers === undefined) !== (selection === undefined),
    ONE_OF_TWO,
  );
export type RunPreviewRequest = z.input<typeof runPreviewRequestSchema>;

/**
 * `as_is`: captured. `with_change`: amount changed, then captured. `local_only`: no call (C11).
 * `unpaid_at_gateway`: no call, and F-REGI says that the customer has not paid at the store (L2).
 */
export const RUN_GROUPS = [
  'as_is',
  'with_change',
  'local_only',
  'unpaid_at_gateway',
  'excluded',
] as const;
export type RunGroup = (typeof RUN_GROUPS)[number];

export const runPreviewRowSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  customerName: told,
  billed: yenSchema,
  /** The yen that F-REGI holds; null if no transaction is concerned. */
  authorized: yenSchema.nullable(),
  group: z.enum(RUN_GROUPS),
  asks: z.array(plannedAskSchema),
  /** The irreversible verb among the asks; null if there is none. */
  irreversible: z.enum(IRREVERSIBLE).nullable(),
  /** C10: the reason why F-REGI will probably refuse; null if none is known. */
  doubt: reasonSchema.nullable(),
  /** Y1: what the calls do to the liability for a chargeback; null if nothing. */
  liability: z.enum(LIABILITIES).nullable(),
  /** V4, V5: the fate of the transaction if F-REGI is not asked; null if it is. */
  gateway: z.enum(UNASKED).nullable(),
  /** The destinations not shipped to yet, from 0. */
  unshipped: z.array(z.int()),
  /** True if the customer has requested a cancellation (キャンセル依頼). */
  cancelRequested: z.boolean(),
  mail: z.boolean(),
  /** L2: of `unpaid_at_gateway`, what F-REGI says of the order’s payments. */
  notMade: z.array(redirectSeenSchema),
  /** L2: the payments that the customer can still make afterwards, though nobody is to. */
  payable: z.array(redirectSeenSchema),
  /** K3: the payments that the run has F-REGI revoke; some may be paid before. */
  revoked: z.array(redirectSeenSchema),
  reason: reasonSchema.nullable(),
  line: told.nullable(),
});
export type RunPreviewRow = z.infer<typeof runPreviewRowSchema>;

const tallySchema = z.object({ count: z.int(), yen: z.int() });
export const runPreviewSchema = z.object({
  rows: z.array(runPreviewRowSchema),
  groups: z.record(z.enum(RUN_GROUPS), tallySchema),
  /** The orders that a press would carry out: all groups but `excluded`. */
  carriedOut: tallySchema,
  mails: z.int(),
  /**
   * S2: the number of orders to type first and send as Renkei-Confirm; null if no confirmation is
   * needed.
   */
  confirm: told.nullable(),
});
export type RunPreview = z.infer<typeof runPreviewSchema>;

/**
 * The proposal to repeat a run: its plan, and the rows that certainly were not executed and can
 * succeed now, by the orders' present state.
 */
export const runAgainSchema = runPreviewSchema.extend({
  plan: planInputSchema,
  mail: z.enum(['auto', 'manual']),
  mailUnpaid: z.boolean(),
  shipments: terms.shipments,
});
export type RunAgain = z.infer<typeof runAgainSchema>;

/** Starts a previewed run: an order changed since is refused as stale. */
export const startRunSchema = z
  .strictObject({
    rows: z
      .array(z.strictObject({ orderNumber: orderNumberSchema, version: z.int() }))
      .min(1)
      .max(RUN_ROWS_MAX)
      .optional(),
    /** Orders that the preview left out: the result names each with its reason, in `excluded`. */
    excluded: z.array(orderNumberSchema).max(RUN_ROWS_MAX).default([]),
    ...terms,
  })
  .refine(({ rows, selection }) => (rows === undefined) !== (selection === undefined), ONE_OF_TWO);
export type StartRun = z.input<typeof startRunSchema>;

/**
 * `proposed`: waits for a second person (F59). `waiting`: not begun. `asking`: begun, and will be
 * finished in any case. `failed`: declined, not sent, or refused by Renkei itself. `excluded`: left
 * out before the run began.
 */
export const RUN_ROW_STATES = [
  'waiting',
  'asking',
  'succeeded',
  'proposed',
  'failed',
  'unknown',
  'review',
  'stopped',
  'excluded',
] as const;
export type RunRowState = (typeof RUN_ROW_STATES)[number];

export const runRowSchema = z.object({
  orderNumber: orderNumberSchema,
  state: z.enum(RUN_ROW_STATES),
  customerName: told,
  billed: yenSchema,
  reason: reasonSchema.nullable(),
  /** `受注コード:message`, the error panel's line for a failed row (L5). */
  line: told.nullable(),
  operation: operationSchema.nullable(),
  /** True if this run shipped the order; the row's other facts then concern its payment. */
  partly: z.boolean(),
});
export type RunRow = z.infer<typeof runRowSchema>;

export const RUN_KINDS = [
  'mark_paid',
  'ship',
  'ship_and_pay',
  'cancel',
  'authorize',
  'dismiss_cancel_request',
] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export const runSchema = z.object({
  id: told,
  /** The work on each order. */
  kind: z.enum(RUN_KINDS),
  plan: planInputSchema,
  state: z.enum(['running', 'paused', 'stopped', 'finished']),
  actor: told,
  paidOn: jstDateSchema,
  mail: z.enum(['auto', 'manual']),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
  counts: z.record(z.enum(RUN_ROW_STATES), z.int()),
  yenSucceeded: z.int(),
  /** Succeeded orders that F-REGI was told of. */
  linked: z.int(),
  /** Failed orders that were shipped nevertheless: only their payment is left. */
  partly: z.int(),
});
export type Run = z.infer<typeof runSchema>;

export const runDetailSchema = runSchema.extend({ rows: z.array(runRowSchema) });
export type RunDetail = z.infer<typeof runDetailSchema>;

export const runControlSchema = z.strictObject({ action: z.enum(['pause', 'resume', 'stop']) });

/** The events of `GET /v1/runs/{id}/events` (SSE): rows as they change, then the run. */
export type RunEvent =
  | { readonly type: 'row'; readonly row: RunRow }
  | { readonly type: 'run'; readonly run: Run };
