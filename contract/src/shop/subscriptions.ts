import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/states.ts';
import { OVERDUE_ANSWERS } from '@renkei/core/domain/subscriptions/due.ts';
import { z } from 'zod';
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

/** 定期・頒布会申込 as the cart hands it over: what is delivered, how often, and how it is paid. */
export const subscriptionInputSchema = z
  .strictObject({
    code: subscriptionCodeSchema,
    /** 定期 or 頒布会 */
    type: z.enum(['subscription', 'club']),
    channel: z.enum(keysOf(CHANNEL)).default('pc'),
    cycle: cycleSchema,
    nextDeliveryOn: jstDateSchema,
    /** How many days before the delivery its order is made. */
    leadDays: z.int().min(0).max(60).default(7),
    /** 頒布会: how many deliveries there are; without an end when left out. */
    deliveries: z.int().min(1).max(120).optional(),
    paymentKind: z.enum(keysOf(PAYMENT_KIND)),
    paymentMethod: text({ min: 1, max: 50 }),
    /** 顧客番号: the card that is registered at F-REGI. */
    customerId: format(/^[A-Za-z0-9-]{1,20}$/).optional(),
    amounts: amountsSchema,
    details: detailsSchema,
  })
  .refine(
    ({ paymentKind, customerId }) =>
      PAYMENT_KIND[paymentKind].linked === (customerId !== undefined),
    {
      path: ['customerId'],
      message:
        'カード決済には顧客番号（customerId）が必要です。それ以外の決済では指定できません / ' +
        'a card needs its customer number, and nothing else has one',
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
  /** What has become of the order; null where the delivery was skipped. */
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

/** A delivery that is to come: its number, its day, and the day on which its order is made. */
const upcomingSchema = z.object({ n: z.int(), deliverOn: jstDateSchema, orderOn: jstDateSchema });

export const subscriptionSchema = z.object({
  code: subscriptionCodeSchema,
  type: z.enum(['subscription', 'club']),
  status: z.enum(keysOf(SUBSCRIPTION_STATUS)),
  label: told,
  customerName: told,
  cycle: cycleSchema,
  /** Null once there is none any more. */
  nextDeliveryOn: jstDateSchema.nullable(),
  leadDays: z.int(),
  deliveries: z.int().nullable(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  paymentMethod: told,
  /** 顧客番号 of the card at F-REGI, all but its end masked; null without a card. */
  customerId: told.nullable(),
  amounts: z.object(amountFields),
  total: yenSchema,
  /** 請求金額 of each delivery. */
  billed: yenSchema,
  details: detailsSchema,
  version: z.int(),
  createdAt: instantSchema,
  /** What was delivered or skipped, newest first; in a list only the last few. */
  history: z.array(deliverySchema),
  /** The next deliveries, as they will be if nothing is changed; those after the overdue ones. */
  upcoming: z.array(upcomingSchema),
  /**
   * Deliveries of which a whole cycle has passed since the day of their order: they are not made by
   * themselves. Null where there are none.
   */
  overdue: z
    .object({
      count: z.int(),
      first: upcomingSchema,
      last: upcomingSchema,
      /** What all of them come to. */
      amount: yenSchema,
      /** False where they are too many to be made by one press. */
      canMakeAll: z.boolean(),
    })
    .nullable(),
  /** お休みを取り消す: the skipped delivery that would be delivered after all; null: none. */
  restorable: z.object({ n: z.int(), deliverOn: jstDateSchema }).nullable(),
});
export type SubscriptionView = z.infer<typeof subscriptionSchema>;

/** What is to become of the deliveries that are overdue: one is made, or all are, or none. */
export const previewOverdueSchema = z.strictObject({ answer: z.enum(OVERDUE_ANSWERS) });
export const settleOverdueSchema = previewOverdueSchema.extend({
  /** How many are overdue, as they were shown: of another number nobody has said anything. */
  count: z.int().min(1),
});
export type SettleOverdue = z.output<typeof settleOverdueSchema>;

/** The same, previewed: which orders are made, what they come to, and how it goes on. */
export const overduePreviewSchema = z.object({
  version: z.int(),
  made: z.array(upcomingSchema),
  /** 請求金額 of the orders that are made, together. */
  amount: yenSchema,
  skipped: z.array(upcomingSchema),
  /** The next delivery then, which is made by itself; null: it was the last. */
  next: upcomingSchema.nullable(),
});
export type OverduePreview = z.infer<typeof overduePreviewSchema>;

/** Another content of an application, previewed: refused, or what each delivery then comes to. */
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
  /** How many applications the shop has of each status, with an order in 保留, and overdue. */
  counts: z.object({
    active: z.int(),
    cancelled: z.int(),
    finished: z.int(),
    held: z.int(),
    overdue: z.int(),
  }),
  /** The job that makes the orders: its last look, and what it last made for this shop. */
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
  /** The last 申込コード of the page before. */
  after: subscriptionCodeSchema.optional(),
});
