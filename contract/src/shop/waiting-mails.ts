import { z } from 'zod';
import { bilingual } from '../bilingual.ts';
import { orderNumberSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { told } from '../text.ts';

/** A mail that has waited too long to go out by itself. */
const lateMailSchema = z.object({
  id: z.int(),
  /** A kind of mail, or `attention_digest`, `template_test`. */
  kind: told,
  orderNumber: orderNumberSchema.nullable(),
  createdAt: instantSchema,
});
export type LateMail = z.infer<typeof lateMailSchema>;

/** The shop's outbox. */
export const waitingMailsSchema = z.object({
  /** False if no mail server is set: then no mail leaves. */
  leaves: z.boolean(),
  /** All waiting mails, including late ones. */
  waiting: z.int(),
  /** The number of hours after which a mail does not go out by itself. */
  ageMaxHours: z.number(),
  late: z.object({
    count: z.int(),
    /** The last late mail, up to which one answer decides them all; null if there is none. */
    upTo: z.int().nullable(),
    /** The oldest, at most 100. */
    items: z.array(lateMailSchema),
  }),
});
export type WaitingMails = z.infer<typeof waitingMailsSchema>;

/** Decides which late mails go out after all, or never. */
export const mailDecisionSchema = z
  .strictObject({
    decision: z.enum(['send', 'drop']),
    ids: z.array(z.int().min(1)).min(1).max(1_000).optional(),
    /** All mails up to this one, as listed. */
    upTo: z.int().min(1).optional(),
  })
  .refine(({ ids, upTo }) => (ids === undefined) !== (upTo === undefined), {
    message: bilingual('ids か upTo のどちらか一方を指定してください', 'give either ids or upTo'),
  });
export type MailDecision = z.output<typeof mailDecisionSchema>;
