import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { orderNumberSchema, shopQuerySchema, unshownSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { PASTED_MAX } from '../limits.ts';
import { orderRowSchema } from '../orders/orders.ts';
import { oneOf, pageOf, querySchemas, saidSchemas } from '../query.ts';
import { text, told } from '../text.ts';
import { sayFilters } from './filters.ts';
import { ORDER_FILTERS, ORDER_SORTS, ORDER_TABS, TABS } from './order-filters.ts';

/** A tab of orders. The tab of applications is refused with the place to find them. */
const orderTabSchema = z.enum(ORDER_TABS, {
  error: ({ input }) =>
    input === 'subscription'
      ? bilingual(
          '申込は /v1/subscriptions で、その受注は types=subscription,club で取得してください',
          'applications: /v1/subscriptions; their orders: types=subscription,club',
        )
      : bilingual(
          `${ORDER_TABS.join(', ')} のいずれかを指定してください`,
          `give one of ${ORDER_TABS.join(', ')}`,
        ),
});

const asked = {
  tab: orderTabSchema.default('all'),
  ...querySchemas(ORDER_FILTERS),
  sort: z.enum(ORDER_SORTS).default('placedAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
};

/**
 * Filters and sorting without a page, as stored in a view or a selection. Their values have the
 * form of a URL, so that a client passes on its own; many 受注コード may be pasted here.
 */
export const orderFilterSchema = z.strictObject({
  ...asked,
  q: text({ max: PASTED_MAX }).optional(),
});
export type OrderFilter = z.output<typeof orderFilterSchema>;

/** The same filter, as stored and returned. */
export const keptFilterSchema = z.object({
  tab: oneOf(ORDER_TABS),
  ...saidSchemas(ORDER_FILTERS),
  sort: oneOf(ORDER_SORTS),
  direction: oneOf(['asc', 'desc']),
});
export type KeptFilter = z.output<typeof keptFilterSchema>;

/** Returns a filter in its stored form; {@link orderFilterSchema} reads it again. */
export function keepFilter({ tab, sort, direction, ...filters }: OrderFilter): KeptFilter {
  return { tab, ...sayFilters(ORDER_FILTERS, filters), sort, direction };
}

export const orderListQuerySchema = shopQuerySchema.extend({
  ...asked,
  limit: pageOf({ max: 200, usual: 200 }),
  cursor: text({ max: 600 }).optional(),
});
export type OrderListQuery = z.output<typeof orderListQuerySchema>;

/** Sums over a whole result: the number of orders, 総合計金額 and 請求金額合計 in yen. */
const totals = { count: z.int(), total: z.int(), billed: z.int() };

export const orderListSchema = z.object({
  items: z.array(orderRowSchema),
  unshown: unshownSchema,
  nextCursor: told.nullable(),
  ...totals,
  /**
   * The number of orders in each tab; for 定期・頒布会申込, which lists no orders, the active applications.
   */
  tabs: z.record(z.enum(TABS), z.int()),
  /** Searched 受注コード that the shop does not have. */
  codesNotFound: z.array(orderNumberSchema),
});
export type OrderList = z.infer<typeof orderListSchema>;

/**
 * The whole result of a filter, frozen at one instant: these orders, in this sequence, in that
 * state. Runs and CSV files start from it, so that Renkei carries out exactly what the operator
 * chose.
 */
export const selectionSchema = z.object({
  id: told,
  ...totals,
  filter: keptFilterSchema,
  createdAt: instantSchema,
  /** The instant at which Renkei forgets it. */
  expiresAt: instantSchema,
});
export type ListSelection = z.infer<typeof selectionSchema>;

/** A named filter of one user in one shop. */
export const listViewInputSchema = z.strictObject({
  name: text({ min: 1, max: 40, trim: true }),
  filter: orderFilterSchema,
});
export type ListViewInput = z.output<typeof listViewInputSchema>;
export const listViewSchema = z.object({ id: told, name: told, filter: keptFilterSchema });
export type ListView = z.infer<typeof listViewSchema>;
