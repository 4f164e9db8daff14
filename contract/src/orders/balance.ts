import { keysOf, SETTLED_BY } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import { reasonSchema, yenSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { told } from '../text.ts';

/**
 * What an order's money comes to, in yen (O2). It adds up:
 * billed = captured − refunded + receivedOtherwise + open.
 */
export const balanceSchema = z.object({
  /** 請求金額; nothing of an order that is 取消, 返品 or 未回収. */
  billed: yenSchema,
  /** 承認金額: reserved at F-REGI, not taken. */
  held: yenSchema,
  /** 売上金額: taken by F-REGI, also where it was given back later. */
  captured: yenSchema,
  /** 売上取消金額 */
  refunded: yenSchema,
  /** Came in otherwise than by card, less what was given back that way. */
  receivedOtherwise: z.int(),
  /** 未収: still to come in; below zero, to be given back. */
  open: z.int(),
});
export type BalanceView = z.infer<typeof balanceSchema>;

const directionSchema = z.enum(['received', 'returned']);

/** 差額の精算: an amount that was received, or given back, otherwise than by card (O3). */
export const settleSchema = z.strictObject({
  direction: directionSchema,
  /** No more than is open. */
  amount: yenSchema,
  by: z.enum(keysOf(SETTLED_BY)),
  /** The day on which the money moved; today in Japan when left out. */
  on: jstDateSchema.optional(),
});
export type Settle = z.input<typeof settleSchema>;

/** What of an order was settled otherwise, with who has recorded it. */
export const settlementSchema = z.object({
  /** The version of the order that it made: what it is called by. */
  version: z.int(),
  direction: directionSchema,
  amount: yenSchema,
  by: z.enum(keysOf(SETTLED_BY)),
  on: jstDateSchema,
  /** The settlement that it takes back; null: it is one itself. */
  corrects: z.int().nullable(),
  /** It was taken back by a later one. */
  corrected: z.boolean(),
  recordedBy: told,
  recordedAt: instantSchema,
});
export type SettlementView = z.infer<typeof settlementSchema>;

/** What can be settled now: which way, and how much at most; or why nothing can. */
export const settleActionSchema = z.discriminatedUnion('offered', [
  z.object({ offered: z.literal(true), direction: directionSchema, amount: yenSchema }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);
