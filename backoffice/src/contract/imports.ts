import { z } from 'zod';
import { shopQuerySchema } from './common.ts';

export const importQuerySchema = shopQuerySchema.extend({
  /** `check` reads and judges only; `all` imports if every row is good; `valid` what is good. */
  mode: z.enum(['check', 'all', 'valid']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
});

/** What a CSV of orders came to. Nothing was written unless `imported` says so. */
export const importReportSchema = z.object({
  fileHash: z.string(),
  encoding: z.enum(['utf-8', 'cp932']),
  lines: z.int(),
  orders: z.object({ new: z.int(), unchanged: z.int(), invalid: z.int() }),
  imported: z.int(),
  /** The same file was imported before: nothing is changed by it. */
  seenBefore: z.boolean(),
  errors: z.array(z.object({ line: z.int(), column: z.string().nullable(), message: z.string() })),
});
export type ImportReport = z.infer<typeof importReportSchema>;
