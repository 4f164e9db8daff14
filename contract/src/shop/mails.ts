import { MAIL_KIND } from '@renkei/core/domain/mails/mail-kinds.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { orderNumberSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';

export const mailKindSchema = z.enum(keysOf(MAIL_KIND));

const subject = text({ min: 1, max: 200, trim: true, line: true });
const body = text({ min: 1, max: 10_000 }).refine((text) => text.trim() !== '', {
  message: bilingual('本文を入力してください', 'write the text of the mail'),
});

/** 会員専用本文 and あとがき may be empty. */
const part = text({ max: 10_000 });

/**
 * When a kind of mail goes out. `auto`: together with its event. `manual`: only when a person sends
 * it. `never`: not at all; a mail that would be due is withheld, and says so.
 */
export const MAIL_SENDING = ['auto', 'manual', 'never'] as const;

export const mailTemplateInputSchema = z.strictObject({
  subject,
  body,
  /** 会員専用本文: after the text, for members of the shop only. */
  memberBody: part.default(''),
  /** あとがき: at the end, for everybody. */
  afterword: part.default(''),
  sending: z.enum(MAIL_SENDING),
  /** Blind copies to the shop's own people. */
  copyTo: z.array(z.email().max(254)).max(5),
});
export type MailTemplateInput = z.output<typeof mailTemplateInputSchema>;

export const mailTemplateSchema = mailTemplateInputSchema.extend({
  kind: mailKindSchema,
  label: told,
  /** True until the shop writes its own. */
  isDefault: z.boolean(),
  /** 置換文字 that have a value in this mail. */
  variables: z.array(z.object({ name: told, label: told })),
  version: z.int(),
});
export type MailTemplateView = z.infer<typeof mailTemplateSchema>;

/** A template, or a draft of one, for a real order. */
export const mailPreviewRequestSchema = z.strictObject({
  orderNumber: orderNumberSchema,
  subject: subject.optional(),
  body: body.optional(),
  memberBody: part.optional(),
  afterword: part.optional(),
  /**
   * Shows the mail to a member of the shop or to a non-member; if absent, to the order's customer.
   */
  asMember: z.boolean().optional(),
});
export type MailPreviewRequest = z.input<typeof mailPreviewRequestSchema>;

/** The test's recipient: the person who asked for it. */
export const mailTestSchema = z.object({ to: told });
export type MailTest = z.infer<typeof mailTestSchema>;

export const mailPreviewSchema = z.object({
  to: told,
  copyTo: z.array(told),
  subject: told,
  body: told,
  /** Whether it would go out, and if not, the reason. */
  willSend: z.boolean(),
  reason: told.nullable(),
});
export type MailPreview = z.infer<typeof mailPreviewSchema>;

/** Sends a mail now; subject and the whole text may be changed for this one order. */
export const sendMailSchema = z.strictObject({
  kind: mailKindSchema,
  subject: subject.optional(),
  body: body.optional(),
});

export const MAIL_STATES = ['queued', 'sending', 'sent', 'unknown', 'failed', 'withheld'] as const;

export const mailSchema = z.object({
  id: z.int(),
  kind: mailKindSchema,
  label: told,
  state: z.enum(MAIL_STATES),
  /** The person who sent it by hand; null if Renkei sent it. */
  actor: told.nullable(),
  /** Exactly the sent text; null until the first try. */
  to: told.nullable(),
  copyTo: z.array(told),
  subject: told.nullable(),
  body: told.nullable(),
  error: told.nullable(),
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
});
export type MailView = z.infer<typeof mailSchema>;

/** 未送信 or 送信済, 最終送信日時 and 送信回数 of each kind of mail. */
export const mailCounterSchema = z.object({
  kind: mailKindSchema,
  label: told,
  sending: z.enum(MAIL_SENDING),
  sentCount: z.int(),
  lastSentAt: instantSchema.nullable(),
});

export const orderMailsSchema = z.object({
  counters: z.array(mailCounterSchema),
  /** Newest first. */
  items: z.array(mailSchema),
});
export type OrderMails = z.infer<typeof orderMailsSchema>;
