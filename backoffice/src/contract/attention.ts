import { z } from 'zod';
import { DRIFT, REPAIR, SIGHTING_SOURCES, URGENCIES } from '../domain/drift.ts';
import { keysOf, ORDER_STATUS, PAYMENT_KIND, TRANSACTION_STATE } from '../domain/states.ts';
import {
  instantSchema,
  jstDateSchema,
  orderNumberSchema,
  seqnoSchema,
  shopQuerySchema,
  yenSchema,
} from './common.ts';
import { operationSchema } from './operations.ts';
import { orderSchema, previewSchema } from './orders.ts';
import { PERMISSIONS } from './shop.ts';

/** A transaction as it was last seen at F-REGI: what, when, and by which way. */
export const sightedSchema = z.object({
  seqno: z.string(),
  slipId: z.string(),
  authCode: z.string().nullable(),
  state: z.enum(keysOf(TRANSACTION_STATE)),
  amount: yenSchema,
  seenAt: instantSchema,
  source: z.enum(SIGHTING_SOURCES),
  /** True for the transaction that the order is linked to. */
  linked: z.boolean(),
});
export type SightedView = z.infer<typeof sightedSchema>;

export const ourSideSchema = z.object({
  status: z.enum(keysOf(ORDER_STATUS)),
  paidOn: jstDateSchema.nullable(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  billed: yenSchema,
  transactionState: z.enum(keysOf(TRANSACTION_STATE)).nullable(),
  seqno: z.string().nullable(),
  amount: yenSchema.nullable(),
});

const personSchema = z.object({ id: z.string(), name: z.string() });

/** An item of 要対応: both sides beside each other, why in two sentences, and what can be done. */
export const attentionItemSchema = z.object({
  id: z.string(),
  version: z.int(),
  kind: z.enum(keysOf(DRIFT)),
  /** D1 to D13. */
  code: z.string(),
  title: z.string(),
  /** Two sentences in the language of the request: what is the case, and what comes of it. */
  why: z.string(),
  urgency: z.enum(URGENCIES),
  orderNumber: orderNumberSchema.nullable(),
  customerName: z.string().nullable(),
  seqno: z.string().nullable(),
  /** The yen that it is about. */
  amount: yenSchema,
  /** The last day to act, and how many days are left; negative once it has passed. */
  dueOn: jstDateSchema.nullable(),
  daysLeft: z.int().nullable(),
  /** Null for a transaction that no order is known for. */
  ours: ourSideSchema.nullable(),
  theirs: z.array(sightedSchema),
  /** What the two sides differ in, to be marked. */
  differs: z.array(z.enum(['state', 'amount', 'seqno', 'payment', 'method', 'time'])),
  /** The best repair that is known, for the row; all of them stand in the detail. */
  suggested: z.object({ id: z.enum(keysOf(REPAIR)), label: z.string() }).nullable(),
  foundAt: instantSchema,
  changedAt: instantSchema,
  assignee: personSchema.nullable(),
  snoozedUntil: instantSchema.nullable(),
  closed: z
    .object({
      at: instantSchema,
      how: z.enum(['agreed', 'by_hand']),
      by: z.string(),
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type AttentionItem = z.infer<typeof attentionItemSchema>;

/** A repair: a command with its preview, ready to be pressed; or advice for a person. */
export const repairSchema = z.object({
  id: z.enum(keysOf(REPAIR)),
  label: z.string(),
  kind: z.enum(['command', 'advice']),
  /** Which transaction it is about, where there is a choice (`relink`). */
  seqno: z.string().nullable(),
  /** What it would come to, the very calls to F-REGI included; null for advice (M6). */
  preview: previewSchema.nullable(),
  /** The permission that it takes, and whether this user has it. */
  permission: z.enum(PERMISSIONS).nullable(),
  allowed: z.boolean(),
  /** A void or a refund: neither end can take it back. */
  irreversible: z.boolean(),
});
export type RepairView = z.infer<typeof repairSchema>;

export const attentionDetailSchema = attentionItemSchema.extend({
  /** The order's version: what If-Match of a repair has to carry; null without an order. */
  orderVersion: z.int().nullable(),
  repairs: z.array(repairSchema),
  /** What became of it so far, newest first. */
  log: z.array(
    z.object({
      at: instantSchema,
      actor: z.string(),
      action: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
});
export type AttentionDetail = z.infer<typeof attentionDetailSchema>;

export const attentionQuerySchema = shopQuerySchema.extend({
  /** `open` leaves out what is put off; `snoozed` is just that. */
  state: z.enum(['open', 'snoozed', 'closed']).default('open'),
  /** Kinds, comma-separated. */
  kinds: z.string().max(400).optional(),
  urgency: z.enum(URGENCIES).optional(),
  /** `me`, `none`, or a user's id. */
  assignee: z.string().max(64).optional(),
  orderNumber: orderNumberSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(200).optional(),
});
export type AttentionQuery = z.infer<typeof attentionQuerySchema>;

export const attentionCountsSchema = z.object({
  open: z.int(),
  mine: z.int(),
  snoozed: z.int(),
  byUrgency: z.record(z.enum(URGENCIES), z.int()),
  byKind: z.record(z.enum(keysOf(DRIFT)), z.int()),
  /** The yen of everything that is open. */
  amount: z.int(),
});
export type AttentionCounts = z.infer<typeof attentionCountsSchema>;

/** How far silence can be trusted: when F-REGI was last looked through, and how much of it. */
export const coverageSchema = z.object({
  /** Whether the shop's F-REGI answers inquiries; else the console's CSV is the way. */
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
  /** The sweep that is going on now. */
  underway: z.object({ startedAt: instantSchema, orders: z.int(), looked: z.int() }).nullable(),
  nextSweepAt: instantSchema.nullable(),
  lastFile: z
    .object({ name: z.string(), importedAt: instantSchema, transactions: z.int() })
    .nullable(),
  /** Orders that wait to be compared; 0 when the list is up to date. */
  waiting: z.int(),
});
export type Coverage = z.infer<typeof coverageSchema>;

export const attentionListSchema = z.object({
  items: z.array(attentionItemSchema),
  nextCursor: z.string().nullable(),
  counts: attentionCountsSchema,
  coverage: coverageSchema,
});
export type AttentionList = z.infer<typeof attentionListSchema>;

/** Who sees to it, and from when it is to be seen again. What is left out stays as it is. */
export const changeAttentionSchema = z.strictObject({
  /** A member of the shop; `me`; null for nobody. */
  assignee: z.string().min(1).max(64).nullable().optional(),
  snoozedUntil: instantSchema.nullable().optional(),
});
export type ChangeAttention = z.infer<typeof changeAttentionSchema>;

/** 何もしない: why. It stays closed until what it rests on changes. */
export const closeAttentionSchema = z.strictObject({
  reason: z.string().trim().min(1).max(500),
});

export const repairRequestSchema = z.strictObject({
  repair: z.enum(keysOf(REPAIR)),
  /** Which transaction, where there is a choice. */
  seqno: seqnoSchema.optional(),
});
export type RepairRequest = z.infer<typeof repairRequestSchema>;

/** What a repair came to: the operation, the order after it, and the item, closed if both agree. */
export const repairResultSchema = z.object({
  operation: operationSchema,
  order: orderSchema,
  item: attentionItemSchema,
});

export const lookResultSchema = z.object({
  look: z.enum(['fresh', 'looked', 'failed', 'no_inquiry', 'no_transaction']),
  order: orderSchema,
});

export const sweepSchema = z.object({ startedAt: instantSchema, orders: z.int() });
