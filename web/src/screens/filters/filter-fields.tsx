import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { ORDER_FILTERS, type OrderFilterName, type OrderFiltersOf } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { filterValues, textOf, toggled } from '../../app/read-filters.ts';
import { Chip } from '../../ui/state/chip.tsx';
import type { Draft, DraftErrors } from './draft.ts';
import { DAYS, FLAGS, RANGES, type Range, TEXTS, WORDS } from './fields.ts';
import classes from './filters.module.css';

export type Form = {
  readonly draft: Draft;
  readonly errors: DraftErrors;
  readonly set: (name: OrderFilterName, value: string) => void;
};
type PlacedField = Form & { readonly id: string };

/** A field for every filter of the table. */
export function Fields({ id, ...form }: PlacedField) {
  return (
    <>
      {TEXTS.map((name) => (
        <Text key={name} id={id} name={name} {...form} />
      ))}
      <div className={classes.grid}>
        {RANGES.map((range) => (
          <Ends key={range.range} id={id} range={range} {...form} />
        ))}
        {DAYS.map((name) => (
          <Days key={name} id={id} name={name} {...form} />
        ))}
      </div>
      <div className={classes.flags}>
        {FLAGS.map((name) => (
          <Flag key={name} name={name} {...form} />
        ))}
      </div>
      {WORDS.map((name) => (
        <Choices key={name} name={name} {...form} />
      ))}
    </>
  );
}

/** Many 受注コード at once, or a word. */
function Text(props: PlacedField & { readonly name: OrderFiltersOf<'text'> }) {
  const { id, name, draft, errors, set } = props;
  const { t } = useTranslation();
  const text = draft[name] ?? '';
  return (
    <Textarea
      id={`${id}-${name}`}
      label={t(`filters.names.${name}`)}
      description={t('filters.qHint')}
      value={text}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={errors[name] && t('filters.tooLong', { ...limitsOf(name), count: text.length })}
      rows={3}
      resize="vertical"
      data-autofocus
    />
  );
}

/** The two ends of a range: of dates, or of yen. */
function Ends({ id, range, ...form }: PlacedField & { readonly range: Range }) {
  const { t } = useTranslation();
  const name = t(`filters.names.${range.range}`);
  const { kind, ends } = range;
  const [from, to] = ends;
  const labels = kind === 'date' ? (['from', 'to'] as const) : (['least', 'most'] as const);
  const field = { ...form, id, kind };
  return (
    <fieldset className={classes.range}>
      <legend>{name}</legend>
      <Field {...field} name={from} label={t(`filters.${labels[0]}`, { name })} />
      <span aria-hidden="true">{t('common.range', { from: '', to: '' })}</span>
      <Field {...field} name={to} label={t(`filters.${labels[1]}`, { name })} />
    </fieldset>
  );
}

function Days(props: PlacedField & { readonly name: OrderFiltersOf<'days'> }) {
  const { id, name, draft, errors, set } = props;
  const { t } = useTranslation();
  return (
    <TextInput
      id={`${id}-${name}`}
      label={t(`filters.names.${name}`)}
      description={t('filters.daysHint', limitsOf(name))}
      value={draft[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={errors[name] && t('filters.daysWrong', limitsOf(name))}
      inputMode="numeric"
    />
  );
}

function limitsOf(name: OrderFilterName) {
  const filter = ORDER_FILTERS[name];
  return { max: 'max' in filter ? filter.max : 0 };
}

/** One end of a range; its legend names it for the eyes. */
function Field(
  props: PlacedField & {
    readonly name: OrderFilterName;
    readonly label: string;
    readonly kind: Range['kind'];
  },
) {
  const { id, name, label, kind, draft, errors, set } = props;
  const { t } = useTranslation();
  const error = errors[name];
  return (
    <TextInput
      id={`${id}-${name}`}
      aria-label={label}
      value={draft[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      error={error && error !== 'tooLong' && t(`filters.${error}`, limitsOf(name))}
      {...(kind === 'date' ? { type: kind } : { inputMode: 'numeric' })}
    />
  );
}

function Flag({ name, draft, set }: Form & { readonly name: OrderFiltersOf<'flag'> }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`filters.names.${name}`)}
      value={draft[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
      data={[
        { value: '', label: t('filters.any') },
        { value: 'true', label: t(`filters.choices.${name}.true`) },
        { value: 'false', label: t(`filters.choices.${name}.false`) },
      ]}
    />
  );
}

function Choices({ name, draft, set }: Form & { readonly name: OrderFiltersOf<'words'> }) {
  const { t } = useTranslation();
  const { of, words } = ORDER_FILTERS[name];
  const chosen: readonly string[] = filterValues(ORDER_FILTERS, draft)[name] ?? [];
  return (
    <fieldset className={classes.choices}>
      <legend>{t(`filters.names.${name}`)}</legend>
      {words.map((word) => (
        <Chip
          key={word}
          on={chosen.includes(word)}
          onClick={() => set(name, textOf(toggled(chosen, word)) ?? '')}
        >
          {t(`words.${of}.${word}` as 'words.kind.none')}
        </Chip>
      ))}
    </fieldset>
  );
}
