import { keysOf, TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import { isYen, yen } from '@renkei/core/domain/values/yen.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Answer, Ask, Inquiry, InquiryResult, Seen } from '@renkei/core/turns/asks.ts';
import { z } from 'zod';
import { Bulkhead } from './bulkhead.ts';
import type { NoReply, Reply } from './exchange.ts';
import { type FregiLine, isUnanswered } from './line.ts';
import { scrubCall } from './scrub.ts';
import { ANSWER_BYTES_MAX, decodeAnswer, encodeAsk, formBody } from './wire.ts';

export type FregiOptions = {
  readonly line: FregiLine;
  /** The deadline of a whole call, connecting included, in milliseconds. */
  readonly callMs: number;
  /** The most milliseconds that a call waits for its turn. */
  readonly queueMs: number;
  /** The most parallel calls: for each shop, and in all. */
  readonly width?: { readonly perShop: number; readonly total: number };
};

const INQUIRY_MS = 10_000;
const INQUIRY_BYTES_MAX = 1024 * 1024;

/**
 * The gateway F-REGI over HTTP. One attempt for each ask: no retry, no redirect, no keep-alive, one
 * deadline. A call without a turn in time is not sent.
 */
export function createFregiGateway(options: FregiOptions): Gateway {
  const { perShop, total } = options.width ?? { perShop: 64, total: 128 };
  const bulkhead = new Bulkhead(perShop, total, options.queueMs);
  const crowded: Answer = { kind: 'unsent', cause: 'too many calls at once' };
  return {
    async ask(ask) {
      const turn = await bulkhead.enter(ask.shopId);
      if (turn === null) return crowded;
      try {
        return await callOnce(options, ask);
      } finally {
        turn.leave();
      }
    },
    inquire: (inquiry) => inquireOnce(options.line, inquiry),
  };
}

function callOnce({ line, callMs }: FregiOptions, ask: Ask): Promise<Answer> {
  return line.call<Answer>(ask.shopId, {
    kind: 'ask',
    request({ fregiShopId, baseUrl }) {
      const call = encodeAsk(fregiShopId, ask);
      const url = new URL(call.path, baseUrl);
      return { url, body: formBody(call.parameters), shown: scrubCall(call) };
    },
    deadlineMs: callMs,
    bytesMax: ANSWER_BYTES_MAX,
    read: (reply) => readReply(reply, ask),
  });
}

function readReply({ status, bytes }: Reply, ask: Ask): Answer {
  if (status < 200 || status > 299) return { kind: 'unknown', cause: `HTTP ${status}` };
  return decodeAnswer(bytes, ask);
}

const seenSchema = z.object({
  transactions: z.array(
    z.object({
      seqno: z.string().regex(/^\d{20}$/),
      authCode: z.string().max(6).nullable(),
      state: z.enum(keysOf(TRANSACTION_STATE)),
      amount: z.number().refine(isYen),
    }),
  ),
});

async function inquireOnce(line: FregiLine, inquiry: Inquiry): Promise<InquiryResult> {
  const result = await line.call<InquiryResult>(inquiry.shopId, {
    kind: 'inquiry',
    request({ fregiShopId, inquiryUrl }) {
      if (inquiryUrl === null) return { kind: 'unsupported' };
      const url = new URL(inquiryUrl);
      url.searchParams.set('shopid', fregiShopId);
      url.searchParams.set('id', inquiry.slipId);
      return { url, body: null };
    },
    deadlineMs: INQUIRY_MS,
    bytesMax: INQUIRY_BYTES_MAX,
    read: readInquiry,
  });
  return isUnanswered(result) ? { kind: 'failed', cause: result.cause } : result;
}

function readInquiry({ status, bytes }: Reply): InquiryResult | NoReply {
  if (status === 404) return { kind: 'unsupported' };
  if (status !== 200) return { kind: 'unknown', cause: `HTTP ${status}` };
  try {
    const { transactions } = seenSchema.parse(JSON.parse(bytes.toString('utf8')));
    const seen: Seen[] = transactions.map((found) => ({ ...found, amount: yen(found.amount) }));
    return { kind: 'seen', transactions: seen, complete: true };
  } catch {
    return { kind: 'unknown', cause: 'the answer to the inquiry cannot be read' };
  }
}
