import { keysOf, TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import { GOALS, VERBS } from '@renkei/core/domain/transaction/link.ts';
import { z } from 'zod';
import { orderNumberSchema, reasonSchema, seqnoSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';
import { challengeSchema } from './challenge.ts';

export const OPERATION_STATES = [
  'asking',
  'confirming',
  'unknown',
  'review',
  'succeeded',
  'declined',
  'not_sent',
] as const;

export const STEP_STATES = [
  'sent',
  'challenged',
  'unknown',
  'done',
  'refused',
  'unsent',
  'proven',
  'disproven',
  'repeated',
] as const;

export const stepSchema = z.object({
  n: z.int(),
  verb: z.enum(VERBS),
  seqno: told.nullable(),
  amount: yenSchema,
  state: z.enum(STEP_STATES),
  repeat: z.boolean(),
  sentAt: instantSchema,
  answeredAt: instantSchema.nullable(),
  /** F-REGI's own code and text, verbatim. */
  code: told.nullable(),
  text: told.nullable(),
});
export type StepView = z.infer<typeof stepSchema>;

export const operationSchema = z.object({
  id: told,
  orderNumber: orderNumberSchema,
  goal: z.enum(GOALS).nullable(),
  amount: yenSchema,
  actor: told,
  state: z.enum(OPERATION_STATES),
  reason: reasonSchema.nullable(),
  /** The manual's line for it in the error panel (L5): F-REGI's own sentence. */
  line: told.nullable(),
  steps: z.array(stepSchema),
  /** True while it waits for F-REGI and certainly has asked nothing: it may be withdrawn. */
  withdrawable: z.boolean(),
  /** Y2: where the cardholder confirms, while F-REGI waits for that; otherwise null. */
  challenge: challengeSchema.nullable(),
  /** When Renkei takes it up again; null once it is final or waits for a person. */
  nextAt: instantSchema.nullable(),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
});
export type OperationView = z.infer<typeof operationSchema>;

/** A person's finding at F-REGI's console, for an operation in review. */
export const reviewFoundSchema = z.strictObject({
  state: z.enum(keysOf(TRANSACTION_STATE)),
  seqno: seqnoSchema,
  authCode: text({ min: 1, max: 6 }).nullable(),
  amount: yenSchema,
});

/** The transaction that F-REGI's console shows; or the answer that none of the slip is live. */
export const reviewAnswerSchema = z.union([
  reviewFoundSchema,
  z.strictObject({ nothing: z.literal(true) }),
]);
export type ReviewAnswer = z.infer<typeof reviewAnswerSchema>;
