import { keysOf, SETTLED_BY } from '@renkei/core/domain/order/states.ts';
import { z } from 'zod';
import { reasonSchema, yenSchema } from '../common.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { told } from '../text.ts';

/**
 * The balance of an order, in yen (O2). It adds up: billed = captured − refunded +
 * receivedOtherwise + open.
 */
export const balanceSchema = z.object({
  /** 請求金額; zero for an order that is 取消, 返品 or 未回収. */
  billed: yenSchema,
  /** 承認金額: reserved at F-REGI, not captured. */
  held: yenSchema,
  /** 売上金額: captured by F-REGI, even if refunded later. */
  captured: yenSchema,
  /** 売上取消金額 */
  refunded: yenSchema,
  /** Received otherwise than by card, minus amounts given back that way. */
  receivedOtherwise: z.int(),
  /** 未収: still to be received; a negative amount is to be given back. */
  open: z.int(),
});
export type BalanceView = z.infer<typeof balanceSchema>;

const directionSchema = z.enum(['received', 'returned']);

/** 差額の精算: an amount received, or given back, otherwise than by card (O3). */
export const settleSchema = z.strictObject({
  direction: directionSchema,
  /** At most the open amount. */
  amount: yenSchema,
  by: z.enum(keysOf(SETTLED_BY)),
  /** The JST date on which the money moved; today in Japan if absent. */
  on: jstDateSchema.optional(),
});
export type Settle = z.input<typeof settleSchema>;

/** An amount of an order that was settled otherwise, with the person who recorded it. */
export const settlementSchema = z.object({
  /** The order's version that recorded it; serves as its id. */
  version: z.int(),
  direction: directionSchema,
  amount: yenSchema,
  by: z.enum(keysOf(SETTLED_BY)),
  on: jstDateSchema,
  /** The settlement that it takes back; null if it is an ordinary one. */
  corrects: z.int().nullable(),
  /** True if a later entry took it back. */
  corrected: z.boolean(),
  recordedBy: told,
  recordedAt: instantSchema,
});
export type SettlementView = z.infer<typeof settlementSchema>;

/** The direction and the most yen that can be settled now; or the reason why none can. */
export const settleActionSchema = z.discriminatedUnion('offered', [
  z.object({
    offered: z.literal(true),
    direction: directionSchema,
    amount: yenSchema,
    /** `payment`: what an unpaid order was paid at the store; `balance`: the open amount. */
    of: z.enum(['balance', 'payment']),
  }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);
