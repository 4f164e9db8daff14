import { SIGHTING_SOURCES } from '@renkei/core/domain/drift/sighted.ts';
import { z } from 'zod';
import { shopQuerySchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { text, told } from '../text.ts';

/** How a file from F-REGI's console is to be taken. Its bytes are the body, as text/csv. */
export const consoleCsvQuerySchema = shopQuerySchema.extend({
  /** `check` reads and judges only; `import` writes it down if every row is good. */
  mode: z.enum(['check', 'import']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
  name: text({ max: 200 }).default('console.csv'),
  /**
   * When the file was exported: what it tells is true as of then, and never lowers what is known
   * since. A browser knows it as the file's last modification.
   */
  exportedAt: instantSchema,
  /** The business dates that it is to cover: a row of another period is an error. */
  from: jstDateSchema.optional(),
  to: jstDateSchema.optional(),
});

/** What a file from the console came to. */
export const consoleCsvReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  rows: z.int(),
  /** True once it is written down; false where it was only checked, or has errors. */
  imported: z.boolean(),
  /** The same file was imported before: nothing is changed by it. */
  seenBefore: z.boolean(),
  transactions: z.object({
    /** Never seen before. */
    new: z.int(),
    /** In another state, or for another amount, than last seen. */
    changed: z.int(),
    unchanged: z.int(),
    /** Known from later than the file: left as they are. */
    older: z.int(),
    /** Of a slip that no order has. */
    withoutOrder: z.int(),
  }),
  errors: z.array(z.object({ line: z.int(), column: told.nullable(), message: told })),
});
export type ConsoleCsvReport = z.infer<typeof consoleCsvReportSchema>;

/** A look at F-REGI that was written down. */
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
