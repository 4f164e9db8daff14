import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { jaWords } from '../../locale/ja-words.ts';
import { RemovableChip } from '../../ui/chip.tsx';
import { formatDate, formatYen } from '../../ui/format.ts';
import classes from '../orders/orders.module.css';
import {
  FILTER_NAMES,
  type FilterName,
  type OrderFilters,
  type OrdersSearch,
  wordsIn,
} from '../orders/search.ts';
import { useChange } from '../orders/use-change.ts';
import { DATE_RANGES, FLAG_FILTERS, keysOf, WORD_FILTERS } from './fields.ts';

/** What the list is narrowed by, in words: each can be taken away, and all of them. */
export function ActiveFilters(props: {
  readonly search: OrdersSearch;
  readonly filters: OrderFilters;
}) {
  const { search, filters } = props;
  const { t } = useTranslation();
  const change = useChange(search);
  const told = tell(filters, t);
  const remove = (names: readonly FilterName[]) =>
    change(Object.fromEntries(names.map((name) => [name, undefined])));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would say it twice.
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

type Told = { readonly names: readonly FilterName[]; readonly text: string };

/** 受注日：2026/11/01〜, for each filter that is on. */
function tell(filters: OrderFilters, t: TFunction): Told[] {
  const told: Told[] = [];
  const say = (names: readonly FilterName[], name: string, value: string) =>
    told.push({ names, text: t('filters.told', { name, value }) });
  const ends = ([from, to]: readonly [FilterName, FilterName], format: (text: string) => string) =>
    t('filters.range', {
      from: filters[from] ? format(filters[from]) : '',
      to: filters[to] ? format(filters[to]) : '',
    });
  if (filters.q) say(['q'], t('filters.names.q'), sayQuery(filters.q, t));
  for (const range of keysOf(DATE_RANGES)) {
    const names = DATE_RANGES[range];
    if (names.some((name) => filters[name])) {
      say(names, t(`filters.names.${range}`), ends(names, formatDate));
    }
  }
  const billed = ['billedMin', 'billedMax'] as const;
  if (billed.some((name) => filters[name] !== undefined)) {
    say(
      billed,
      t('filters.names.billed'),
      ends(billed, (text) => formatYen(Number(text))),
    );
  }
  for (const name of keysOf(WORD_FILTERS)) {
    const words = wordsIn(filters[name]);
    if (words.length > 0) say([name], t(`filters.names.${name}`), sayWords(name, words, t));
  }
  for (const name of keysOf(FLAG_FILTERS)) {
    const value = filters[name];
    if (value !== 'true' && value !== 'false') continue;
    say([name], t(`filters.names.${FLAG_FILTERS[name]}`), t(`filters.choices.${name}.${value}`));
  }
  if (filters.captureWithinDays) {
    const days = t('filters.within', { days: filters.captureWithinDays });
    say(['captureWithinDays'], t('filters.names.captureWithinDays'), days);
  }
  return told;
}

function sayWords(name: keyof typeof WORD_FILTERS, words: readonly string[], t: TFunction): string {
  const table = WORD_FILTERS[name];
  const known = keysOf<string>(jaWords[table]);
  return words
    .filter((word) => known.includes(word))
    .map((word) => t(`words.${table}.${word}` as 'words.kind.none'))
    .join('・');
}

const SHOWN_MAX = 40;

/** Many 受注コード are told by their number. */
function sayQuery(q: string, t: TFunction): string {
  const codes = q.normalize('NFKC').match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  if (codes.length > 1) return t('filters.codes', { count: new Set(codes).size });
  return q.length > SHOWN_MAX ? `${q.slice(0, SHOWN_MAX)}…` : q;
}
