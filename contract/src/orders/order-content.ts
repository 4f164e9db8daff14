import {
  AMOUNT_PARTS,
  type AmountPart,
  CHARGED,
  isRare,
  type RarePart,
  sumOf,
} from '@renkei/core/domain/order/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { yenSchema } from '../common.ts';
import { jstDateSchema } from '../dates.ts';
import { mailAddress, text } from '../text.ts';

/** Each part of an order's amounts, in yen. */
export const amountFields = Object.fromEntries(
  keysOf(AMOUNT_PARTS).map((part) => [part, yenSchema]),
) as { [Part in AmountPart]: typeof yenSchema };

const incomingFields = Object.fromEntries(
  keysOf(AMOUNT_PARTS).map((part) => [part, isRare(part) ? yenSchema.optional() : yenSchema]),
) as {
  [Part in AmountPart]: Part extends RarePart ? z.ZodOptional<typeof yenSchema> : typeof yenSchema;
};

/** The amounts of an incoming order; it may leave out rare parts. */
export const amountsSchema = z
  .object(incomingFields)
  .refine((amounts) => sumOf(amounts, CHARGED) <= YEN_MAX, {
    message: bilingual(`総合計金額は ${YEN_MAX} 円以下です`, `the total is at most ${YEN_MAX} yen`),
  });
export type AmountsView = z.infer<typeof amountsSchema>;

const addressSchema = {
  name: text({ max: 100 }),
  kana: text({ max: 100 }),
  phone: text({ max: 20 }),
  postalCode: text({ max: 8 }),
  prefecture: text({ max: 10 }),
  address: text({ max: 300 }),
};

export const customerSchema = z.object({
  ...addressSchema,
  email: mailAddress,
  /** 会員: a member of the shop; mails say more to members. */
  isMember: z.boolean().optional(),
});

const taxRateSchema = z.union([z.literal(10), z.literal(8), z.literal(0)]);

/** 消費税 for each rate: the taxed amount with its tax, and the tax in it. */
export const taxesSchema = z.array(
  z.object({ rate: taxRateSchema, taxed: yenSchema, tax: yenSchema }),
);

export const lineSchema = z.object({
  productCode: text({ max: 50 }),
  name: text({ max: 300 }),
  variation: text({ max: 200 }),
  quantity: z.int().min(1).max(99_999),
  unitPrice: yenSchema,
  taxRate: taxRateSchema,
});

export const destinationSchema = z.object({
  ...addressSchema,
  requestedDate: jstDateSchema.nullable(),
  requestedTime: text({ max: 20 }),
  carrier: text({ max: 50 }),
  /** 送り状番号, as the cart hands it over or as shipped; several are parted by a space. */
  trackingNumber: text({ max: 400 }),
  shippedOn: jstDateSchema.nullable(),
  lines: z.array(lineSchema).min(1).max(200),
});

export const detailsSchema = z.object({
  customer: customerSchema,
  destinations: z.array(destinationSchema).min(1).max(50),
  customerMessage: text({ max: 2000 }),
  memo: text({ max: 2000 }),
});
detailsSchema satisfies z.ZodType<OrderDetails>;
