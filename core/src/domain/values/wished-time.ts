/** お届け希望時間, as carts and customers write it. */

/** Hours of the day. */
export type WishedTime = { readonly from: number; readonly to: number };

/** No wish: blank, 指定なし, 最短. */
const NONE = /^(|-|なし|(時間)?(指定|希望)(なし|しない)|最短(日)?(お?届け)?)$/;
const MORNING = /^(午前中|午前)(\(\d{1,2}(時|:00)?[~-]\d{1,2}(時|:00)?\))?$/;
const HOURS = /^(\d{1,2})(?:時|:00)?[~-](\d{1,2})(?:時|:00)?(?:頃|ごろ|まで)?(?:\([^\d]*\))?$/;
const COMPACT = /^(\d{2})(\d{2})$/;

/**
 * Returns the wished hours, `none`, or null: a text whose every part is not understood (18時以降, 夜間)
 * is no hours, because a driver would come at another time.
 */
export function wishedTimeOf(text: string): WishedTime | 'none' | null {
  const folded = text
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/から|[〜～ー‐‑‒–—―−]/gu, '~');
  if (NONE.test(folded)) return 'none';
  if (MORNING.test(folded)) return { from: 8, to: 12 };
  const [, from, to] = HOURS.exec(folded) ?? COMPACT.exec(folded) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}
