import { VERBS } from '@renkei/core/domain/link.ts';
import { keysOf, TRANSACTION_STATE } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { told } from '../text.ts';
import { reviewFoundSchema } from './operations.ts';

/** 要確認, guided: what was asked, what to look for in F-REGI's console, and what can be answered. */
export const reviewGuideSchema = z.object({
  operationId: told,
  orderNumber: told,
  verb: z.enum(VERBS),
  sentAt: instantSchema,
  /** What to search for in F-REGI's console: the slip shows every transaction of the order. */
  slipId: told,
  seqno: told.nullable(),
  /** The transaction before the ask, and the amount that was asked for. */
  before: z.object({ state: z.enum(keysOf(TRANSACTION_STATE)), amount: yenSchema }),
  askedAmount: yenSchema,
  choices: z.array(
    z.object({
      /** Null: none of the slip's transactions is live; the answer is `nothing`. */
      state: z.enum(keysOf(TRANSACTION_STATE)).nullable(),
      /** `done`: carried out. `not_done`: it was not. `found`: somebody else was there. */
      outcome: z.enum(['done', 'not_done', 'found']),
      /** What it is to the operator, in the language of the request. */
      label: told,
      /** True: another 取引番号 than `seqno` has to be given. False: it is `seqno`. */
      newTransaction: z.boolean(),
      /** The amount to be expected; another one takes a second person. */
      amount: yenSchema,
    }),
  ),
  /** An answer that waits for a second person to find the same. */
  waiting: z
    .object({
      answer: reviewFoundSchema,
      by: told,
      at: instantSchema,
      /** False for whoever gave it. */
      mayConfirm: z.boolean(),
    })
    .nullable(),
  /** An answer that another person did not find so, until there is a new one. */
  declined: z.object({ answer: reviewFoundSchema, by: told, at: instantSchema }).nullable(),
});
export type ReviewGuide = z.infer<typeof reviewGuideSchema>;
