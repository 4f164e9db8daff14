import { Switch, TextInput } from '@mantine/core';
import { SESSION_HOURS, SESSION_IDLE_MINUTES, type Settings } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/data/section.tsx';
import type { TypedNumbers, TypedSettings } from './basic-values.ts';
import classes from './settings.module.css';

export type PartProps = {
  readonly settings: Settings;
  readonly typed: TypedSettings;
  readonly numbers: TypedNumbers;
  readonly onType: (changed: TypedSettings) => void;
};

/** Who needs a second factor, and when a session ends. */
export function SignInPart({ settings, typed, numbers, onType }: PartProps) {
  const { t } = useTranslation();
  const { idleMinutes, hours } = settings.sessionEnds;
  return (
    <Section title={t('settings.signIn')}>
      <div className="stack">
        <Switch
          label={t('settings.requireTwoFactor')}
          description={t('settings.requireTwoFactorHint')}
          checked={typed.requireTwoFactor ?? settings.requireTwoFactor}
          onChange={(event) => onType({ requireTwoFactor: event.currentTarget.checked })}
        />
        <div className={classes.pair}>
          <LimitField
            label={t('settings.sessionIdle')}
            value={typed.idleMinutes ?? String(idleMinutes)}
            error={
              numbers.idleMinutes === null && t('settings.sessionIdleWrong', SESSION_IDLE_MINUTES)
            }
            onChange={(text) => onType({ idleMinutes: text })}
          />
          <LimitField
            label={t('settings.sessionHours')}
            value={typed.hours ?? String(hours)}
            error={numbers.hours === null && t('settings.sessionHoursWrong', SESSION_HOURS)}
            onChange={(text) => onType({ hours: text })}
          />
        </div>
        <p className="quiet">{t('settings.sessionHint')}</p>
      </div>
    </Section>
  );
}

/** A number that limits something, as text. */
export function LimitField(props: {
  readonly label: string;
  readonly value: string;
  readonly error: string | false;
  readonly onChange: (text: string) => void;
}) {
  const { label, value, error, onChange } = props;
  return (
    <TextInput
      label={label}
      value={value}
      inputMode="numeric"
      autoComplete="off"
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
