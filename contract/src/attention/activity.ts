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

/** An action: who did what and when, and its result. */
export const activityEntrySchema = z.object({
  at: instantSchema,
  area: z.enum(ACTIVITY_AREAS),
  /** The event's name: `order_marked_paid`, `transaction_moved`, `closed`, … */
  action: told,
  actor: z.object({
    kind: z.enum(['user', 'program', 'system']),
    id: told,
    name: told,
  }),
  /** The source; null if there was no request, or if its source was not recorded then. */
  from: originSchema.nullable(),
  orderNumber: told.nullable(),
  /** The subject of the action: an operation, an attention item, a run, a file, a setting. */
  subject: told.nullable(),
  facts: z.record(told, z.union([told, z.number(), z.boolean(), z.null()])),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

export const activityListSchema = z.object({
  items: z.array(activityEntrySchema),
  nextCursor: told.nullable(),
  /** Everybody who has acted, for the filter. */
  actors: z.array(z.object({ id: told, name: told })),
});
/** The result of verifying the shop's records. */
const foundSchema = z.object({
  orders: z.int(),
  /** The number of entries in the orders' journals and in the shop's own log. */
  entries: z.int(),
  logged: z.int(),
  seals: z.int(),
  /** The last seal read; it vouches for all records before it. Null if there is no seal yet. */
  head: z.object({ n: z.int(), hash: told, at: instantSchema }).nullable(),
  /** The last seal that is also stored outside of the database; null if there is none. */
  outside: z.object({ n: z.int(), at: instantSchema }).nullable(),
  /** The first record that is not as it was written, as a sentence; null if there is none. */
  wrong: told.nullable(),
});

/** A verification of the shop's records, which runs in the background. */
export const verificationSchema = z.object({
  id: told,
  /** `interrupted`: it did not finish, because the server stopped or lost the database. */
  state: z.enum(['running', 'right', 'wrong', 'cancelled', 'interrupted']),
  startedAt: instantSchema,
  /** The name of the person who started it. */
  startedBy: told,
  finishedAt: instantSchema.nullable(),
  /** The number of journal entries read so far, and the number at the beginning. */
  progress: z.object({ read: z.int(), of: z.int() }),
  /** Null unless the verdict is `right` or `wrong`. */
  found: foundSchema.nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;

export const verificationsSchema = z.object({
  /** The newest verification in any state; null if there is none. */
  latest: verificationSchema.nullable(),
  /** The newest verification with a verdict. */
  verified: verificationSchema.nullable(),
});
export type Verifications = z.infer<typeof verificationsSchema>;

export type ActivityList = z.infer<typeof activityListSchema>;
