import { keysOf, TRANSACTION_STATE, UNASKED } from '@renkei/core/domain/order/states.ts';
import { LIABILITIES } from '@renkei/core/domain/transaction/authentication.ts';
import { IRREVERSIBLE, VERBS } from '@renkei/core/domain/transaction/link.ts';
import { REDIRECT_STATUS } from '@renkei/core/domain/transaction/redirect.ts';
import { z } from 'zod';
import { reasonSchema, yenSchema } from '../common.ts';
import { told } from '../text.ts';
import { balanceSchema } from './balance.ts';
import { movedSchema } from './movements.ts';
import { taxesSchema } from './order-content.ts';

/** L2: a payment that the customer makes at F-REGI, as F-REGI has last told of it. */
export const redirectSeenSchema = z.object({
  settleno: told,
  amount: yenSchema,
  status: z.enum(keysOf(REDIRECT_STATUS)),
});

export type RedirectSeenView = z.infer<typeof redirectSeenSchema>;

export const wireCallSchema = z.object({
  path: told,
  parameters: z.record(told, told),
});

/** One planned call to F-REGI, as it goes over the wire (rule M6). */
export const plannedAskSchema = z.object({
  verb: z.enum(VERBS),
  amount: yenSchema,
  call: wireCallSchema,
});

/** The previewed result of a command, from the same decision as the command itself. */
export const previewSchema = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('refuse'),
    version: z.int(),
    reason: reasonSchema,
    because: reasonSchema.nullable(),
    /** The manual's line for the error panel, if it has one (L5). */
    line: told.nullable(),
  }),
  z.object({
    decision: z.literal('record'),
    version: z.int(),
    gateway: z.enum(UNASKED),
    /** For `left_alone`: the amount that F-REGI still holds or has captured (V4). */
    left: z.object({ state: z.enum(keysOf(TRANSACTION_STATE)), amount: yenSchema }).nullable(),
    mail: z.boolean(),
    /** F59: it waits for a second person, and nothing else happens. */
    waits: z.boolean(),
    /** L2: of 入金済, the order’s payments at F-REGI, if the customer has made none of them. */
    notMade: z.array(redirectSeenSchema),
    /** L2: the payments that the customer can still make after the command. */
    payable: z.array(redirectSeenSchema),
    /** K3: the payments that Renkei then has F-REGI revoke; some may be paid before. */
    revoked: z.array(redirectSeenSchema),
    /** The order's balance after the command (O2). */
    balance: balanceSchema,
  }),
  z.object({
    decision: z.literal('pursue'),
    version: z.int(),
    amount: yenSchema,
    asks: z.array(plannedAskSchema),
    /** The irreversible verb among the asks; null if there is none. */
    irreversible: z.enum(IRREVERSIBLE).nullable(),
    /** C10: the reason why F-REGI will probably refuse; null if none is known. */
    doubt: reasonSchema.nullable(),
    /**
     * Y1: the calls move the liability for a chargeback to the shop, may move it, or authorize a
     * registered card without its holder, which leaves it with the shop; null: none of these.
     */
    liability: z.enum(LIABILITIES).nullable(),
    mail: z.boolean(),
    /** F59: it waits for a second person, and F-REGI is told nothing. */
    waits: z.boolean(),
    /** L2, K3: as above, once F-REGI has done what it is asked. */
    payable: z.array(redirectSeenSchema),
    revoked: z.array(redirectSeenSchema),
    /** S2: the text to type first and send as Renkei-Confirm; null if no confirmation is needed. */
    confirm: told.nullable(),
  }),
]);
export type Preview = z.infer<typeof previewSchema>;

/** A previewed edit of the amounts: the order's new sums, and the calls of a later 入金済. */
export const amountsPreviewSchema = z.object({
  preview: previewSchema,
  /** Null if the edit is refused. */
  after: z
    .object({
      items: yenSchema,
      total: yenSchema,
      billed: yenSchema,
      taxes: taxesSchema,
      moved: movedSchema,
      /** The result of marking the edited order as paid; null if it is paid already. */
      markPaid: previewSchema.nullable(),
    })
    .nullable(),
});
export type AmountsPreview = z.infer<typeof amountsPreviewSchema>;
