import { ERASURE_CAUSES, keysOf, ORDER_STATUS } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { orderNumberSchema, reasonSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { ERASED_AT_A_TIME } from '../limits.ts';
import { format, text, told } from '../text.ts';

/** お客様情報の消去 (H6). */

const sought = (max: number) => text({ min: 1, max, trim: true, line: true }).optional();

/** Whom a request is about: one of the five. It is a body, so that no URL names a person. */
export const findCustomerSchema = z
  .strictObject({
    orderNumbers: z.array(orderNumberSchema).min(1).max(ERASED_AT_A_TIME).optional(),
    email: sought(254),
    phone: sought(20),
    name: sought(100),
    /** The orders that the shop keeps for longer than its retention: each says why. */
    overdue: z.literal(true).optional(),
  })
  .refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
    message: bilingual(
      'orderNumbers、email、phone、name、overdue のどれか一つを指定してください',
      'give one of orderNumbers, email, phone, name and overdue',
    ),
  });
export type FindCustomer = z.output<typeof findCustomerSchema>;

const applicationCode = format(/^[A-Za-z0-9-]{1,20}$/);

const candidateOrderSchema = z.object({
  orderNumber: orderNumberSchema,
  version: z.int(),
  status: z.enum(keysOf(ORDER_STATUS)),
  placedAt: instantSchema,
  customerName: told,
  billed: yenSchema,
  erased: z.boolean(),
  /** What prevents the erasure; null: nothing does. */
  reason: reasonSchema.nullable(),
});

const candidateApplicationSchema = z.object({
  code: applicationCode,
  version: z.int(),
  status: z.enum(['active', 'cancelled', 'finished']),
  customerName: told,
  erased: z.boolean(),
});

/** The orders and applications of whom was sought, before anything is erased. */
export const foundCustomerSchema = z.object({
  orders: z.array(candidateOrderSchema),
  applications: z.array(candidateApplicationSchema),
  /** True if there are more than are shown. */
  more: z.boolean(),
});
export type FoundCustomer = z.infer<typeof foundCustomerSchema>;

/** The orders, as a person has seen them, and the applications whose customer is to be erased. */
export const eraseSchema = z
  .strictObject({
    orders: z
      .array(z.strictObject({ orderNumber: orderNumberSchema, version: z.int().min(1) }))
      .max(ERASED_AT_A_TIME),
    applications: z.array(applicationCode).max(ERASED_AT_A_TIME),
  })
  .refine(({ orders, applications }) => orders.length + applications.length > 0, {
    message: bilingual('受注か申込を一つ以上指定してください', 'give an order or an application'),
  });

/** Who erased how many customers, as the shop's chained log certifies it. */
export const certificateSchema = z.object({
  /** The number of the entry in the shop's log. */
  n: z.int(),
  at: instantSchema,
  actor: told,
  cause: z.enum(ERASURE_CAUSES),
  orders: z.int(),
  applications: z.int(),
  /** SHA-256 over the list of orders and applications. */
  hash: told,
});
export type CertificateView = z.infer<typeof certificateSchema>;

export const erasedSchema = z.object({
  certificates: z.array(certificateSchema),
  /** The orders that were refused, and why. */
  refused: z.array(z.object({ orderNumber: orderNumberSchema, reason: reasonSchema })),
  /** The applications that were not erased: active, unknown, or erased before. */
  refusedApplications: z.array(applicationCode),
});
export type ErasedView = z.infer<typeof erasedSchema>;
