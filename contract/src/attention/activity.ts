import { z } from 'zod';
import { orderNumberSchema, originSchema, shopQuerySchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { ACTIVITY_AREAS, ACTIVITY_FILTERS } from '../lists/list-filters.ts';
import { pageOf, querySchemas } from '../query.ts';
import { text, told } from '../text.ts';

export const activityQuerySchema = shopQuerySchema.extend({
  ...querySchemas(ACTIVITY_FILTERS),
  orderNumber: orderNumberSchema.optional(),
  limit: pageOf({ max: 500, usual: 100 }),
  cursor: text({ max: 200 }).optional(),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;

/** Who did what, when, and what came of it. */
export const activityEntrySchema = z.object({
  at: instantSchema,
  area: z.enum(ACTIVITY_AREAS),
  /** The event's own name: `order_marked_paid`, `transaction_moved`, `closed`, … */
  action: told,
  actor: z.object({
    kind: z.enum(['user', 'program', 'system']),
    id: told,
    name: told,
  }),
  /** From where; null where it was no request, or nobody wrote it down then. */
  from: originSchema.nullable(),
  orderNumber: told.nullable(),
  /** What it belongs to: an operation, an item of attention, a run, a file, a setting. */
  subject: told.nullable(),
  facts: z.record(told, z.union([told, z.number(), z.boolean(), z.null()])),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

export const activityListSchema = z.object({
  items: z.array(activityEntrySchema),
  nextCursor: told.nullable(),
  /** Everybody who has done something, for the filter. */
  actors: z.array(z.object({ id: told, name: told })),
});
/** What a verification of the shop's records has found. */
const foundSchema = z.object({
  orders: z.int(),
  /** Entries of the orders' journals, and of the shop's own log. */
  entries: z.int(),
  logged: z.int(),
  seals: z.int(),
  /** The last seal that was read; it vouches for all before it. Null where there was none yet. */
  head: z.object({ n: z.int(), hash: told, at: instantSchema }).nullable(),
  /** The last seal that also stands outside of the database; null: none does. */
  outside: z.object({ n: z.int(), at: instantSchema }).nullable(),
  /** The first thing that is not as it was written, in words; null: nothing is. */
  wrong: told.nullable(),
});

/** A verification of the shop's records, which goes on in the background. */
export const verificationSchema = z.object({
  id: told,
  /** `interrupted`: nobody carried it to its end; the server was stopped, or lost the database. */
  state: z.enum(['running', 'right', 'wrong', 'cancelled', 'interrupted']),
  startedAt: instantSchema,
  /** The name of who asked for it. */
  startedBy: told,
  finishedAt: instantSchema.nullable(),
  /** Entries of the orders' journals read so far, of how many there were at the beginning. */
  progress: z.object({ read: z.int(), of: z.int() }),
  /** Null unless it has come to a verdict: `right` or `wrong`. */
  found: foundSchema.nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;

export const verificationsSchema = z.object({
  /** The newest, however it stands; null: there was none yet. */
  latest: verificationSchema.nullable(),
  /** The newest that came to a verdict. */
  verified: verificationSchema.nullable(),
});
export type Verifications = z.infer<typeof verificationsSchema>;

export type ActivityList = z.infer<typeof activityListSchema>;
