import { MAIL_KIND } from '@renkei/core/domain/mail-kinds.ts';
import { keysOf } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { orderNumberSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';

export const mailKindSchema = z.enum(keysOf(MAIL_KIND));

const subject = text({ min: 1, max: 200, trim: true, line: true });
const body = text({ min: 1, max: 10_000 }).refine((text) => text.trim() !== '', {
  message: '本文を入力してください / write the text of the mail',
});

/** 会員専用本文 and あとがき may be empty. */
const part = text({ max: 10_000 });

/**
 * When a kind of mail goes out. `auto`: by itself with what it tells of. `manual`: only when
 * somebody sends it. `never`: not at all; what would ask for it is withheld, and says so.
 */
export const MAIL_SENDING = ['auto', 'manual', 'never'] as const;

export const mailTemplateInputSchema = z.strictObject({
  subject,
  body,
  /** 会員専用本文: after the text, to members of the shop only. */
  memberBody: part.default(''),
  /** あとがき: at the end, to everybody. */
  afterword: part.default(''),
  sending: z.enum(MAIL_SENDING),
  /** Copies to the shop's own people, unseen by the customer. */
  copyTo: z.array(z.email().max(254)).max(5),
});
export type MailTemplateInput = z.output<typeof mailTemplateInputSchema>;

export const mailTemplateSchema = mailTemplateInputSchema.extend({
  kind: mailKindSchema,
  label: told,
  /** True while the shop has not written its own. */
  isDefault: z.boolean(),
  /** 置換文字 that have a value in this mail. */
  variables: z.array(z.object({ name: told, label: told })),
  version: z.int(),
});
export type MailTemplateView = z.infer<typeof mailTemplateSchema>;

/** A template, or a draft of one, on a real order. */
export const mailPreviewRequestSchema = z.strictObject({
  orderNumber: orderNumberSchema,
  subject: subject.optional(),
  body: body.optional(),
  memberBody: part.optional(),
  afterword: part.optional(),
  /** As a member of the shop reads it, or not; as the order's customer does when left out. */
  asMember: z.boolean().optional(),
});
export type MailPreviewRequest = z.input<typeof mailPreviewRequestSchema>;

/** To whom a test was sent: whoever asked for it. */
export const mailTestSchema = z.object({ to: told });
export type MailTest = z.infer<typeof mailTestSchema>;

export const mailPreviewSchema = z.object({
  to: told,
  copyTo: z.array(told),
  subject: told,
  body: told,
  /** Whether it would go out, and if not, why. */
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
  /** Who sent it by hand; null where it went out by itself. */
  actor: told.nullable(),
  /** Exactly what was sent; null until it was tried. */
  to: told.nullable(),
  copyTo: z.array(told),
  subject: told.nullable(),
  body: told.nullable(),
  error: told.nullable(),
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
});
export type MailView = z.infer<typeof mailSchema>;

/** 未送信 or 送信済, 最終送信日時, 送信回数, of each kind. */
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
