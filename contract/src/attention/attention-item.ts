import { DIFFERING, DRIFT, REPAIR, URGENCIES } from '@renkei/core/domain/drift/drift.ts';
import { SIGHTING_SOURCES } from '@renkei/core/domain/drift/sighted.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { orderNumberSchema, yenSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { redirectSeenSchema } from '../orders/previews.ts';
import { told } from '../text.ts';

/** A transaction as last seen at F-REGI, with the time and the source. */
export const sightedSchema = z.object({
  seqno: told,
  slipId: told,
  authCode: told.nullable(),
  state: z.enum(keysOf(TRANSACTION_STATE)),
  amount: yenSchema,
  seenAt: instantSchema,
  source: z.enum(SIGHTING_SOURCES),
  /** True for the transaction that the order is linked to. */
  linked: z.boolean(),
  /**
   * O1: the other order of the same slip that owns it. If not `certain`, only that order's outcome
   * can tell. Null if it is this order's or nobody's.
   */
  belongsTo: z.object({ orderNumber: orderNumberSchema, certain: z.boolean() }).nullable(),
});
export type SightedView = z.infer<typeof sightedSchema>;

export const ourSideSchema = z.object({
  status: z.enum(keysOf(ORDER_STATUS)),
  paidOn: jstDateSchema.nullable(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  billed: yenSchema,
  transactionState: z.enum(keysOf(TRANSACTION_STATE)).nullable(),
  seqno: told.nullable(),
  amount: yenSchema.nullable(),
});

const personSchema = z.object({ id: told, name: told });

/** An item of 要対応: both sides, two sentences of explanation, and the repairs. */
export const attentionItemSchema = z.object({
  id: told,
  version: z.int(),
  kind: z.enum(keysOf(DRIFT)),
  /** D1 to D20. */
  code: told,
  title: told,
  /** Two sentences in the language of the request: the situation, and its consequence. */
  why: told,
  urgency: z.enum(URGENCIES),
  orderNumber: orderNumberSchema.nullable(),
  customerName: told.nullable(),
  seqno: told.nullable(),
  /** The yen concerned. */
  amount: yenSchema,
  /** The last JST date to act, and the days left; negative once it has passed. */
  dueOn: jstDateSchema.nullable(),
  daysLeft: z.int().nullable(),
  /** Null for a transaction without a known order. */
  ours: ourSideSchema.nullable(),
  theirs: z.array(sightedSchema),
  /** L2: the payments at F-REGI that it concerns. */
  redirects: z.array(redirectSeenSchema),
  /** The fields in which the two sides differ, for marking. */
  differs: z.array(z.enum(DIFFERING)),
  /**
   * The best known repair, for the row; the detail lists them all. Null if there is none, or if a
   * person has to choose between two.
   */
  suggested: z.object({ id: z.enum(keysOf(REPAIR)), label: told }).nullable(),
  foundAt: instantSchema,
  changedAt: instantSchema,
  assignee: personSchema.nullable(),
  snoozedUntil: instantSchema.nullable(),
  closed: z
    .object({
      at: instantSchema,
      how: z.enum(['agreed', 'by_hand']),
      by: told,
      reason: told.nullable(),
    })
    .nullable(),
});
export type AttentionItem = z.infer<typeof attentionItemSchema>;

/** An order's agreement with F-REGI at a glance: the sightings, their age, the differences. */
export const orderHealthSchema = z.object({
  /** The time and source of the newest evidence for the order's own transaction. */
  seenAt: instantSchema.nullable(),
  source: z.enum(SIGHTING_SOURCES).nullable(),
  /** True if F-REGI can be asked now (再照会). */
  canLook: z.boolean(),
  /** Every transaction ever seen under the order's slip. */
  transactions: z.array(sightedSchema),
  /** The open items of 要対応, the most urgent first. */
  items: z.array(attentionItemSchema),
  /**
   * The order has changed since Renkei last compared it, so `items` are from before the change.
   * Renkei compares it within a second: read the order again.
   */
  isComparisonDue: z.boolean(),
});
export type OrderHealth = z.infer<typeof orderHealthSchema>;
