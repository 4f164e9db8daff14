import { z } from 'zod';
import {
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '../domain/states.ts';
import { orderNumberSchema, yenSchema } from './common.ts';
import { instantSchema, jstDateSchema } from './dates.ts';

/** この時点の受注内容: an order as it was after an entry of its history, replayed from its journal. */
export const orderVersionSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  /** When it became so, and by whom. */
  at: instantSchema,
  actor: z.string(),
  kind: z.string(),
  order: z.object({
    type: z.enum(keysOf(ORDER_TYPE)),
    status: z.enum(keysOf(ORDER_STATUS)),
    paidOn: jstDateSchema.nullable(),
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: z.string(),
    total: yenSchema,
    billed: yenSchema,
    amounts: z.record(z.string(), yenSchema),
    transaction: z
      .object({
        state: z.enum(keysOf(TRANSACTION_STATE)),
        seqno: z.string().nullable(),
        amount: yenSchema,
      })
      .nullable(),
  }),
  /** What the entry changed, field by field. */
  changes: z.array(
    z.object({
      field: z.string(),
      before: z.union([z.string(), z.number(), z.boolean(), z.null()]),
      after: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    }),
  ),
});
export type OrderVersion = z.infer<typeof orderVersionSchema>;
