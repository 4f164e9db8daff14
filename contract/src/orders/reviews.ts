import { keysOf, TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import { VERBS } from '@renkei/core/domain/transaction/link.ts';
import { z } from 'zod';
import { yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { told } from '../text.ts';
import { reviewFoundSchema } from './operations.ts';
import { plannedAskSchema } from './previews.ts';

/** 要確認, guided: the question, what to look for in F-REGI's console, and the possible answers. */
export const reviewGuideSchema = z.object({
  operationId: told,
  orderNumber: told,
  verb: z.enum(VERBS),
  sentAt: instantSchema,
  /** The text to search for in F-REGI's console: the slip shows every transaction of the order. */
  slipId: told,
  seqno: told.nullable(),
  /** The transaction before the ask, and the asked amount. */
  before: z.object({ state: z.enum(keysOf(TRANSACTION_STATE)), amount: yenSchema }),
  askedAmount: yenSchema,
  choices: z.array(
    z.object({
      /** Null: none of the slip's transactions is live; the answer is `nothing`. */
      state: z.enum(keysOf(TRANSACTION_STATE)).nullable(),
      /**
       * `done`: F-REGI carried it out. `not_done`: it did not. `found`: somebody else moved the
       * transaction.
       */
      outcome: z.enum(['done', 'not_done', 'found']),
      /** The operator's view of it, in the language of the request. */
      label: told,
      /** True: the answer needs a 取引番号 other than `seqno`. False: it is `seqno`. */
      newTransaction: z.boolean(),
      /** The expected yen; another amount needs a second person. */
      amount: yenSchema,
      /**
       * What the answer sets in motion, unless its amount is another: the calls that follow at once
       * (M6), and whether a mail goes out after them. Without `done` the operation ends.
       */
      next: z.object({ asks: z.array(plannedAskSchema), mail: z.boolean() }),
    }),
  ),
  /** An answer that waits for a second person to find the same. */
  waiting: z
    .object({
      answer: reviewFoundSchema,
      by: told,
      at: instantSchema,
      /** False for the person who gave it. */
      mayConfirm: z.boolean(),
    })
    .nullable(),
  /** An answer that a second person did not confirm, until there is a new one. */
  declined: z.object({ answer: reviewFoundSchema, by: told, at: instantSchema }).nullable(),
});
export type ReviewGuide = z.infer<typeof reviewGuideSchema>;
