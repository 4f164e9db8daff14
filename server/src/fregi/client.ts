import { keysOf, TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import { isYen, yen } from '@renkei/core/domain/values/yen.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Answer, Ask, Inquiry, InquiryResult, Seen } from '@renkei/core/turns/asks.ts';
import { z } from 'zod';
import { Bulkhead } from './bulkhead.ts';
import { exchange, type Reply } from './exchange.ts';
import { scrubCall } from './scrub.ts';
import { ANSWER_BYTES_MAX, decodeAnswer, encodeAsk, formBody, type WireCall } from './wire.ts';

/** A shop's contract at F-REGI: its identity there, and F-REGI's address. */
export type FregiContract = {
  readonly fregiShopId: string;
  readonly baseUrl: string;
  readonly inquiryUrl: string | null;
};

/** A call for the log: scrubbed, with its answer and its duration in milliseconds. */
type CallRecord = {
  readonly shopId: string;
  readonly call: WireCall;
  readonly answer: Answer;
  readonly tookMs: number;
};

export type FregiOptions = {
  readonly contractOf: (shopId: string) => Promise<FregiContract>;
  /** The deadline of a whole call, connecting included, in milliseconds. */
  readonly callMs: number;
  /** The most milliseconds that a call waits for its turn. */
  readonly queueMs: number;
  readonly onCall?: (record: CallRecord) => void;
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
    inquire: (inquiry) => inquireOnce(options, inquiry),
  };
}

async function callOnce(options: FregiOptions, ask: Ask): Promise<Answer> {
  let contract: FregiContract;
  try {
    contract = await options.contractOf(ask.shopId);
  } catch {
    return { kind: 'unsent', cause: 'the shop’s contract could not be read' };
  }
  const call = encodeAsk(contract.fregiShopId, ask);
  const began = performance.now();
  const reply = await exchange(new URL(call.path, contract.baseUrl), {
    body: formBody(call.parameters),
    deadlineMs: options.callMs,
    bytesMax: ANSWER_BYTES_MAX,
  });
  const answer = reply.kind === 'reply' ? readReply(reply, ask) : reply;
  const tookMs = performance.now() - began;
  options.onCall?.({ shopId: ask.shopId, call: scrubCall(call), answer, tookMs });
  return answer;
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

async function inquireOnce(options: FregiOptions, inquiry: Inquiry): Promise<InquiryResult> {
  const contract = await options.contractOf(inquiry.shopId).catch(() => null);
  if (contract === null) return { kind: 'failed', cause: 'the contract could not be read' };
  if (contract.inquiryUrl === null) return { kind: 'unsupported' };
  const url = new URL(contract.inquiryUrl);
  url.searchParams.set('shopid', contract.fregiShopId);
  url.searchParams.set('id', inquiry.slipId);
  const reply = await exchange(url, {
    body: null,
    deadlineMs: INQUIRY_MS,
    bytesMax: INQUIRY_BYTES_MAX,
  });
  if (reply.kind !== 'reply') return { kind: 'failed', cause: reply.cause };
  if (reply.status === 404) return { kind: 'unsupported' };
  if (reply.status !== 200) return { kind: 'failed', cause: `HTTP ${reply.status}` };
  return readSeen(reply.bytes);
}

function readSeen(bytes: Buffer): InquiryResult {
  try {
    const { transactions } = seenSchema.parse(JSON.parse(bytes.toString('utf8')));
    const seen: Seen[] = transactions.map((found) => ({ ...found, amount: yen(found.amount) }));
    return { kind: 'seen', transactions: seen, complete: true };
  } catch {
    return { kind: 'failed', cause: 'the answer to the inquiry cannot be read' };
  }
}
