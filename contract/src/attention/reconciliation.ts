import { BUCKETS } from '@renkei/core/domain/reconciliation/buckets.ts';
import { EARLIER } from '@renkei/core/domain/reconciliation/closing.ts';
import { z } from 'zod';
import { shopQuerySchema } from '../common.ts';
import { instantSchema, jstDateSchema, monthSchema } from '../dates.ts';
import { RECONCILIATION_FILTERS } from '../lists/list-filters.ts';
import { pageOf, querySchemas, whole } from '../query.ts';
import { told } from '../text.ts';

/** A day, a month, or from a day to another; the present month where nothing is said. */
export const periodQuerySchema = shopQuerySchema.extend({
  day: jstDateSchema.optional(),
  month: monthSchema.optional(),
  from: jstDateSchema.optional(),
  to: jstDateSchema.optional(),
});

export const reconciliationQuerySchema = periodQuerySchema.extend({
  ...querySchemas(RECONCILIATION_FILTERS),
  limit: pageOf({ max: 1_000, usual: 200 }),
  offset: whole({ max: 1_000_000 }).prefault(0),
});

const sumSchema = z.object({ count: z.int(), amount: z.int() });
const sideSchema = z.object({ captures: sumSchema, refunds: sumSchema, net: z.int() });

/**
 * Ours, moved by every bucket, is theirs: `ours.net` + the amounts of `moves` = `theirs.net`, and
 * `unexplained` is what is left, which is zero unless the sum itself is wrong.
 */
export const equationSchema = z.object({
  ours: sideSchema,
  moves: z.record(z.enum(BUCKETS), sumSchema),
  /** Of the moves, what corrects a period that was closed before. */
  corrections: sumSchema,
  theirs: sideSchema,
  unexplained: z.int(),
});

const bookedSchema = z.object({ amount: z.int(), on: jstDateSchema });

export const reconciliationLineSchema = z.object({
  bucket: z.enum(BUCKETS),
  kind: z.enum(['capture', 'refund']),
  seqno: told,
  orderNumber: told.nullable(),
  ours: bookedSchema.nullable(),
  theirs: bookedSchema.nullable(),
  /**
   * What F-REGI's side rests on: it was `seen` there, or F-REGI `answered` so to us and nobody has
   * looked since; null where nothing shows it.
   */
  evidence: z.enum(['seen', 'answered']).nullable(),
  /** When F-REGI was last looked at so that it would have been shown; null: never. */
  lookedAt: instantSchema.nullable(),
  /** What it moves our sum by on the way to theirs; refunds count negative. */
  moves: z.int(),
  correctionOf: jstDateSchema.nullable(),
  /** What it is and what to do, one sentence each, in the language of the request. */
  explanation: told,
});
export type ReconciliationLine = z.infer<typeof reconciliationLineSchema>;

/**
 * What the period comes to. `differs`: so many lines, about so many yen, are to be looked into.
 * `not_looked`: nobody has looked at F-REGI since. `agrees`: nothing is left to do; `answered` of
 * it rests on F-REGI's answers alone. `empty`: neither side has anything. `miscounted`: the sum
 * itself is wrong.
 */
export const verdictSchema = sumSchema.extend({
  kind: z.enum(['miscounted', 'differs', 'not_looked', 'agrees', 'empty']),
  answered: sumSchema,
});

export const closingSchema = z.object({
  from: jstDateSchema,
  to: jstDateSchema,
  closedAt: instantSchema,
  by: told,
  equation: equationSchema,
  /** Over the lines, the equation and the closing before: what is closed cannot be changed unseen. */
  hash: told,
});
export type ClosingView = z.infer<typeof closingSchema>;

export const reconciliationSchema = z.object({
  from: jstDateSchema,
  to: jstDateSchema,
  equation: equationSchema,
  verdict: verdictSchema,
  /**
   * Beside the equation, which is of F-REGI alone (O2): what was settled otherwise on days of the
   * period, net; and, as of now, what of paid orders is open, to be received less to be given back.
   */
  balance: z.object({ settled: sumSchema, open: sumSchema }),
  lines: z.array(reconciliationLineSchema),
  /** Of the lines that were asked for, how many there are in all. */
  count: z.int(),
  /** The closing of just this period; its lines and equation are then the ones that are shown. */
  closing: closingSchema.nullable(),
  /**
   * Whether it can be closed now, and why not. `from` and `to` are the days that would be: those of
   * the period that are open.
   */
  closable: z.object({
    ok: z.boolean(),
    reason: told.nullable(),
    from: jstDateSchema.nullable(),
    to: jstDateSchema.nullable(),
  }),
  /** The day of the first record before the period; the first closing asks what becomes of it. */
  firstRecordOn: jstDateSchema.nullable(),
  /** The business dates that are closed, both included. */
  closedFrom: jstDateSchema.nullable(),
  closedThrough: jstDateSchema.nullable(),
  /** The last file from F-REGI's console: what came to be there later is not in it. */
  lastFile: z.object({ name: told, importedAt: instantSchema }).nullable(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** A day of a month at a glance. */
export const reconciliationDaysSchema = z.object({
  month: told,
  days: z.array(
    z.object({
      on: jstDateSchema,
      ours: z.int(),
      theirs: z.int(),
      /** Lines that somebody has to look into. */
      differences: z.int(),
      /** Lines that nobody has looked at F-REGI for since. */
      notLooked: z.int(),
      closed: z.boolean(),
    }),
  ),
});

export type ReconciliationDays = z.infer<typeof reconciliationDaysSchema>;

export const closePeriodSchema = z.strictObject({
  from: jstDateSchema,
  to: jstDateSchema,
  /**
   * Only asked for by the first closing of a shop, where there are records before it: they are
   * closed with it, or are never closed.
   */
  earlier: z.enum(EARLIER).optional(),
});
export const closingListSchema = z.object({ items: z.array(closingSchema) });
