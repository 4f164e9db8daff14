import type { Moved } from '@renkei/core/domain/order/away.ts';
import { z } from 'zod';
import { orderNumberSchema, shopQuerySchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { pageOf, whole } from '../query.ts';
import { told } from '../text.ts';

export const movementsQuerySchema = shopQuerySchema.extend({
  /** The last number read; 0 to begin. */
  after: whole({ max: Number.MAX_SAFE_INTEGER }).prefault(0),
  limit: pageOf({ max: 1_000, usual: 200 }),
});

const placeSchema = {
  /** Counted in the shop from 1 without gaps: a reader of every number so far has missed none. */
  number: z.int(),
  at: instantSchema,
  orderNumber: orderNumberSchema,
  /** The order's version whose history entry caused it. */
  version: z.int(),
  direction: z.enum(['returned', 'taken']),
};

/** A movement back to stock or to a customer's points, or out of them (V6, V7, O4). */
export const movementSchema = z.discriminatedUnion('of', [
  z.object({
    ...placeSchema,
    of: z.literal('stock'),
    items: z.array(z.object({ productCode: told, variation: told, quantity: z.int() })),
  }),
  z.object({ ...placeSchema, of: z.literal('points'), points: yenSchema }),
]);
export type MovementView = z.infer<typeof movementSchema>;

/** The movements of an edit: pieces of stock, and points (O4). */
export const movedSchema = z.object({
  toStock: z.int(),
  fromStock: z.int(),
  pointsGivenBack: z.int(),
  pointsTaken: z.int(),
});
movedSchema satisfies z.ZodType<Moved>;
export type MovedView = z.infer<typeof movedSchema>;

export const movementsSchema = z.object({
  items: z.array(movementSchema),
  /** The next request's `after`; the same as given if there is nothing new. */
  last: z.int(),
});
