import {
  ORDER_FILTERS,
  type OrderFilterField,
  type OrderFilterName,
  type OrderFilters,
  type OrderFiltersOf,
} from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { filterValues } from '../../app/read-filters.ts';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { RemovableChip } from '../../ui/state/chip.tsx';
import classes from '../orders/orders.module.css';
import { FILTER_NAMES, type OrderFilterTexts, type OrdersSearch } from '../orders/search.ts';
import { useChange } from '../orders/use-change.ts';
import { DAYS, FLAGS, RANGES, TEXTS, WORDS } from './fields.ts';

/** The filters of the list in words. The person can remove each of them, or all. */
export function ActiveFilters(props: {
  readonly search: OrdersSearch;
  readonly filters: OrderFilterTexts;
}) {
  const { search, filters } = props;
  const { t } = useTranslation();
  const change = useChange(search);
  const told = tell(filters, t);
  const remove = (names: readonly OrderFilterName[]) =>
    change(Object.fromEntries(names.map((name) => [name, undefined])));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name.
    <div role="group" aria-label={t('filters.active')} className={classes.kinds}>
      {told.map(({ names, text }) => (
        <RemovableChip
          key={names[0]}
          label={t('filters.remove', { filter: text })}
          onRemove={() => remove(names)}
        >
          {text}
        </RemovableChip>
      ))}
      {told.length > 1 && (
        <button type="button" className={classes.more} onClick={() => remove(FILTER_NAMES)}>
          {t('filters.clear')}
        </button>
      )}
    </div>
  );
}

type Told = { readonly names: readonly OrderFilterName[]; readonly text: string };

/** 受注日：2026/11/01〜, for each filter that is on. */
function tell(texts: OrderFilterTexts, t: TFunction): Told[] {
  const filters = filterValues(ORDER_FILTERS, texts);
  const told: Told[] = [];
  const say = (
    names: readonly OrderFilterName[],
    field: OrderFilterField,
    value: string | undefined,
  ) => {
    if (value === undefined) return;
    told.push({ names, text: t('filters.told', { name: t(`filters.names.${field}`), value }) });
  };
  for (const name of TEXTS) say([name], name, sayQuery(filters[name], t));
  for (const { range, ends } of RANGES) {
    const [from, to] = [sayEnd(filters[ends[0]]), sayEnd(filters[ends[1]])];
    say(ends, range, from + to === '' ? undefined : t('filters.range', { from, to }));
  }
  for (const name of WORDS) say([name], name, sayWords(name, filters[name], t));
  for (const name of FLAGS) {
    const value = filters[name];
    say([name], name, value === undefined ? value : t(`filters.choices.${name}.${value}`));
  }
  for (const name of DAYS) {
    const days = filters[name];
    say([name], name, days === undefined ? days : t('filters.within', { days }));
  }
  return told;
}

function sayEnd(value: OrderFilters[OrderFilterName]): string {
  if (value === undefined) return '';
  return typeof value === 'number' ? formatYen(value) : formatDate(String(value));
}

function sayWords(
  name: OrderFiltersOf<'words'>,
  words: readonly string[] | undefined,
  t: TFunction,
): string | undefined {
  const { of } = ORDER_FILTERS[name];
  return words?.map((word) => t(`words.${of}.${word}` as 'words.kind.none')).join(t('common.and'));
}

const SHOWN_MAX = 40;

/** Many 受注コード appear as their number. */
function sayQuery(q: string | undefined, t: TFunction): string | undefined {
  if (q === undefined) return undefined;
  const codes = q.normalize('NFKC').match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  if (codes.length > 1) return t('filters.codes', { count: new Set(codes).size });
  return q.length > SHOWN_MAX ? `${q.slice(0, SHOWN_MAX)}…` : q;
}
