import type { Answer, Ask, Inquiry, InquiryResult } from '../turns/asks.ts';

/**
 * The port to a card gateway: one function, because an effect is data. Logging, timing, fault
 * injection and a second gateway are each one wrapper around it. Only perform.ts calls it.
 */
export type Gateway = {
  /**
   * Asks once: one attempt, no retry, no redirect. Never throws; any answer that is not trustworthy
   * becomes `unknown` (rule M2).
   */
  ask(ask: Ask): Promise<Answer>;
  /**
   * Looks up the transactions of a slip. F-REGI publishes no inquiry for direct card transactions,
   * so a gateway may honestly answer `unsupported`. Changes nothing, so a caller may repeat it.
   */
  inquire(inquiry: Inquiry): Promise<InquiryResult>;
};
