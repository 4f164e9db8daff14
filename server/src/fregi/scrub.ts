import { findCardNumbers } from './card-numbers.ts';
import type { WireCall } from './wire.ts';

const SECRET_PARAMETERS = /^(TOKEN|PAN\d?|CARDEXPIRY\d|CARDNAME|SCODE)$/;

/**
 * Returns a call for screens and logs: with secrets masked, and without anything like a card
 * number.
 */
export function scrubCall({ path, parameters }: WireCall): WireCall {
  const shown = Object.entries(parameters).map(([name, value]) => [
    name,
    SECRET_PARAMETERS.test(name) ? '***' : scrubText(value),
  ]);
  return { path, parameters: Object.fromEntries(shown) };
}

/** Masks every card number. */
export function scrubText(text: string): string {
  return findCardNumbers(text).reduceRight(
    (masked, { from, to }) => `${masked.slice(0, from)}***${masked.slice(to)}`,
    text,
  );
}

/** A security code is named as one: its three or four digits alone say nothing. */
const SECURITY_CODE =
  /(?:\b(?:CVV2?|CVC2?|CID|security code)\b|セキュリティ\s*(?:コード|番号))[^\p{L}\p{N}]{0,3}(?:は|is)?\s*\d{3,4}(?!\d)/iu;

/** True if a text holds card data: a card's number or its security code. Every edge refuses it. */
export function hasCardData(text: string): boolean {
  return findCardNumbers(text).length > 0 || SECURITY_CODE.test(text.normalize('NFKC'));
}
