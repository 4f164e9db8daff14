import { IRREVERSIBLE, VERBS } from '@renkei/core/domain/link.ts';
import { keysOf, TRANSACTION_STATE, UNASKED } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { reasonSchema, yenSchema } from '../common.ts';
import { told } from '../text.ts';
import { balanceSchema } from './balance.ts';
import { movedSchema } from './movements.ts';
import { taxesSchema } from './order-content.ts';

export const wireCallSchema = z.object({
  path: told,
  parameters: z.record(told, told),
});

/** One call that F-REGI will be told, as it goes over the wire (rule M6). */
export const plannedAskSchema = z.object({
  verb: z.enum(VERBS),
  amount: yenSchema,
  call: wireCallSchema,
});

/** What a command would come to. The same decision as the command itself. */
export const previewSchema = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('refuse'),
    version: z.int(),
    reason: reasonSchema,
    because: reasonSchema.nullable(),
    /** The manual's line for it in the error panel, where it has one (L5). */
    line: told.nullable(),
  }),
  z.object({
    decision: z.literal('record'),
    version: z.int(),
    gateway: z.enum(UNASKED),
    /** Of `left_alone`: what F-REGI goes on holding, or has taken (V4). */
    left: z.object({ state: z.enum(keysOf(TRANSACTION_STATE)), amount: yenSchema }).nullable(),
    mail: z.boolean(),
    /** What the order's money then comes to (O2). */
    balance: balanceSchema,
  }),
  z.object({
    decision: z.literal('pursue'),
    version: z.int(),
    amount: yenSchema,
    asks: z.array(plannedAskSchema),
    /** The verb among them that cannot be taken back; null where there is none. */
    irreversible: z.enum(IRREVERSIBLE).nullable(),
    /** C10: why F-REGI is expected to refuse it; null where nothing speaks against it. */
    doubt: reasonSchema.nullable(),
    mail: z.boolean(),
    /** S2: what is to be typed before, and sent as Renkei-Confirm; null where nothing is. */
    confirm: told.nullable(),
  }),
]);
export type Preview = z.infer<typeof previewSchema>;

/** An edit of the amounts, previewed: what the order then adds up to, and what 入金済 then asks. */
export const amountsPreviewSchema = z.object({
  preview: previewSchema,
  /** Null where the edit is refused. */
  after: z
    .object({
      items: yenSchema,
      total: yenSchema,
      billed: yenSchema,
      taxes: taxesSchema,
      moved: movedSchema,
      /** What marking the edited order paid would come to; null of an order that is paid. */
      markPaid: previewSchema.nullable(),
    })
    .nullable(),
});
export type AmountsPreview = z.infer<typeof amountsPreviewSchema>;
