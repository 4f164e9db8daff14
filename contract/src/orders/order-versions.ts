import {
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { orderNumberSchema, yenSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { told } from '../text.ts';

/** この時点の受注内容: an order as it was after one entry of its history, replayed from its journal. */
export const orderVersionSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  /** The time and the actor of the entry. */
  at: instantSchema,
  actor: told,
  kind: told,
  order: z.object({
    type: z.enum(keysOf(ORDER_TYPE)),
    status: z.enum(keysOf(ORDER_STATUS)),
    paidOn: jstDateSchema.nullable(),
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: told,
    total: yenSchema,
    billed: yenSchema,
    amounts: z.record(told, yenSchema),
    transaction: z
      .object({
        state: z.enum(keysOf(TRANSACTION_STATE)),
        seqno: told.nullable(),
        amount: yenSchema,
      })
      .nullable(),
  }),
  /** The entry's changes, field by field. */
  changes: z.array(
    z.object({
      field: told,
      before: z.union([told, z.number(), z.boolean(), z.null()]),
      after: z.union([told, z.number(), z.boolean(), z.null()]),
    }),
  ),
});
export type OrderVersion = z.infer<typeof orderVersionSchema>;
