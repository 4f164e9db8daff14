import type { Actor, Ledger, LedgerEvent } from './ledger.ts';
import type { Parameters } from './wire.ts';

/** What a CGI answers, and what it does to the ledger. Nothing is done unless it says so. */
export type Outcome = {
  readonly lines: readonly string[];
  readonly events: readonly LedgerEvent[];
};

export type Situation = {
  readonly ledger: Ledger;
  readonly shopId: string;
  /** Milliseconds since 1970 UTC, by the sandbox's clock. */
  readonly now: number;
  /** Who does it: a shop over the wire, or a person at the console. */
  readonly by: Actor;
  /** 売上処理期限, days from the authorization. */
  readonly captureDays: number;
};

export type Endpoint = (parameters: Parameters, situation: Situation) => Outcome;

/** An NG that does nothing. Card CGIs say it in one line, CODE(message) (protocol §1). */
export function refuse(code: string, text: string): Outcome {
  return { lines: ['NG', `${code}(${text})`], events: [] };
}

/** A parameter's value; one that is empty counts as left out. */
export function given(parameters: Parameters, name: string): string | null {
  return parameters.get(name) || null;
}

const AMOUNT_MIN = 2;
const AMOUNT_MAX = 9_999_999;

/**
 * Reads PAY, yen from 2 to 9,999,999, or refuses it. The codes 21 and 22 of the amount changes are
 * confirmed, and so is the sentence of S3-1-21; the others are invented in their grammar
 * (protocol §5.1: field 2, then 0 missing, 1 malformed or too large, 2 too small).
 */
export function readAmount(
  parameters: Parameters,
  { name, code }: { readonly name: string; readonly code: string },
): { readonly amount: number } | { readonly refused: Outcome } {
  const text = given(parameters, 'PAY');
  if (text === null)
    return { refused: refuse(`${code}-20`, `${name}時の金額が指定されていません`) };
  if (!/^\d+$/.test(text)) {
    return { refused: refuse(`${code}-21`, `${name}時の金額が正しくありません`) };
  }
  const amount = Number(text);
  if (amount > AMOUNT_MAX) {
    return { refused: refuse(`${code}-21`, `${name}時の金額が大きすぎます`) };
  }
  if (amount < AMOUNT_MIN) {
    return { refused: refuse(`${code}-22`, `${name}時の金額が小さすぎます`) };
  }
  return { amount };
}
