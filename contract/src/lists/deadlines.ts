import { keysOf, ORDER_STATUS } from '@renkei/core/domain/order/states.ts';
import { DEADLINE_LEVELS } from '@renkei/core/domain/transaction/deadline.ts';
import { z } from 'zod';
import { orderNumberSchema, shopQuerySchema, unshownSchema, yenSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { pageOf, querySchemas } from '../query.ts';
import { text, told } from '../text.ts';
import { DEADLINE_FILTERS } from './list-filters.ts';

export const deadlineQuerySchema = shopQuerySchema.extend({
  ...querySchemas(DEADLINE_FILTERS),
  limit: pageOf({ max: 200, usual: 100 }),
  cursor: text({ max: 100 }).optional(),
});
export type DeadlineQuery = z.infer<typeof deadlineQuerySchema>;

const sumSchema = z.object({ count: z.int(), amount: z.int() });

/** Authorizations not captured yet, across all statuses, the nearest deadline first. */
export const deadlineListSchema = z.object({
  items: z.array(
    z.object({
      orderNumber: orderNumberSchema,
      version: z.int(),
      customerName: told,
      status: z.enum(keysOf(ORDER_STATUS)),
      paidOn: jstDateSchema.nullable(),
      billed: yenSchema,
      /** The yen that F-REGI holds. */
      authorized: yenSchema,
      authorizedAt: instantSchema,
      /** 承認期限: the last JST date for the capture. */
      captureBy: jstDateSchema,
      /** Negative once it has passed. */
      daysLeft: z.int(),
      level: z.enum(DEADLINE_LEVELS),
    }),
  ),
  unshown: unshownSchema,
  nextCursor: told.nullable(),
  /** Sums over everything at risk, not only over the page or `within`. */
  levels: z.record(z.enum(DEADLINE_LEVELS), sumSchema),
  /** Yen at risk by the week of the deadline, from Monday; eight weeks, this one first. */
  weeks: z.array(z.object({ from: jstDateSchema, to: jstDateSchema, ...sumSchema.shape })),
});
export type DeadlineList = z.infer<typeof deadlineListSchema>;
