import { PERMISSIONS, ROLES } from '@renkei/core/domain/commands/permissions.ts';
import { keysOf, LINKED_KINDS, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { z } from 'zod';
import { yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import {
  DAYS_MAX,
  RETENTION_YEARS_MAX,
  RUN_ROWS_MAX,
  SESSION_HOURS,
  SESSION_IDLE_MINUTES,
} from '../limits.ts';
import { told } from '../text.ts';
import { shipperSchema } from './shipper.ts';

/** The signed-in user and their permissions in each shop. */
export const meSchema = z.object({
  user: z.object({ id: told, name: told, email: told, hasSecondFactor: z.boolean() }),
  shops: z.array(
    z.object({
      id: told,
      name: told,
      role: z.enum(ROLES),
      permissions: z.array(z.enum(PERMISSIONS)),
      linkEnabled: z.boolean(),
      environment: z.enum(['sandbox', 'test', 'production']),
      /**
       * The reason why Renkei asks F-REGI nothing now: F-REGI is out of reach, or the database was
       * restored.
       */
      hold: z.enum(['gateway_down', 'safe_mode']).nullable(),
      /** True if the shop demands a second factor of everybody. */
      requireTwoFactor: z.boolean(),
    }),
  ),
  /** URLs of a test environment's own pages: the sandbox's console, the demo's mailbox. */
  links: z.object({ sandboxConsole: told.nullable(), mailbox: told.nullable() }),
  /** F35: true if a disk of the server is nearly full; the administrator has to make room. */
  roomIsLow: z.boolean(),
  /** B4: false if no mail server is set: then mails wait, and none leaves. */
  mailsLeave: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

const paymentKinds = z.enum(keysOf(PAYMENT_KIND));
const cardKinds = z.enum(LINKED_KINDS);
const days = z.int().min(1).max(DAYS_MAX);

/** S2: how a shop handles one 決済種別. */
export const paymentPolicySchema = z.strictObject({
  /** 注文完了と同時に承認(オーソリ)する; otherwise only the card's validity is checked. Cards only. */
  authorizeAtOrder: z.boolean(),
  /** 入金確認メール: proposed as automatic, proposed as manual, or never sent by Renkei. */
  paymentMail: z.enum(['auto', 'manual', 'never']),
});
export type PaymentPolicy = z.infer<typeof paymentPolicySchema>;

/** The numbers of orders and yen from which a bulk run needs a typed confirmation. */
const confirmSchema = z.strictObject({
  orders: z.int().min(1).max(RUN_ROWS_MAX),
  yen: z.int().min(1).max(YEN_MAX),
});

/** F59: the most yen that one person may move alone; null: no limit. */
const limitSchema = z.strictObject({
  /** By one operation. */
  single: yenSchema.nullable(),
  /** In one JST day, by one person. */
  daily: yenSchema.nullable(),
});

/** F59: what waits for a second person. */
const limitsSchema = z.strictObject({
  /** Money given back: refunds, captured amounts lowered, settlements returned. */
  refund: limitSchema,
  /** Amounts raised beyond the authorized or captured one. */
  raise: limitSchema,
  /** The days for which the second person must have worked in the shop when it was proposed. */
  memberDays: z.int().min(0).max(DAYS_MAX),
  /** The hours after which a proposal expires. */
  hours: z.int().min(1).max(720),
});

/** When the sessions of everybody who works in the shop end. */
const sessionEndsSchema = z.strictObject({
  /** Minutes without a request that the person made. */
  idleMinutes: z.int().min(SESSION_IDLE_MINUTES.min).max(SESSION_IDLE_MINUTES.max),
  /** Hours after the sign-in. */
  hours: z.int().min(SESSION_HOURS.min).max(SESSION_HOURS.max),
});

export const settingsSchema = z.object({
  shopName: told,
  /** S1: F-REGI自動連携 */
  linkEnabled: z.boolean(),
  /** True if the shop's gateway answers inquiries (the sandbox can; F-REGI publishes none). */
  inquiry: z.boolean(),
  /** 売上処理期限 in days from the authorization, for every kind without its own. */
  captureDeadlineDays: z.int(),
  /** S2: deadlines of the card payment kinds that have their own. */
  captureDeadlines: z.partialRecord(cardKinds, days),
  fregi: z.object({
    environment: z.enum(['sandbox', 'test', 'production']),
    shopId: told,
    baseUrl: told,
  }),
  /** Policies of every 決済種別, including unchanged ones. */
  paymentPolicies: z.record(paymentKinds, paymentPolicySchema),
  confirm: confirmSchema,
  limits: limitsSchema,
  shipper: shipperSchema,
  /** True if the morning mail about open items goes to the people who handle 要対応. */
  digest: z.boolean(),
  /** True if everybody who works in the shop needs a second factor. */
  requireTwoFactor: z.boolean(),
  /** Years after the last movement of a closed order, after which its customer is erased. */
  retentionYears: z.int().nullable(),
  /** Who works in several shops has the shortest times of them. */
  sessionEnds: sessionEndsSchema,
  updatedAt: instantSchema,
  version: z.int(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const changeSettingsSchema = z.strictObject({
  linkEnabled: z.boolean().optional(),
  inquiry: z.boolean().optional(),
  captureDeadlineDays: days.optional(),
  /** Changes only the given kinds; null returns a kind to the shop's deadline. */
  captureDeadlines: z.partialRecord(cardKinds, days.nullable()).optional(),
  /** Changes only the given kinds. */
  paymentPolicies: z.partialRecord(paymentKinds, paymentPolicySchema).optional(),
  confirm: confirmSchema.optional(),
  /** Changes only the given parts. */
  limits: limitsSchema.partial().optional(),
  shipper: shipperSchema.optional(),
  digest: z.boolean().optional(),
  requireTwoFactor: z.boolean().optional(),
  /** Null: customers are kept until somebody erases them. */
  retentionYears: z.int().min(1).max(RETENTION_YEARS_MAX).nullable().optional(),
  sessionEnds: sessionEndsSchema.optional(),
});
export type ChangeSettings = z.infer<typeof changeSettingsSchema>;

/** One change of settings: the person, the time, and the differences. */
export const settingsChangeSchema = z.object({
  id: z.int(),
  at: instantSchema,
  actor: told,
  area: z.enum(['settings', 'mail_template', 'csv_layout', 'file_answer']),
  /** The changed object: a kind of mail, a layout's name, a word of a file; empty for the settings. */
  subject: told,
  before: z.record(told, z.unknown()).nullable(),
  after: z.record(told, z.unknown()).nullable(),
});
export type SettingsChangeView = z.infer<typeof settingsChangeSchema>;
