import { keysOf } from '@renkei/core/domain/order/states.ts';
import { REASON } from '@renkei/core/domain/reasons/index.ts';
import { VERBS } from '@renkei/core/domain/transaction/link.ts';
import { z } from 'zod';
import { attentionCountsSchema } from '../attention/attention.ts';
import { instantSchema, jstDateSchema } from '../dates.ts';
import { told } from '../text.ts';

const sumSchema = z.object({ count: z.int(), amount: z.int() });

/** Days from authorization to capture. */
export const CAPTURE_DELAYS = ['d0', 'd1', 'd2_3', 'd4_7', 'd8_14', 'd15'] as const;

/** ホーム: today's work as numbers, each with a link to exactly those orders; and recent trends. */
export const homeSchema = z.object({
  /** The instant of the snapshot; all numbers come from it. */
  at: instantSchema,
  /** 通常処理中/未入金 by card: `tab=unpaid&kinds=…` of the orders. */
  unpaidCards: sumSchema.extend({ kinds: z.array(told) }),
  /** 承認期限 within seven days, or passed: `/v1/deadlines?within=7`. */
  deadlines: sumSchema,
  attention: attentionCountsSchema,
  /** 結果確認中 and 要確認. */
  inDoubt: z.object({
    unknown: z.int(),
    review: z.int(),
    oldestSince: instantSchema.nullable(),
  }),
  /** 定期・頒布会申込 with overdue deliveries, and their amounts: `/v1/subscriptions?overdue=true`. */
  overdueDeliveries: sumSchema,
  /** 一括処理 of the last seven days with a failed row. */
  failedRuns: z.int(),
  /** The last thirty business dates, the oldest first; days without captures have zero. */
  capturesPerDay: z.array(sumSchema.extend({ on: jstDateSchema })),
  /** The delays of these captures. */
  captureDelays: z.array(z.object({ delay: z.enum(CAPTURE_DELAYS), count: z.int() })),
  /**
   * The reasons why operations of these days were declined, the most frequent first, five at most.
   */
  refusals: z.array(z.object({ reason: z.enum(keysOf(REASON)), label: told, count: z.int() })),
  /** F-REGI's response times of the last seven days, by verb, in milliseconds. */
  gatewayTimes: z.array(
    z.object({
      verb: z.enum(VERBS),
      calls: z.int(),
      /** Calls without a trustworthy answer. */
      unanswered: z.int(),
      p50Ms: z.int(),
      p95Ms: z.int(),
    }),
  ),
});
export type Home = z.infer<typeof homeSchema>;
