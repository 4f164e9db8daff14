import type { Unshown } from '@renkei/contract/common.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { DateRangeError } from '@renkei/core/domain/values/jst.ts';

/**
 * Presents the rows of a list one by one, so that a row with impossible stored dates does not spoil
 * the others: the list names it, with the reason why it is not shown.
 */
export function presentRows<Row, View>(
  rows: readonly Row[],
  { idOf, locale }: { readonly idOf: (row: Row) => string; readonly locale: Locale },
  present: (row: Row) => View,
): { items: View[]; unshown: Unshown[] } {
  const items: View[] = [];
  const unshown: Unshown[] = [];
  for (const row of rows) {
    try {
      items.push(present(row));
    } catch (error) {
      if (!(error instanceof DateRangeError)) throw error;
      unshown.push({ id: idOf(row), reason: WHY[locale] });
    }
  }
  return { items, unshown };
}

const WHY = {
  ja: '保存されている日付を扱えないため、表示できません。サーバーの管理者にご連絡ください。',
  en: 'Renkei cannot handle a stored date of it; tell the administrator.',
} as const;
