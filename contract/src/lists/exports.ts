import { z } from 'zod';
import { fileErrorSchema, orderNumberSchema, shopQuerySchema } from '../common.ts';
import { flag } from '../query.ts';
import { text, told } from '../text.ts';

/** The layouts that come with Renkei; a shop's own layouts are named by their id. */
export const EXPORT_LAYOUTS = {
  ganbare_tencho: { ja: '頑張れ♪店長！ 形式', en: 'Ganbare Tencho', encoding: 'cp932' },
  futureshop: { ja: 'futureshop 形式', en: 'futureshop', encoding: 'cp932' },
  yamato_b2: { ja: 'ヤマトB2 形式', en: 'Yamato B2', encoding: 'cp932' },
  sagawa_ehiden: { ja: '佐川e飛伝 形式', en: 'Sagawa e-Hiden', encoding: 'cp932' },
} as const;
export type ExportLayoutName = keyof typeof EXPORT_LAYOUTS;

export const EXPORT_ENCODINGS = ['cp932', 'utf-8'] as const;

export const exportQuerySchema = shopQuerySchema.extend({
  /** The frozen result to export, in its sequence. */
  selection: z.uuid(),
  /** One of the layouts above, or the id of the shop's own. */
  layout: z.union([
    z.enum(['ganbare_tencho', 'futureshop', 'yamato_b2', 'sagawa_ehiden']),
    z.uuid(),
  ]),
  /** The layout's own encoding if absent. */
  encoding: z.enum(EXPORT_ENCODINGS).optional(),
  /** True: orders that cannot be written as they are, are left out; else they refuse the file. */
  leaveOut: flag.prefault('false'),
});

/** What a file would lose, before it is made. */
export const exportCheckSchema = z.object({
  /** The orders that can be written, and those that cannot. */
  orders: z.int(),
  leftOut: z.array(orderNumberSchema),
  /** Each character that Shift_JIS lacks; a kept answer (`PUT /v1/file-answers`) replaces it. */
  characters: z.array(
    z.object({
      character: told,
      codePoint: told,
      orders: z.int(),
      /** Null: only a person knows. */
      proposal: told.nullable(),
    }),
  ),
  losses: z.array(fileErrorSchema.extend({ orderNumber: orderNumberSchema })),
});
export type ExportCheck = z.infer<typeof exportCheckSchema>;

/** A free layout: its columns, in sequence, and their headers. */
export const freeLayoutSchema = z.strictObject({
  name: text({ min: 1, max: 40, trim: true }),
  per: z.enum(['line', 'destination', 'order']),
  encoding: z.enum(EXPORT_ENCODINGS),
  columns: z
    .array(
      z.union([
        z.strictObject({
          field: text({ min: 1, max: 40 }),
          /** The field's own name if absent. */
          header: text({ min: 1, max: 50 }).optional(),
        }),
        z.strictObject({ text: text({ max: 200 }), header: text({ min: 1, max: 50 }) }),
      ]),
    )
    .min(1)
    .max(200),
});
export type FreeLayout = z.output<typeof freeLayoutSchema>;

export const csvLayoutSchema = freeLayoutSchema.extend({ id: told, version: z.int() });
export type CsvLayout = z.infer<typeof csvLayoutSchema>;

/** The choices: layouts, and the fields for free layouts. */
export const exportChoicesSchema = z.object({
  layouts: z.array(z.object({ id: told, label: told, encoding: z.enum(EXPORT_ENCODINGS) })),
  own: z.array(csvLayoutSchema),
  fields: z.array(
    z.object({ field: told, name: told, of: z.enum(['order', 'destination', 'line']) }),
  ),
});
export type ExportChoices = z.infer<typeof exportChoicesSchema>;

/** The first rows of a file in a layout, saved or not, from the shop's newest orders. */
export const layoutPreviewSchema = z.object({
  header: z.array(told),
  rows: z.array(
    z.object({
      cells: z.array(told),
      /** Indices of cells with characters that Shift_JIS lacks: Renkei refuses such a file. */
      lossy: z.array(z.int()),
    }),
  ),
});
export type LayoutPreview = z.infer<typeof layoutPreviewSchema>;
