import { TextInput } from '@mantine/core';
import {
  type ChangeSettings,
  DAYS_MAX,
  LIMITED_KINDS,
  type LimitedKind,
  type Settings,
  YEN_MAX,
} from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normalized } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import { type FormProps, SavePart } from './save-part.tsx';
import classes from './settings.module.css';

const HOURS_MAX = 720;
const SPANS = ['single', 'daily'] as const;
type LimitsField = `${LimitedKind}.${(typeof SPANS)[number]}` | 'memberDays' | 'hours';
type TypedLimits = Readonly<Partial<Record<LimitsField, string>>>;

/** F59: the most yen of one person alone, and who may be the second. An empty field: no limit. */
export function LimitsForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<TypedLimits>({});
  const { limits } = settings;
  const textOf = (field: LimitsField, stands: number | null) =>
    typed[field] ?? stands?.toLocaleString('ja-JP') ?? '';
  const parsed = parse(limits, typed);
  const wrong = parsed === null;
  const field = (name: LimitsField, label: string, stands: number | null, isOptional: boolean) => (
    <TextInput
      key={name}
      label={label}
      value={textOf(name, stands)}
      inputMode="numeric"
      autoComplete="off"
      error={
        numberIn(textOf(name, stands), name, isOptional) === undefined &&
        t('settings.limits.wrong', { max: MOST[name] ?? YEN_MAX })
      }
      onChange={({ currentTarget: { value } }) => setTyped((now) => ({ ...now, [name]: value }))}
    />
  );
  return (
    <>
      <p className="quiet">{t('settings.limits.lead')}</p>
      {LIMITED_KINDS.map((kind) => (
        <Section key={kind} title={t(`settings.limits.${kind}`)}>
          <p className="quiet">{t(`settings.limits.${kind}Hint`)}</p>
          <div className={classes.pair}>
            {SPANS.map((span) =>
              field(`${kind}.${span}`, t(`settings.limits.${span}`), limits[kind][span], true),
            )}
          </div>
        </Section>
      ))}
      <Section title={t('settings.limits.second')}>
        <p className="quiet">{t('settings.limits.secondHint')}</p>
        <div className={classes.pair}>
          {field('memberDays', t('settings.limits.memberDays'), limits.memberDays, false)}
          {field('hours', t('settings.limits.hours'), limits.hours, false)}
        </div>
      </Section>
      <SavePart
        settings={settings}
        wrong={wrong}
        onChanged={onChanged}
        body={wrong ? {} : { limits: parsed }}
        onSaved={() => {
          setTyped({});
          onSaved();
        }}
      />
    </>
  );
}

const MOST: Readonly<Partial<Record<LimitsField, number>>> = {
  memberDays: DAYS_MAX,
  hours: HOURS_MAX,
};

/** The number of a field; null: empty, so no limit; undefined: no such number. */
function numberIn(text: string, name: LimitsField, isOptional: boolean): number | null | undefined {
  const plain = normalized(text);
  if (plain === '' && isOptional) return null;
  const value = /^\d{1,8}$/.test(plain) ? Number(plain) : Number.NaN;
  const least = name === 'hours' ? 1 : 0;
  return value >= least && value <= (MOST[name] ?? YEN_MAX) ? value : undefined;
}

/** The limits with the typed values; null if one of them is wrong. */
function parse(
  limits: Settings['limits'],
  typed: TypedLimits,
): NonNullable<ChangeSettings['limits']> | null {
  const read = (name: LimitsField, stands: number | null, isOptional: boolean) => {
    const text = typed[name];
    return text === undefined ? stands : numberIn(text, name, isOptional);
  };
  const of = (kind: LimitedKind) => ({
    single: read(`${kind}.single`, limits[kind].single, true),
    daily: read(`${kind}.daily`, limits[kind].daily, true),
  });
  const [refund, raise] = [of('refund'), of('raise')];
  const memberDays = read('memberDays', limits.memberDays, false);
  const hours = read('hours', limits.hours, false);
  if (!isLimit(refund) || !isLimit(raise) || memberDays == null || hours == null) return null;
  return { refund, raise, memberDays, hours };
}

type Span = number | null | undefined;

function isLimit(limit: {
  readonly single: Span;
  readonly daily: Span;
}): limit is Settings['limits']['refund'] {
  return limit.single !== undefined && limit.daily !== undefined;
}
