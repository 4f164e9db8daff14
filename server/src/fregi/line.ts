import { exchange, type NoReply, type Reply } from './exchange.ts';

/** A shop's contract at F-REGI: its identity there, and F-REGI's address. */
export type FregiContract = {
  readonly fregiShopId: string;
  readonly baseUrl: string;
  readonly inquiryUrl: string | null;
};

export type ContractOf = (shopId: string) => Promise<FregiContract>;

/**
 * The kinds of calls to F-REGI. `ask`: moves money; `revoke`: 発行取消; `look`: at a payment at a
 * store; `customer`: whether a card is kept; `inquiry`: at a slip, where F-REGI offers it.
 */
export type CallKind = 'ask' | 'revoke' | 'look' | 'customer' | 'inquiry';

/** One call, and how its reply is read. */
export type LineCall<T extends { readonly kind: string }> = {
  readonly kind: CallKind;
  /** Returns the request; or the answer, if the contract knows no such call. */
  readonly request: (contract: FregiContract) => LineRequest | T;
  /** The deadline of the whole call, connecting included, in milliseconds. */
  readonly deadlineMs: number;
  readonly bytesMax: number;
  /** Reads a reply; `unknown` if it is no answer of this call. Never throws. */
  readonly read: (reply: Reply) => T | NoReply;
};

type LineRequest = {
  readonly url: URL;
  readonly body: string | null;
  /** The call for the log, without secrets; absent: calls of this kind are not logged. */
  readonly shown?: { readonly path: string };
};

/** The end of a call, for circuit, metrics and log. */
export type CallEnd = {
  readonly shopId: string;
  readonly kind: CallKind;
  readonly shown: { readonly path: string } | null;
  readonly answer: { readonly kind: string } | NoReply;
  readonly tookMs: number;
};

/**
 * The only way to F-REGI: every call goes through here, and so its end is heard by the circuit. One
 * attempt for each call.
 */
export class FregiLine {
  readonly #contractOf: ContractOf;
  readonly #onEnd: (end: CallEnd) => void;

  constructor(contractOf: ContractOf, onEnd: (end: CallEnd) => void) {
    this.#contractOf = contractOf;
    this.#onEnd = onEnd;
  }

  /** Makes a call; never rejects. A contract that cannot be read says nothing about F-REGI. */
  async call<T extends { readonly kind: string }>(
    shopId: string,
    { kind, request, deadlineMs, bytesMax, read }: LineCall<T>,
  ): Promise<T | NoReply> {
    const contract = await this.#contractOf(shopId).catch(() => null);
    if (contract === null) {
      return { kind: 'unsent', cause: 'the shop’s contract could not be read' };
    }
    const wanted = request(contract);
    if (!('url' in wanted)) return wanted;
    const { url, body, shown = null } = wanted;
    const began = performance.now();
    const reply = await exchange(url, { body, deadlineMs, bytesMax });
    const answer = reply.kind === 'reply' ? read(reply) : reply;
    this.#onEnd({ shopId, kind, shown, answer, tookMs: performance.now() - began });
    return answer;
  }
}

/** True if F-REGI gave no answer to a call. */
export function isUnanswered(answer: { readonly kind: string }): answer is NoReply {
  return answer.kind === 'unsent' || answer.kind === 'unknown';
}
