import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { orderNumberSchema, shopQuerySchema, unshownSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { orderRowSchema } from '../orders/orders.ts';
import { text, told } from '../text.ts';

/** The tabs of the list, in the manual's order (L1); キャンセル依頼 is the last one. */
export const TABS = [
  'all',
  'preorder',
  'unpaid',
  'unshipped',
  'on_hold',
  'completed',
  'subscription',
  'cancel_requests',
] as const;
export type Tab = (typeof TABS)[number];

/** 定期・頒布会申込 are no orders: they are listed by `/v1/subscriptions`. */
export type OrderTab = Exclude<Tab, 'subscription'>;
export const ORDER_TABS = TABS.filter((tab) => tab !== 'subscription');

/** A tab of orders; the one of applications is refused, with where to find what is meant. */
const orderTabSchema = z.enum(ORDER_TABS, {
  error: ({ input }) =>
    input === 'subscription'
      ? '申込は /v1/subscriptions で、その受注は types=subscription,club で取得してください / ' +
        'applications: /v1/subscriptions; their orders: types=subscription,club'
      : `${ORDER_TABS.join(', ')} のいずれかを指定してください / give one of these`,
});

/** What the list can be sorted by; 受注コード breaks every tie. */
export const ORDER_SORTS = [
  'placedAt',
  'orderNumber',
  'customer',
  'billed',
  'authorizedAt',
] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

const flag = z.enum(['true', 'false']).optional();
const yenText = z.coerce.number().int().min(0).max(99_999_999).optional();
const dateOrNone = jstDateSchema.optional();

/** Several of a table's keys, comma-separated; a word that is none of them is refused. */
function someOf(keys: readonly string[]) {
  return text({ max: 600 })
    .refine((text) => text.split(',').every((word) => word === '' || keys.includes(word)), {
      message: `${keys.join(', ')} のいずれかをカンマ区切りで指定してください / give some of these`,
    })
    .optional();
}

/** What is looked for. Filters are joined by “and”; what is left out filters nothing. */
const filters = {
  tab: orderTabSchema.default('all'),
  /** 決済種別 */
  kinds: someOf(keysOf(PAYMENT_KIND)),
  statuses: someOf(keysOf(ORDER_STATUS)),
  types: someOf(keysOf(ORDER_TYPE)),
  channels: someOf(keysOf(CHANNEL)),
  /** F-REGIステータス */
  transactionState: someOf(keysOf(TRANSACTION_STATE)),
  paid: flag,
  shipped: flag,
  /** 受注日, 入金日, お届け希望日 (of the first destination): JST dates, both ends included. */
  placedFrom: dateOrNone,
  placedTo: dateOrNone,
  paidFrom: dateOrNone,
  paidTo: dateOrNone,
  requestedFrom: dateOrNone,
  requestedTo: dateOrNone,
  /** 発送日: of several destinations, one within is enough. */
  shippedFrom: dateOrNone,
  shippedTo: dateOrNone,
  /** 送り状番号: only orders with one registered, or without any. */
  tracked: flag,
  multipleDestinations: flag,
  billedMin: yenText,
  billedMax: yenText,
  /** Billed and authorized amounts differ: the capture will change the amount (C2). */
  amountDiffers: flag,
  /** O3: paid, and something is open or to be given back: not settled yet. */
  openAmount: flag,
  /** 承認期限 within so many days from today, or past (C10). */
  captureWithinDays: z.coerce.number().int().min(0).max(365).optional(),
  /** 入金確認メール: 送信済, or 未送信. */
  paymentMailSent: flag,
  /** 結果確認中・要確認: with an operation whose outcome is not known yet, or asks for a person. */
  inDoubt: flag,
};

const sorting = {
  sort: z.enum(ORDER_SORTS).default('placedAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
};

/** 受注コード (several, separated by anything), name, kana, phone, mail or 取引番号 */
const search = (max: number) => text({ max }).optional();

/** A filter with its sorting, without a page: what a view keeps, and a selection is made of. */
export const orderFilterSchema = z.strictObject({ ...filters, q: search(200_000), ...sorting });
export type OrderFilter = z.output<typeof orderFilterSchema>;

export const orderListQuerySchema = shopQuerySchema.extend({
  ...filters,
  q: search(8_000),
  ...sorting,
  limit: z.coerce.number().int().min(1).max(200).default(200),
  cursor: text({ max: 600 }).optional(),
});
export type OrderListQuery = z.output<typeof orderListQuerySchema>;

/** Of a whole result: the number of orders, 総合計金額 and 請求金額合計 in yen. */
const totals = { count: z.int(), total: z.int(), billed: z.int() };

export const orderListSchema = z.object({
  items: z.array(orderRowSchema),
  unshown: unshownSchema,
  nextCursor: told.nullable(),
  ...totals,
  /** Orders of each tab; of 定期・頒布会申込, which lists no orders, the active applications. */
  tabs: z.record(z.enum(TABS), z.int()),
  /** Of several 受注コード that were searched for, those that the shop does not have. */
  codesNotFound: z.array(orderNumberSchema),
});
export type OrderList = z.infer<typeof orderListSchema>;

/** The most orders that one selection takes. */
export const SELECTION_MAX = 200_000;

/**
 * The whole result of a filter, frozen at one instant: these orders in this order, as they were
 * then. Runs and CSV are made of it, so that what is carried out is what was chosen.
 */
export const selectionSchema = z.object({
  id: told,
  ...totals,
  filter: orderFilterSchema,
  createdAt: instantSchema,
  /** It is forgotten then. */
  expiresAt: instantSchema,
});
export type Selection = z.infer<typeof selectionSchema>;

/** A filter under a name, of one user in one shop. */
export const listViewInputSchema = z.strictObject({
  name: text({ min: 1, max: 40, trim: true }),
  filter: orderFilterSchema,
});
export const listViewSchema = listViewInputSchema.extend({ id: told });
export type ListView = z.infer<typeof listViewSchema>;
