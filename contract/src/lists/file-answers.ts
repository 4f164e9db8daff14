import { keysOf, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { text, told } from '../text.ts';
import { SHIPMENT_PARTS } from './shipment-parts.ts';

/** What a file cannot tell and a person has answered once; null takes the answer back. */
export const answerFileSchema = z.discriminatedUnion('kind', [
  /** Of which 決済種別 orders of this 決済方法 are. */
  z.strictObject({
    kind: z.literal('payment_method'),
    asked: text({ min: 1, max: 50, trim: true }),
    answer: z.enum(keysOf(PAYMENT_KIND)).nullable(),
  }),
  /** Which part of a shipping result stands under this header. */
  z.strictObject({
    kind: z.literal('shipment_column'),
    asked: text({ min: 1, max: 50, trim: true }),
    answer: z.enum(SHIPMENT_PARTS).nullable(),
  }),
  /** What is written in place of a character that Shift_JIS lacks. */
  z.strictObject({
    kind: z.literal('character'),
    asked: text({ min: 1, max: 10 }),
    answer: text({ max: 10 }).nullable(),
  }),
]);
export type AnswerFile = z.output<typeof answerFileSchema>;

export const FILE_ANSWER_KINDS = ['payment_method', 'shipment_column', 'character'] as const;
export type FileAnswerKind = (typeof FILE_ANSWER_KINDS)[number];

export const fileAnswersSchema = z.object({
  answers: z.array(z.object({ kind: z.enum(FILE_ANSWER_KINDS), asked: told, answer: told })),
});
export type FileAnswers = z.infer<typeof fileAnswersSchema>;
