import {
  areTrackingNumbers,
  foldTrackingNumbers,
} from '@renkei/core/domain/values/tracking-number.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { jstDateSchema } from '../dates.ts';
import { text } from '../text.ts';

const word = (max: number) => text({ max, trim: true, line: true });

export const shipmentSchema = z.strictObject({
  /** The destination's index in the order, from 0. */
  destination: z.int().min(0).max(49),
  /** 発送日; today in Japan if absent. */
  shippedOn: jstDateSchema.optional(),
  carrier: word(50).optional(),
  /** 送り状番号; several parcels of a destination have several, parted by a space. */
  trackingNumber: word(400)
    .overwrite(foldTrackingNumbers)
    .refine(areTrackingNumbers, {
      message: bilingual(
        '運送会社が付けた番号を、半角英数字とハイフン（8〜40文字）で入力してください',
        'write the carrier’s number in 8 to 40 letters, digits and hyphens',
      ),
    })
    .optional(),
});
export type ShipmentInput = z.output<typeof shipmentSchema>;

export const shipSchema = z.strictObject({
  /** If absent: everything not shipped yet, with today's date. */
  shipments: z.array(shipmentSchema).min(1).max(50).optional(),
  /** 発送完了メール */
  mail: z.enum(['auto', 'manual']).default('auto'),
  /** Corrects the recorded shipment of a shipped order. */
  correction: z.boolean().default(false),
});
export type Ship = z.input<typeof shipSchema>;

/** キャンセル依頼, as the cart hands it over. */
export const cancelRequestSchema = z.strictObject({ message: text({ max: 2_000 }).default('') });
