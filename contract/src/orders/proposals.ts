import { COMMAND_KINDS } from '@renkei/core/domain/commands/permissions.ts';
import { LIMITED_KINDS } from '@renkei/core/domain/order/proposal.ts';
import { z } from 'zod';
import { denialSchema, reasonSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';
import { previewSchema } from './previews.ts';

/** F59: a command above a limit of the shop, which waits for a second person. */
export const proposalSchema = z.object({
  /** The order's version that recorded it; serves as its id. */
  version: z.int(),
  command: z.enum(COMMAND_KINDS),
  limited: z.enum(LIMITED_KINDS),
  /** The yen that count towards the limit. */
  amount: yenSchema,
  by: told,
  at: instantSchema,
  until: instantSchema,
  /** True for whoever gave the command: they may withdraw it. */
  isOwn: z.boolean(),
  /** The reason why the caller cannot agree now; null if they can. */
  objection: reasonSchema.nullable(),
  /** The reason why the caller's role may neither agree nor decline; null if it may. */
  denied: denialSchema.nullable(),
  /** What an agreement does, as the order is now. */
  preview: previewSchema,
});
export type ProposalView = z.infer<typeof proposalSchema>;

const version = z.int().min(1).max(2_147_483_647);

export const agreeToProposalSchema = z.strictObject({ proposal: version });
export const endProposalSchema = z.strictObject({
  proposal: version,
  /** Why it is declined; whoever gave the command need not say why they withdraw it. */
  word: text({ max: 200, trim: true, line: true }).default(''),
});
