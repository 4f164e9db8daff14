import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { jaWords } from '../../locale/ja-words.ts';
import { Chip } from '../../ui/chip.tsx';
import { type FilterName, SEARCH_MAX, textOf, wordsIn } from '../orders/search.ts';
import type { Draft, DraftErrors } from './draft.ts';
import {
  DATE_RANGES,
  type DateRange,
  FLAG_FILTERS,
  type FlagFilter,
  keysOf,
  WORD_FILTERS,
  type WordFilter,
} from './fields.ts';
import classes from './filters.module.css';

export type Form = {
  readonly draft: Draft;
  readonly errors: DraftErrors;
  readonly set: (name: FilterName, value: string) => void;
};
type Placed = Form & { readonly id: string };

/** Many 受注コード at once, or a word. */
export function Words({ id, draft, errors, set }: Placed) {
  const { t } = useTranslation();
  const { q = '' } = draft;
  return (
    <Textarea
      id={`${id}-q`}
      label={t('filters.names.q')}
      description={t('filters.qHint')}
      value={q}
      onChange={(event) => set('q', event.currentTarget.value)}
      error={errors.q && t('filters.qTooLong', { max: SEARCH_MAX, count: q.length })}
      rows={3}
      resize="vertical"
      data-autofocus
    />
  );
}

export function Dates({ id, range, ...form }: Placed & { readonly range: DateRange }) {
  const { t } = useTranslation();
  const name = t(`filters.names.${range}`);
  const [from, to] = DATE_RANGES[range];
  return (
    <fieldset className={classes.range}>
      <legend>{name}</legend>
      <Field id={id} name={from} type="date" label={t('filters.from', { name })} {...form} />
      <span aria-hidden="true">〜</span>
      <Field id={id} name={to} type="date" label={t('filters.to', { name })} {...form} />
    </fieldset>
  );
}

export function Billed({ id, ...form }: Placed) {
  const { t } = useTranslation();
  const name = t('filters.names.billed');
  return (
    <fieldset className={classes.range}>
      <legend>{name}</legend>
      <Field id={id} name="billedMin" label={t('filters.least', { name })} {...form} />
      <span aria-hidden="true">〜</span>
      <Field id={id} name="billedMax" label={t('filters.most', { name })} {...form} />
    </fieldset>
  );
}

export function Days({ id, draft, errors, set }: Placed) {
  const { t } = useTranslation();
  const error = errors.captureWithinDays;
  return (
    <TextInput
      id={`${id}-captureWithinDays`}
      label={t('filters.names.captureWithinDays')}
      description={t('filters.daysHint')}
      value={draft.captureWithinDays ?? ''}
      onChange={(event) => set('captureWithinDays', event.currentTarget.value)}
      error={error && t('filters.daysWrong')}
      inputMode="numeric"
    />
  );
}

/** One end of a range; its legend names it for the eyes. */
function Field(
  props: Placed & {
    readonly name: FilterName;
    readonly label: string;
    readonly type?: 'date';
  },
) {
  const { id, name, label, type, draft, errors, set } = props;
  const { t } = useTranslation();
  const error = errors[name];
  return (
    <TextInput
      id={`${id}-${name}`}
      aria-label={label}
      value={draft[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={error && error !== 'qTooLong' && t(`filters.${error}`)}
      {...(type === 'date' ? { type } : { inputMode: 'numeric' })}
    />
  );
}

export function Flag({ name, draft, set }: Form & { readonly name: FlagFilter }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`filters.names.${FLAG_FILTERS[name]}`)}
      value={draft[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      data={[
        { value: '', label: t('filters.choices.any') },
        { value: 'true', label: t(`filters.choices.${name}.true`) },
        { value: 'false', label: t(`filters.choices.${name}.false`) },
      ]}
    />
  );
}

export function Choices({ name, draft, set }: Form & { readonly name: WordFilter }) {
  const { t } = useTranslation();
  const table = WORD_FILTERS[name];
  const chosen = wordsIn(draft[name]);
  const toggle = (word: string) =>
    set(
      name,
      textOf(chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word]) ??
        '',
    );
  return (
    <fieldset className={classes.choices}>
      <legend>{t(`filters.names.${name}`)}</legend>
      {keysOf<string>(jaWords[table]).map((word) => (
        <Chip key={word} on={chosen.includes(word)} onClick={() => toggle(word)}>
          {t(`words.${table}.${word}` as 'words.kind.none')}
        </Chip>
      ))}
    </fieldset>
  );
}
