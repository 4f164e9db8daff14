import { PERMISSIONS, ROLES } from '@renkei/core/domain/permissions.ts';
import { keysOf, LINKED_KINDS, PAYMENT_KIND } from '@renkei/core/domain/states.ts';
import { YEN_MAX } from '@renkei/core/domain/yen.ts';
import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { DAYS_MAX, RUN_ROWS_MAX } from '../limits.ts';
import { told } from '../text.ts';
import { shipperSchema } from './shipper.ts';

/** Who is signed in, and what they may do where. */
export const meSchema = z.object({
  user: z.object({ id: told, name: told, email: told }),
  shops: z.array(
    z.object({
      id: told,
      name: told,
      role: z.enum(ROLES),
      permissions: z.array(z.enum(PERMISSIONS)),
      linkEnabled: z.boolean(),
      environment: z.enum(['sandbox', 'test', 'production']),
      /** Why nothing is asked of F-REGI now: it is out of reach, or the database was restored. */
      hold: z.enum(['gateway_down', 'safe_mode']).nullable(),
    }),
  ),
  /** URLs of a test environment's own pages: the sandbox's console, the demo's mailbox. */
  links: z.object({ sandboxConsole: told.nullable(), mailbox: told.nullable() }),
  /** F35: a disk of the server is nearly full; whoever runs it has to make room. */
  roomIsLow: z.boolean(),
  /** B4: false where no mail server is set: then mails wait, and none leaves. */
  mailsLeave: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

const paymentKinds = z.enum(keysOf(PAYMENT_KIND));
const cardKinds = z.enum(LINKED_KINDS);
const days = z.int().min(1).max(DAYS_MAX);

/** S2: how a shop handles one 決済種別. */
export const paymentPolicySchema = z.strictObject({
  /** 注文完了と同時に承認(オーソリ)する; else only the card's validity is checked. Cards only. */
  authorizeAtOrder: z.boolean(),
  /** 入金確認メール: proposed as automatic, proposed as manual, or never sent by Renkei. */
  paymentMail: z.enum(['auto', 'manual', 'never']),
});
export type PaymentPolicy = z.infer<typeof paymentPolicySchema>;

/** From how many orders, or how many yen, a bulk run asks for an extra confirmation. */
const confirmSchema = z.strictObject({
  orders: z.int().min(1).max(RUN_ROWS_MAX),
  yen: z.int().min(1).max(YEN_MAX),
});

export const settingsSchema = z.object({
  shopName: told,
  /** S1: F-REGI自動連携 */
  linkEnabled: z.boolean(),
  /** Whether the shop's gateway answers inquiries (the sandbox can; F-REGI publishes none). */
  inquiry: z.boolean(),
  /** 売上処理期限 in days from the authorization, of every kind without one of its own. */
  captureDeadlineDays: z.int(),
  /** S2: of the kinds of card payment that have one of their own. */
  captureDeadlines: z.partialRecord(cardKinds, days),
  fregi: z.object({
    environment: z.enum(['sandbox', 'test', 'production']),
    shopId: told,
    baseUrl: told,
  }),
  /** Of every 決済種別, those that were never changed included. */
  paymentPolicies: z.record(paymentKinds, paymentPolicySchema),
  confirm: confirmSchema,
  shipper: shipperSchema,
  /** Whether the morning's mail of what waits goes out to those who see to 要対応. */
  digest: z.boolean(),
  updatedAt: instantSchema,
  version: z.int(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const changeSettingsSchema = z.strictObject({
  linkEnabled: z.boolean().optional(),
  inquiry: z.boolean().optional(),
  captureDeadlineDays: days.optional(),
  /** Only the kinds that are named are changed; null: the shop's again. */
  captureDeadlines: z.partialRecord(cardKinds, days.nullable()).optional(),
  /** Only the kinds that are named are changed. */
  paymentPolicies: z.partialRecord(paymentKinds, paymentPolicySchema).optional(),
  confirm: confirmSchema.optional(),
  shipper: shipperSchema.optional(),
  digest: z.boolean().optional(),
});
export type ChangeSettings = z.infer<typeof changeSettingsSchema>;

/** One change of settings: who, when, and what differs before and after. */
export const settingsChangeSchema = z.object({
  id: z.int(),
  at: instantSchema,
  actor: told,
  area: z.enum(['settings', 'mail_template', 'csv_layout']),
  /** Which one: a kind of mail, a layout's name; empty for the settings themselves. */
  subject: told,
  before: z.record(told, z.unknown()).nullable(),
  after: z.record(told, z.unknown()).nullable(),
});
export type SettingsChangeView = z.infer<typeof settingsChangeSchema>;
