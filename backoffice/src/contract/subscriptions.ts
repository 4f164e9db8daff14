import { z } from 'zod';
import { CHANNEL, keysOf, PAYMENT_KIND } from '../domain/states.ts';
import { instantSchema, jstDateSchema, orderNumberSchema, shopQuerySchema } from './common.ts';
import { amountsSchema, detailsSchema } from './order-content.ts';

export const SUBSCRIPTION_STATUS = {
  active: { ja: '継続中', en: 'Active' },
  cancelled: { ja: '申込取消', en: 'Cancelled' },
  finished: { ja: '終了', en: 'Finished' },
} as const;

/** 申込コード */
export const subscriptionCodeSchema = z.string().regex(/^[A-Za-z0-9-]{1,20}$/);

/** お届けサイクル */
export const cycleSchema = z.strictObject({
  every: z.int().min(1).max(365),
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
    paymentMethod: z.string().min(1).max(50),
    /** 顧客番号: the card that is registered at F-REGI. */
    customerId: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,20}$/)
      .optional(),
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
  customerId: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,20}$/)
    .optional(),
});
export type ChangeSubscription = z.output<typeof changeSubscriptionSchema>;

const deliverySchema = z.object({
  n: z.int(),
  deliverOn: jstDateSchema,
  /** `ordered` has an order; `skipped` is お休み. */
  state: z.enum(['ordered', 'skipped']),
  orderNumber: orderNumberSchema.nullable(),
});

export const subscriptionSchema = z.object({
  code: subscriptionCodeSchema,
  type: z.enum(['subscription', 'club']),
  status: z.enum(keysOf(SUBSCRIPTION_STATUS)),
  label: z.string(),
  customerName: z.string(),
  cycle: cycleSchema,
  /** Null once there is none any more. */
  nextDeliveryOn: jstDateSchema.nullable(),
  leadDays: z.int(),
  deliveries: z.int().nullable(),
  paymentKind: z.enum(keysOf(PAYMENT_KIND)),
  paymentMethod: z.string(),
  amounts: amountsSchema,
  details: detailsSchema,
  version: z.int(),
  createdAt: instantSchema,
  /** What was delivered or skipped, newest first. */
  history: z.array(deliverySchema),
});
export type SubscriptionView = z.infer<typeof subscriptionSchema>;

export const subscriptionListQuerySchema = shopQuerySchema.extend({
  status: z.enum(keysOf(SUBSCRIPTION_STATUS)).optional(),
  /** 申込コード, or the beginning of the customer's name. */
  q: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
  /** The last 申込コード of the page before. */
  after: subscriptionCodeSchema.optional(),
});
