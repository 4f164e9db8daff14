import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { OVERDUE_ANSWERS } from '@renkei/core/domain/subscriptions/due.ts';
import { LIABILITIES } from '@renkei/core/domain/transaction/authentication.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import {
  orderNumberSchema,
  reasonSchema,
  shopQuerySchema,
  unshownSchema,
  yenSchema,
} from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { DAYS_MAX } from '../limits.ts';
import { SUBSCRIPTION_FILTERS } from '../lists/list-filters.ts';
import {
  amountFields,
  amountsSchema,
  detailsSchema,
  taxesSchema,
} from '../orders/order-content.ts';
import { pageOf, querySchemas } from '../query.ts';
import { format, text, told } from '../text.ts';

export const SUBSCRIPTION_STATUS = {
  active: { ja: '継続中', en: 'Active' },
  cancelled: { ja: '申込取消', en: 'Cancelled' },
  finished: { ja: '終了', en: 'Finished' },
} as const;

/** 申込コード */
export const subscriptionCodeSchema = format(/^[A-Za-z0-9-]{1,20}$/);

/** お届けサイクル */
export const cycleSchema = z.strictObject({
  every: z.int().min(1).max(DAYS_MAX),
  unit: z.enum(['day', 'week', 'month']),
});

/** 定期・頒布会申込 as the cart hands it over: the products, the cycle, and the payment. */
export const subscriptionInputSchema = z
  .strictObject({
    code: subscriptionCodeSchema,
    /** 定期 or 頒布会 */
    type: z.enum(['subscription', 'club']),
    channel: z.enum(keysOf(CHANNEL)).default('pc'),
    cycle: cycleSchema,
    nextDeliveryOn: jstDateSchema,
    /** Days between making the order and its delivery. */
    leadDays: z.int().min(0).max(60).default(7),
    /** 頒布会: the number of deliveries; no end if absent. */
    deliveries: z.int().min(1).max(120).optional(),
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: text({ min: 1, max: 50 }),
    /** 顧客番号: the card registered at F-REGI. */
    customerId: format(/^[A-Za-z0-9-]{1,20}$/).optional(),
    amounts: amountsSchema,
    details: detailsSchema,
  })
  .refine(
    ({ paymentKind, customerId }) =>
      PAYMENT_KIND[paymentKind].linked === (customerId !== undefined),
    {
      path: ['customerId'],
      message: bilingual(
        'カード決済には顧客番号（customerId）が必要です。それ以外の決済では指定できません',
        'a card needs a customer number; other methods must not have one',
      ),
    },
  );
export type SubscriptionInput = z.output<typeof subscriptionInputSchema>;

export const changeSubscriptionSchema = z.strictObject({
  cycle: cycleSchema.optional(),
  /** 次回お届け日変更 */
  nextDeliveryOn: jstDateSchema.optional(),
  /** The customer has registered another card. */
  customerId: format(/^[A-Za-z0-9-]{1,20}$/).optional(),
});
export type ChangeSubscription = z.output<typeof changeSubscriptionSchema>;

const deliverySchema = z.object({
  n: z.int(),
  deliverOn: jstDateSchema,
  /** `ordered` has an order; `skipped` is お休み. */
  state: z.enum(['ordered', 'skipped']),
  orderNumber: orderNumberSchema.nullable(),
  /** When the order was made, or the delivery skipped. */
  at: instantSchema,
  /** The order's state; null if the delivery was skipped. */
  order: z
    .object({
      status: z.enum(keysOf(ORDER_STATUS)),
      transactionState: z.enum(keysOf(TRANSACTION_STATE)).nullable(),
      paidOn: jstDateSchema.nullable(),
      billed: yenSchema,
    })
    .nullable(),
});
export type DeliveryView = z.infer<typeof deliverySchema>;

/** A future delivery: its number, its day, and the day on which Renkei makes its order. */
const upcomingSchema = z.object({ n: z.int(), deliverOn: jstDateSchema, orderOn: jstDateSchema });

export const subscriptionSchema = z.object({
  code: subscriptionCodeSchema,
  type: z.enum(['subscription', 'club']),
  status: z.enum(keysOf(SUBSCRIPTION_STATUS)),
  label: told,
  customerName: told,
  cycle: cycleSchema,
  /** Null if no delivery is left. */
  nextDeliveryOn: jstDateSchema.nullable(),
  leadDays: z.int(),
  deliveries: z.int().nullable(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  paymentMethod: told,
  /** 顧客番号 of the card at F-REGI, masked except for its end; null without a card. */
  customerId: told.nullable(),
  /** Y1: who bears a chargeback of its deliveries’ authorizations; null: no card pays it. */
  liability: z.enum(LIABILITIES).nullable(),
  amounts: z.object(amountFields),
  total: yenSchema,
  /** 請求金額 of each delivery. */
  billed: yenSchema,
  details: detailsSchema,
  version: z.int(),
  createdAt: instantSchema,
  /** Deliveries made or skipped, newest first; a list shows only the last few. */
  history: z.array(deliverySchema),
  /** The next deliveries if nothing changes, after the overdue ones. */
  upcoming: z.array(upcomingSchema),
  /**
   * Deliveries whose order is late by a whole cycle; Renkei does not make them by itself. Null if
   * there are none.
   */
  overdue: z
    .object({
      count: z.int(),
      first: upcomingSchema,
      last: upcomingSchema,
      /** The yen of all of them. */
      amount: yenSchema,
      /** False if they are too many for one press. */
      canMakeAll: z.boolean(),
    })
    .nullable(),
  /** お休みを取り消す: the skipped delivery that would be made after all; null if there is none. */
  restorable: z.object({ n: z.int(), deliverOn: jstDateSchema }).nullable(),
});
export type SubscriptionView = z.infer<typeof subscriptionSchema>;

/** The choice for overdue deliveries: make one, all, or none. */
export const previewOverdueSchema = z.strictObject({ answer: z.enum(OVERDUE_ANSWERS) });
export const settleOverdueSchema = previewOverdueSchema.extend({
  /** The number of overdue deliveries as shown: the answer does not cover any other number. */
  count: z.int().min(1),
});
export type SettleOverdue = z.output<typeof settleOverdueSchema>;

/** The previewed result: the orders to make, their yen, and the next delivery. */
export const overduePreviewSchema = z.object({
  version: z.int(),
  made: z.array(upcomingSchema),
  /** The sum of 請求金額 of the orders to make. */
  amount: yenSchema,
  skipped: z.array(upcomingSchema),
  /** The next delivery afterwards, which Renkei makes by itself; null: there is none left. */
  next: upcomingSchema.nullable(),
});
export type OverduePreview = z.infer<typeof overduePreviewSchema>;

/** A previewed change of an application's content: refused, or each delivery's amounts. */
export const contentPreviewSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('refuse'), version: z.int(), reason: reasonSchema }),
  z.object({
    decision: z.literal('record'),
    version: z.int(),
    items: yenSchema,
    total: yenSchema,
    billed: yenSchema,
    taxes: taxesSchema,
  }),
]);
export type ContentPreview = z.infer<typeof contentPreviewSchema>;

export const subscriptionListSchema = z.object({
  items: z.array(subscriptionSchema),
  unshown: unshownSchema,
  /** The number of the shop's applications in each status, with an order in 保留, and overdue. */
  counts: z.object({
    active: z.int(),
    cancelled: z.int(),
    finished: z.int(),
    held: z.int(),
    overdue: z.int(),
  }),
  /** The job that makes the orders: its last round, and its last orders for this shop. */
  job: z.object({
    lookedAt: instantSchema.nullable(),
    failedAt: instantSchema.nullable(),
    madeAt: instantSchema.nullable(),
  }),
});
export type SubscriptionList = z.infer<typeof subscriptionListSchema>;

export const subscriptionListQuerySchema = shopQuerySchema.extend({
  status: z.enum(keysOf(SUBSCRIPTION_STATUS)).optional(),
  ...querySchemas(SUBSCRIPTION_FILTERS),
  limit: pageOf({ max: 200, usual: 200 }),
  /** The last 申込コード of the previous page. */
  after: subscriptionCodeSchema.optional(),
});
