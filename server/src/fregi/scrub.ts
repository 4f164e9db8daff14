import type { WireCall } from './wire.ts';

const SECRET_PARAMETERS = /^(TOKEN|PAN\d?|CARDEXPIRY\d|CARDNAME|SCODE)$/;
/**
 * 13 to 16 digits; and ids of operations, of which one in some hundred holds digits that pass the
 * check.
 */
const NUMBERS_AND_IDS =
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<!\d)\d(?:[ -]?\d){12,15}(?!\d)/gi;

const UUID_LENGTH = 36;

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

/** Masks every 13 to 16 digits that pass the check of card numbers. */
export function scrubText(text: string): string {
  return text.replace(NUMBERS_AND_IDS, (digits) => (isCardNumber(digits) ? '***' : digits));
}

/** True if a text contains a card number; every edge refuses such input. */
export function hasCardNumber(text: string): boolean {
  return [...text.normalize('NFKC').matchAll(NUMBERS_AND_IDS)].some(([digits]) =>
    isCardNumber(digits),
  );
}

/** Luhn's check over 13 to 16 digits. */
function isCardNumber(text: string): boolean {
  if (text.length === UUID_LENGTH) return false;
  const digits = [...text].filter((character) => character >= '0' && character <= '9').map(Number);
  if (digits.every((digit) => digit === 0)) return false;
  const sum = digits.reverse().reduce((total, digit, index) => {
    const weighed = index % 2 === 1 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}
