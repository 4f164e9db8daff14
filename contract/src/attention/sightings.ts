import { SIGHTING_SOURCES } from '@renkei/core/domain/drift/sighted.ts';
import { z } from 'zod';
import { fileErrorSchema, shopQuerySchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { text, told } from '../text.ts';

/** The options for a file from F-REGI's console. The body holds its bytes, as text/csv. */
export const consoleCsvQuerySchema = shopQuerySchema.extend({
  /** `check` only reads and judges; `import` stores the file if every row is good. */
  mode: z.enum(['check', 'import']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
  name: text({ max: 200 }).default('console.csv'),
  /**
   * When the file was exported. Its facts count as of then and never replace newer ones. A browser
   * knows this instant as the file's last modification.
   */
  exportedAt: instantSchema,
  /** The business dates that the file should cover; a row outside of them is an error. */
  from: jstDateSchema.optional(),
  to: jstDateSchema.optional(),
});

/** The result of a file from the console. */
export const consoleCsvReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  rows: z.int(),
  /** True once stored; false if only checked, or if there are errors. */
  imported: z.boolean(),
  /** True if the same file was imported before; it changes nothing. */
  seenBefore: z.boolean(),
  /** S6: true if the caller is the second person who imported it: it counts in full from now on. */
  agreed: z.boolean(),
  transactions: z.object({
    /** Never seen before. */
    new: z.int(),
    /** In another state, or of another amount, than last seen. */
    changed: z.int(),
    unchanged: z.int(),
    /** Known from a time after the file; they stay as they are. */
    older: z.int(),
    /** Under a slip of no order. */
    withoutOrder: z.int(),
  }),
  errors: z.array(fileErrorSchema),
});
export type ConsoleCsvReport = z.infer<typeof consoleCsvReportSchema>;

/** A recorded look at F-REGI. */
export const sightingSchema = z.object({
  id: told,
  source: z.enum(SIGHTING_SOURCES),
  seenAt: instantSchema,
  recordedAt: instantSchema,
  actor: told,
  slipId: told.nullable(),
  fileName: told.nullable(),
  transactions: z.int(),
});
export const sightingListSchema = z.object({ items: z.array(sightingSchema) });
