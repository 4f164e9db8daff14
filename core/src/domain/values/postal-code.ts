/** 郵便番号 */

/** Returns a code as `530-0001`, or null if the text is none of Japan. */
export function postalCodeOf(text: string): string | null {
  const bare = text.normalize('NFKC').replace(/[〒\s‐‑‒–—―−ー-]/gu, '');
  return /^\d{7}$/.test(bare) ? `${bare.slice(0, 3)}-${bare.slice(3)}` : null;
}

/** True for a code whose first 0 or whose last digits a spreadsheet has surely taken away. */
export function isRuinedPostalCode(text: string): boolean {
  const bare = text.normalize('NFKC').trim();
  return /^\d(\.\d+)?e\+?\d+$|^\d+\.0+$/iu.test(bare) || /^\d{1,6}$/.test(bare);
}
