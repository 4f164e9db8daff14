import type { Answer, Ask, Inquiry, InquiryResult } from '../turns/asks.ts';

/**
 * The port to a card gateway: one function, because an effect is data. Logging, timing, fault
 * injection and a second gateway are each one wrapper around it. It is called by perform.ts only.
 */
export type Gateway = {
  /**
   * Asks once: one attempt, no retry, no redirect. Never throws; whatever is not a trustworthy
   * answer is `unknown` (rule M2).
   */
  ask(ask: Ask): Promise<Answer>;
  /**
   * Looks up the transactions of a slip. F-REGI publishes no inquiry for direct card
   * transactions, so a gateway may honestly answer `unsupported`. Harmless, may be repeated.
   */
  inquire(inquiry: Inquiry): Promise<InquiryResult>;
};
