/**
 * 送り状番号: the numbers by which a carrier finds the parcels of one destination. Several parcels have
 * several numbers, parted by a space. The same rule holds at every door: files, screens, the API.
 */

/** Parts several numbers in one text. */
const BETWEEN = /[\s,、;/]+/u;

/** Folds a text of numbers: half-width, one kind of hyphen, each number once, parted by a space. */
export function foldTrackingNumbers(text: string): string {
  const folded = text.normalize('NFKC').replace(/[‐‑‒–—―−ー]/gu, '-');
  return [...new Set(folded.split(BETWEEN).filter((number) => number !== ''))].join(' ');
}

/** Returns the single numbers of a folded text. */
export function trackingNumbersIn(text: string): string[] {
  return text.split(' ').filter((number) => number !== '');
}

/** The most characters of one number. */
const LONGEST = 40;
/** No carrier in Japan gives shorter ones. */
const SHORTEST = 8;

/**
 * True if a carrier may have given each number of a folded text: letters, digits and hyphens, at
 * least eight that are not hyphens, not all zero, and no phone number.
 */
export function areTrackingNumbers(text: string): boolean {
  return trackingNumbersIn(text).every((number) => {
    const bare = number.replaceAll('-', '');
    return (
      number.length <= LONGEST &&
      /^[\dA-Za-z-]+$/.test(number) &&
      bare.length >= SHORTEST &&
      !/^0+$/.test(bare) &&
      !/^0\d{9,10}$/.test(bare)
    );
  });
}
