import { IRREVERSIBLE } from '@renkei/core/domain/link.ts';
import { UNASKED } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { orderNumberSchema, reasonSchema, yenSchema } from './common.ts';
import { instantSchema, jstDateSchema } from './dates.ts';
import { RUN_ROWS_MAX } from './limits.ts';
import { operationSchema } from './orders/operations.ts';
import { plannedAskSchema } from './orders/previews.ts';
import { shipmentSchema } from './orders/shipping.ts';
import { told } from './text.ts';

const mailing = z.enum(['auto', 'manual']).default('auto');

/** What is done to each order of a run; left out, it is marked paid (L4). */
const planInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mark_paid') }),
  z.strictObject({
    kind: z.literal('ship'),
    /** 発送日; today in Japan when left out. */
    shippedOn: jstDateSchema.optional(),
    shippingMail: mailing,
    /** And marks paid in the same run: captures where the link applies. */
    andPay: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('cancel'),
    /** F-REGIの取引情報を取り消す, 在庫を反映させる, ご利用ポイントを返還する (V1, V6) */
    cancelTransaction: z.boolean().default(false),
    returnStock: z.boolean().default(false),
    returnPoints: z.boolean().default(false),
    mailCustomer: z.boolean().default(false),
  }),
  /** 予約 → 通常処理, which authorizes; 通常処理（有効性確認済み） is authorized again (B2, B3). */
  z.strictObject({ kind: z.literal('authorize') }),
  /** キャンセル依頼 is withdrawn: the orders go on. */
  z.strictObject({ kind: z.literal('dismiss_cancel_request') }),
]);

/** What a run is, and does, in common for all of its orders. */
const terms = {
  paidOn: jstDateSchema.optional(),
  mail: mailing,
  plan: planInputSchema.default({ kind: 'mark_paid' }),
  /**
   * Carrier and 送り状番号 of some of the orders, for a plan that ships. An order that is not among
   * them is sent to all of its destinations without.
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
  /** A frozen result, in place of a list of orders: these orders in the versions they had. */
  selection: z.uuid().optional(),
};

const ONE_OF_TWO = {
  message:
    '受注の一覧か selection のどちらか一方を指定してください / give the orders, or a selection',
};

/** What a run over all that are checked would come to, order by order (L4). */
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

/** `as_is`: captured. `with_change`: amount changed, then captured. `local_only`: no call (C11). */
export const RUN_GROUPS = ['as_is', 'with_change', 'local_only', 'excluded'] as const;
export type RunGroup = (typeof RUN_GROUPS)[number];

export const runPreviewRowSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  customerName: told,
  billed: yenSchema,
  /** What F-REGI holds; null where no transaction is concerned. */
  authorized: yenSchema.nullable(),
  group: z.enum(RUN_GROUPS),
  asks: z.array(plannedAskSchema),
  /** The verb among them that cannot be taken back; null where there is none. */
  irreversible: z.enum(IRREVERSIBLE).nullable(),
  /** C10: why F-REGI is expected to refuse it; null where nothing speaks against it. */
  doubt: reasonSchema.nullable(),
  /** V4, V5: what becomes of the transaction where nothing is asked; null where something is. */
  gateway: z.enum(UNASKED).nullable(),
  /** The destinations that are not sent to yet, from 0. */
  unshipped: z.array(z.int()),
  /** The customer has asked for it to be cancelled (キャンセル依頼). */
  cancelRequested: z.boolean(),
  mail: z.boolean(),
  reason: reasonSchema.nullable(),
  line: told.nullable(),
});
export type RunPreviewRow = z.infer<typeof runPreviewRowSchema>;

const tallySchema = z.object({ count: z.int(), yen: z.int() });
export const runPreviewSchema = z.object({
  rows: z.array(runPreviewRowSchema),
  groups: z.record(z.enum(RUN_GROUPS), tallySchema),
  /** What pressing the button would carry out: all groups but the excluded. */
  carriedOut: tallySchema,
  mails: z.int(),
  /** S2: what is to be typed before, and sent as Renkei-Confirm: how many orders; else null. */
  confirm: told.nullable(),
});
export type RunPreview = z.infer<typeof runPreviewSchema>;

/**
 * A run once more: the rows that were certainly not executed and can succeed now, as the orders are
 * now, and what was to be done to them.
 */
export const runAgainSchema = runPreviewSchema.extend({
  plan: planInputSchema,
  mail: z.enum(['auto', 'manual']),
  shipments: terms.shipments,
});
export type RunAgain = z.infer<typeof runAgainSchema>;

/** Starts a run of what was previewed: an order that has changed since is refused as stale. */
export const startRunSchema = z
  .strictObject({
    rows: z
      .array(z.strictObject({ orderNumber: orderNumberSchema, version: z.int() }))
      .min(1)
      .max(RUN_ROWS_MAX)
      .optional(),
    ...terms,
  })
  .refine(({ rows, selection }) => (rows === undefined) !== (selection === undefined), ONE_OF_TWO);
export type StartRun = z.input<typeof startRunSchema>;

/** `waiting` has not begun, `asking` has and is finished in any case; `failed` is declined, not sent, or refused by Renkei itself. */
export const RUN_ROW_STATES = [
  'waiting',
  'asking',
  'succeeded',
  'failed',
  'unknown',
  'review',
  'stopped',
] as const;
export type RunRowState = (typeof RUN_ROW_STATES)[number];

export const runRowSchema = z.object({
  orderNumber: orderNumberSchema,
  state: z.enum(RUN_ROW_STATES),
  customerName: told,
  billed: yenSchema,
  reason: reasonSchema.nullable(),
  /** `受注コード:message` is what the error panel prints for a failed row (L5). */
  line: told.nullable(),
  operation: operationSchema.nullable(),
  /** It was shipped by this run; what it says besides is of the payment. */
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
  /** What is done to each order. */
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
  /** Of those that succeeded, the orders of which F-REGI was told. */
  linked: z.int(),
  /** Of those that failed, the orders that were shipped all the same: only the payment is left. */
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
