import { z } from 'zod';
import { orderNumberSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { told } from '../text.ts';

/** A mail that has waited for too long to go out by itself. */
const lateMailSchema = z.object({
  id: z.int(),
  /** A kind of mail, or `attention_digest`, `template_test`. */
  kind: told,
  orderNumber: orderNumberSchema.nullable(),
  createdAt: instantSchema,
});
export type LateMail = z.infer<typeof lateMailSchema>;

/** What the outbox of a shop holds. */
export const waitingMailsSchema = z.object({
  /** False where no mail server is set: then nothing leaves. */
  leaves: z.boolean(),
  /** All that wait, those that are too late included. */
  waiting: z.int(),
  /** After so many hours a mail does not go out by itself. */
  ageMaxHours: z.number(),
  late: z.object({
    count: z.int(),
    /** The last of them, by which all of them are decided; null where there is none. */
    upTo: z.int().nullable(),
    /** The oldest, at most 100. */
    items: z.array(lateMailSchema),
  }),
});
export type WaitingMails = z.infer<typeof waitingMailsSchema>;

/** Which of the mails that are too late go out after all, or never. */
export const mailDecisionSchema = z
  .strictObject({
    decision: z.enum(['send', 'drop']),
    ids: z.array(z.int().min(1)).min(1).max(1_000).optional(),
    /** All up to this one, as it was listed. */
    upTo: z.int().min(1).optional(),
  })
  .refine(({ ids, upTo }) => (ids === undefined) !== (upTo === undefined), {
    message: 'ids か upTo のどちらか一方を指定してください / give either ids or upTo',
  });
export type MailDecision = z.output<typeof mailDecisionSchema>;
