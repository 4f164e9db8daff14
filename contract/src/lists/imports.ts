import { z } from 'zod';
import { shopQuerySchema } from '../common.ts';
import { flag } from '../query.ts';
import { runSchema } from '../runs.ts';
import { told } from '../text.ts';

export const importQuerySchema = shopQuerySchema.extend({
  /** `check` reads and judges only; `all` imports if every row is good; `valid` what is good. */
  mode: z.enum(['check', 'all', 'valid']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
});

/** What a CSV of orders came to. Nothing was written unless `imported` says so. */
export const importReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  lines: z.int(),
  orders: z.object({ new: z.int(), unchanged: z.int(), invalid: z.int() }),
  imported: z.int(),
  /** The same file was imported before: nothing is changed by it. */
  seenBefore: z.boolean(),
  errors: z.array(z.object({ line: z.int(), column: told.nullable(), message: told })),
  /** What keeps nothing out, and should be looked at: products that do not add up. */
  warnings: z.array(z.object({ line: z.int(), column: told.nullable(), message: told })),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** What is wanted with a file of shipping results. */
export const shippingImportQuerySchema = shopQuerySchema.extend({
  /** `check` judges only; `all` begins if every row is good; `valid` begins with what is good. */
  mode: z.enum(['check', 'all', 'valid']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
  /** 発送済, and 入金済 in the same run: captures where the link applies. */
  andPay: flag.prefault('false'),
  /** 発送完了メール and 入金確認メール */
  shippingMail: z.enum(['auto', 'manual']).default('auto'),
  mail: z.enum(['auto', 'manual']).default('auto'),
});

/** What a file of shipping results came to. Nothing was done unless there is a run. */
export const shippingImportReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  lines: z.int(),
  orders: z.object({
    /** Something is done to them. */
    open: z.int(),
    /** As the file says already. */
    unchanged: z.int(),
    invalid: z.int(),
  }),
  /** How many of the open ones are captured, and what they bill in yen. */
  captures: z.object({ count: z.int(), yen: z.int() }),
  /** The run that was begun; null where nothing was. */
  run: runSchema.nullable(),
  /** A run was made of the same file before. */
  seenBefore: z.boolean(),
  errors: z.array(z.object({ line: z.int(), column: told.nullable(), message: told })),
});
export type ShippingImportReport = z.infer<typeof shippingImportReportSchema>;
