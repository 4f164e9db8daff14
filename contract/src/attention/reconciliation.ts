import { BUCKETS, VERDICTS } from '@renkei/core/domain/reconciliation/buckets.ts';
import { EARLIER } from '@renkei/core/domain/reconciliation/closing.ts';
import { z } from 'zod';
import { shopQuerySchema } from '../common.ts';
import { instantSchema, jstDateSchema, monthSchema } from '../dates.ts';
import { RECONCILIATION_FILTERS } from '../lists/list-filters.ts';
import { pageOf, querySchemas, whole } from '../query.ts';
import { told } from '../text.ts';

/** A day, a month, or a range of days; the current month if absent. */
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
 * The steps from our sum to theirs: `ours.net` + the amounts of `moves` = `theirs.net`.
 * `unexplained` is the rest: zero unless the arithmetic is wrong.
 */
export const equationSchema = z.object({
  ours: sideSchema,
  moves: z.record(z.enum(BUCKETS), sumSchema),
  /** The part of the moves that corrects a closed period. */
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
   * The evidence for F-REGI's side: `seen` there, or F-REGI `answered` so and nobody has looked
   * since; null if there is none.
   */
  evidence: z.enum(['seen', 'answered']).nullable(),
  /** The last look at F-REGI that would have shown it; null: never. */
  lookedAt: instantSchema.nullable(),
  /** The yen that lead from our sum to theirs; refunds are negative. */
  moves: z.int(),
  correctionOf: jstDateSchema.nullable(),
  /** The situation and the remedy, one sentence each, in the language of the request. */
  explanation: told,
});
export type ReconciliationLine = z.infer<typeof reconciliationLineSchema>;

/**
 * The verdict on a period. `differs`: lines to examine, with their number and yen. `not_looked`:
 * nobody has looked at F-REGI since. `agrees`: nothing is left to do; `answered` is the part that
 * rests on F-REGI's answers alone. `empty`: neither side has an entry. `miscounted`: the arithmetic
 * is wrong.
 */
export const verdictSchema = sumSchema.extend({
  kind: z.enum(VERDICTS),
  answered: sumSchema,
});

export const closingSchema = z.object({
  from: jstDateSchema,
  to: jstDateSchema,
  closedAt: instantSchema,
  by: told,
  equation: equationSchema,
  /**
   * A hash of the lines, the equation and the previous closing: nobody can change a closed period
   * unseen.
   */
  hash: told,
});
export type ClosingView = z.infer<typeof closingSchema>;

export const reconciliationSchema = z.object({
  from: jstDateSchema,
  to: jstDateSchema,
  equation: equationSchema,
  verdict: verdictSchema,
  /**
   * Beside the equation, which covers F-REGI alone (O2). `settled`: the net amount settled
   * otherwise on days of the period. `open`: the present open amount of paid orders, to receive
   * minus to give back.
   */
  balance: z.object({ settled: sumSchema, open: sumSchema }),
  lines: z.array(reconciliationLineSchema),
  /** The number of all lines that the request asks for. */
  count: z.int(),
  /** The closing of exactly this period; the answer then shows its lines and equation. */
  closing: closingSchema.nullable(),
  /**
   * Whether the period can be closed now, and why not. `from` and `to` are the days to close: the
   * open days of the period.
   */
  closable: z.object({
    ok: z.boolean(),
    reason: told.nullable(),
    from: jstDateSchema.nullable(),
    to: jstDateSchema.nullable(),
  }),
  /** The JST date of the first record before the period; the first closing asks about it. */
  firstRecordOn: jstDateSchema.nullable(),
  /** The closed JST dates, both included. */
  closedFrom: jstDateSchema.nullable(),
  closedThrough: jstDateSchema.nullable(),
  /** The last file from F-REGI's console; it holds nothing newer than itself. */
  lastFile: z.object({ name: told, importedAt: instantSchema }).nullable(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** One day of a month at a glance. */
export const reconciliationDaysSchema = z.object({
  month: told,
  days: z.array(
    z.object({
      on: jstDateSchema,
      ours: z.int(),
      theirs: z.int(),
      /** Lines that a person has to examine. */
      differences: z.int(),
      /** Lines for which nobody has looked at F-REGI since. */
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
   * Needed only for a shop's first closing with earlier records: they are closed with it, or never.
   */
  earlier: z.enum(EARLIER).optional(),
});
/** The period of a report that is printed, and its number of lines. */
export const printSchema = z.strictObject({
  from: jstDateSchema,
  to: jstDateSchema,
  lines: whole({ max: 1_000_000 }),
});
export const closingListSchema = z.object({ items: z.array(closingSchema) });
