/** Phone numbers of people in Japan, as customers, carts and spreadsheets write them. */

/** Folds widths and the many characters that people type for a hyphen. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−ー.]/gu, '-')
    .replace(/\s/gu, '')
    .replace(/[()]/gu, '-')
    .replace(/-+/gu, '-')
    .replace(/^-|-$/gu, '');
}

/**
 * Returns a number as one dials it in Japan, in half-width digits and hyphens: +81 90-1234-5678 is
 * 090-1234-5678. Null if the text is no number of Japan; nothing is squeezed into its shape.
 */
export function domesticPhoneOf(text: string): string | null {
  const folded = fold(text);
  const [, abroad] = /^(?:\+|00)81-?0?(.+)$/u.exec(folded) ?? [];
  const dialled = abroad === undefined ? folded : `0${abroad}`;
  return /^0[\d-]+$/.test(dialled) && /^\d{10,11}$/.test(dialled.replaceAll('-', ''))
    ? dialled
    : null;
}

/** True for a number whose first 0 or whose last digits a spreadsheet has surely taken away. */
export function isRuinedPhone(text: string): boolean {
  const bare = text.normalize('NFKC').trim();
  return /^\d(\.\d+)?e\+?\d+$|^\d+\.0+$/iu.test(bare) || /^[1-9]\d{8,9}$/.test(bare);
}
