import { z } from 'zod';
import { instantSchema, jstDateSchema, orderNumberSchema, shopQuerySchema } from './common.ts';

/** What an entry of 操作履歴 is about. */
export const ACTIVITY_AREAS = [
  'order',
  'money',
  'mail',
  'attention',
  'run',
  'file',
  'closing',
  'settings',
] as const;
export type ActivityArea = (typeof ACTIVITY_AREAS)[number];

export const activityQuerySchema = shopQuerySchema.extend({
  /** Areas, comma-separated; all of them where nothing is said. */
  areas: z.string().max(200).optional(),
  /** A user's id, or `system`. */
  actor: z.string().max(64).optional(),
  orderNumber: orderNumberSchema.optional(),
  /** Business dates, both included. */
  from: jstDateSchema.optional(),
  to: jstDateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;

/** Who did what, when, and what came of it. */
export const activityEntrySchema = z.object({
  at: instantSchema,
  area: z.enum(ACTIVITY_AREAS),
  /** The event's own name: `order_marked_paid`, `transaction_moved`, `closed`, … */
  action: z.string(),
  actor: z.object({
    kind: z.enum(['user', 'program', 'system']),
    id: z.string(),
    name: z.string(),
  }),
  orderNumber: z.string().nullable(),
  /** What it belongs to: an operation, an item of attention, a run, a file, a setting. */
  subject: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

export const activityListSchema = z.object({
  items: z.array(activityEntrySchema),
  nextCursor: z.string().nullable(),
  /** Everybody who has done something, for the filter. */
  actors: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ActivityList = z.infer<typeof activityListSchema>;
