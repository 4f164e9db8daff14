import { z } from 'zod';
import { fileErrorSchema, shopQuerySchema } from '../common.ts';
import { flag } from '../query.ts';
import { runSchema } from '../runs.ts';
import { told } from '../text.ts';

export const importQuerySchema = shopQuerySchema.extend({
  /**
   * `check` only reads and judges; `all` imports if every row is good; `valid` imports the good
   * rows.
   */
  mode: z.enum(['check', 'all', 'valid']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
});

/** The result of a CSV of orders. Nothing was stored unless `imported` is true. */
export const importReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  lines: z.int(),
  orders: z.object({ new: z.int(), unchanged: z.int(), invalid: z.int() }),
  imported: z.int(),
  /** True if the same file was imported before; it changes nothing. */
  seenBefore: z.boolean(),
  errors: z.array(fileErrorSchema),
  /** Each 決済方法 of unknown 決済種別, with its orders: answered once, by `PUT /v1/file-answers`. */
  unknownMethods: z.array(z.object({ method: told, orders: z.int() })),
  /** Cells that are imported but should be looked at: products that do not add up, odd phones. */
  warnings: z.array(fileErrorSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** The options for a file of shipping results. */
export const shippingImportQuerySchema = shopQuerySchema.extend({
  /** `check` only judges; `all` starts if every row is good; `valid` starts with the good rows. */
  mode: z.enum(['check', 'all', 'valid']).default('check'),
  encoding: z.enum(['auto', 'utf-8', 'cp932']).default('auto'),
  /** 発送済, and 入金済 in the same run: captures if the link applies. */
  andPay: flag.prefault('false'),
  /** 発送完了メール and 入金確認メール */
  shippingMail: z.enum(['auto', 'manual']).default('auto'),
  mail: z.enum(['auto', 'manual']).default('auto'),
});

/** The result of a file of shipping results. Nothing was done unless there is a run. */
export const shippingImportReportSchema = z.object({
  fileHash: told,
  encoding: z.enum(['utf-8', 'cp932']),
  lines: z.int(),
  orders: z.object({
    /** Orders with work to do. */
    open: z.int(),
    /** Orders already as in the file. */
    unchanged: z.int(),
    invalid: z.int(),
  }),
  /** The number of open orders to capture, and their billed yen. */
  captures: z.object({ count: z.int(), yen: z.int() }),
  /** The file's columns, if nobody can tell which are which: taught by `PUT /v1/file-answers`. */
  unknownHeader: z.array(told),
  /** The started run; null if none was started. */
  run: runSchema.nullable(),
  /** True if a run was made from the same file before. */
  seenBefore: z.boolean(),
  errors: z.array(fileErrorSchema),
});
export type ShippingImportReport = z.infer<typeof shippingImportReportSchema>;
