import { PERMISSIONS } from '@renkei/core/domain/commands/permissions.ts';
import { DRIFT, REPAIR, URGENCIES } from '@renkei/core/domain/drift/drift.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import {
  denialSchema,
  orderNumberSchema,
  seqnoSchema,
  shopQuerySchema,
  unshownSchema,
} from '../common.ts';
import { instantSchema } from '../dates.ts';
import { ATTENTION_FILTERS } from '../lists/list-filters.ts';
import { operationSchema } from '../orders/operations.ts';
import { orderSchema } from '../orders/orders.ts';
import { previewSchema } from '../orders/previews.ts';
import { pageOf, querySchemas } from '../query.ts';
import { text, told } from '../text.ts';
import { attentionItemSchema } from './attention-item.ts';

/** A repair: a command with its preview, ready to press; or advice for a person. */
export const repairSchema = z.object({
  id: z.enum(keysOf(REPAIR)),
  label: told,
  kind: z.enum(['command', 'advice']),
  /** The transaction concerned, if there is a choice (`relink`, `cancel_stray`). */
  seqno: told.nullable(),
  /** The result of the repair, with its exact calls to F-REGI; null for advice (M6). */
  preview: previewSchema.nullable(),
  /** For a repair that links the order anew: the result of then marking it as paid (M5). */
  next: previewSchema.nullable(),
  /** The permission that the repair takes, and whether this user has it. */
  permission: z.enum(PERMISSIONS).nullable(),
  allowed: z.boolean(),
  /** The reason why this user may not; null if the user may. */
  denied: denialSchema.nullable(),
  /** True for a void or a refund: nobody can take it back. */
  irreversible: z.boolean(),
});
export type RepairView = z.infer<typeof repairSchema>;

export const attentionDetailSchema = attentionItemSchema.extend({
  /** The order's version, for If-Match of a repair; null without an order. */
  orderVersion: z.int().nullable(),
  /** The open operation of the order: `look_again` checks it, `answer_review` answers it. */
  operationId: told.nullable(),
  repairs: z.array(repairSchema),
  /** The item's history, newest first. */
  log: z.array(
    z.object({
      at: instantSchema,
      actor: told,
      action: told,
      facts: z.record(told, z.union([told, z.number(), z.boolean(), z.null()])),
    }),
  ),
});
export type AttentionDetail = z.infer<typeof attentionDetailSchema>;

export const attentionQuerySchema = shopQuerySchema.extend({
  /** `open` leaves snoozed items out; `snoozed` lists only those. */
  state: z.enum(['open', 'snoozed', 'closed']).default('open'),
  ...querySchemas(ATTENTION_FILTERS),
  urgency: z.enum(URGENCIES).optional(),
  /** `me`, `none`, or a user's id. */
  assignee: text({ max: 64 }).optional(),
  orderNumber: orderNumberSchema.optional(),
  limit: pageOf({ max: 200, usual: 100 }),
  cursor: text({ max: 200 }).optional(),
});
export type AttentionQuery = z.infer<typeof attentionQuerySchema>;

export const attentionCountsSchema = z.object({
  open: z.int(),
  mine: z.int(),
  snoozed: z.int(),
  byUrgency: z.record(z.enum(URGENCIES), z.int()),
  byKind: z.record(z.enum(keysOf(DRIFT)), z.int()),
  /** The yen of all open items. */
  amount: z.int(),
});
export type AttentionCounts = z.infer<typeof attentionCountsSchema>;

/** The last sweep of F-REGI and how much it covered: how far an empty list can be trusted. */
export const coverageSchema = z.object({
  /** True if the shop's F-REGI answers inquiries; otherwise the console's CSV takes their place. */
  inquiry: z.boolean(),
  lastSweep: z
    .object({
      startedAt: instantSchema,
      finishedAt: instantSchema.nullable(),
      orders: z.int(),
      looked: z.int(),
      failed: z.int(),
    })
    .nullable(),
  /** The sweep in progress. */
  underway: z.object({ startedAt: instantSchema, orders: z.int(), looked: z.int() }).nullable(),
  nextSweepAt: instantSchema.nullable(),
  lastFile: z.object({ name: told, importedAt: instantSchema, transactions: z.int() }).nullable(),
  /** Orders that wait for their comparison; 0 if the list is up to date. */
  waiting: z.int(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/**
 * Overdue deliveries of applications (定期・頒布会), which wait for a person's choice: make one, all,
 * or none. `/v1/subscriptions?overdue=true` lists them.
 */
const overdueDeliveriesSchema = z.object({
  applications: z.int(),
  /** The deliveries of all of them, and their yen. */
  count: z.int(),
  amount: z.int(),
});

export const attentionListSchema = z.object({
  items: z.array(attentionItemSchema),
  unshown: unshownSchema,
  nextCursor: told.nullable(),
  counts: attentionCountsSchema,
  overdueDeliveries: overdueDeliveriesSchema,
  coverage: coverageSchema,
});
export type AttentionList = z.infer<typeof attentionListSchema>;

/** Assigns or snoozes an item. Absent fields stay as they are. */
export const changeAttentionSchema = z.strictObject({
  /** A member of the shop; `me`; null for nobody. */
  assignee: text({ min: 1, max: 64 }).nullable().optional(),
  snoozedUntil: instantSchema.nullable().optional(),
});
export type ChangeAttention = z.infer<typeof changeAttentionSchema>;

/** 何もしない, with the reason. The item stays closed until its facts change. */
export const closeAttentionSchema = z.strictObject({
  reason: text({ min: 1, max: 500, trim: true }),
});

export const repairRequestSchema = z.strictObject({
  repair: z.enum(keysOf(REPAIR)),
  /** The transaction, if there is a choice. */
  seqno: seqnoSchema.optional(),
});
export type RepairRequest = z.infer<typeof repairRequestSchema>;

/**
 * The result of a repair: the operation, the order after it, and the item, closed if both sides
 * agree.
 */
export const repairResultSchema = z.object({
  operation: operationSchema,
  order: orderSchema,
  item: attentionItemSchema,
});

export type RepairResult = z.infer<typeof repairResultSchema>;

export const lookResultSchema = z.object({
  look: z.enum(['fresh', 'looked', 'failed', 'no_inquiry', 'no_transaction']),
  order: orderSchema,
});
export type LookResult = z.infer<typeof lookResultSchema>;

export const sweepSchema = z.object({ startedAt: instantSchema, orders: z.int() });
