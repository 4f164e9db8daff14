import { Radio, Switch, TextInput } from '@mantine/core';
import {
  type ChangeSettings,
  DAYS_MAX,
  RUN_ROWS_MAX,
  SESSION_HOURS,
  SESSION_IDLE_MINUTES,
  type Settings,
  YEN_MAX,
} from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normalized } from '../../ui/browser/format.ts';
import { Facts, Section } from '../../ui/data/section.tsx';
import { type FormProps, SavePart } from './save-part.tsx';
import classes from './settings.module.css';

/** The touched values only; every other value stays as the shop has it, whoever changes it. */
type TypedSettings = {
  readonly linkEnabled?: boolean;
  readonly inquiry?: boolean;
  readonly digest?: boolean;
  readonly requireTwoFactor?: boolean;
  readonly days?: string;
  readonly orders?: string;
  readonly yen?: string;
  readonly idleMinutes?: string;
  readonly hours?: string;
};

/**
 * S1 and S2: 自動連携, the capture deadline, and the limits above which a person types a confirmation.
 */
export function BasicForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<TypedSettings>({});
  const type = (changed: TypedSettings) => setTyped({ ...typed, ...changed });
  const { linkEnabled = settings.linkEnabled } = typed;
  const numbers = numbersOf(settings, typed);
  const wrong = Object.values(numbers).includes(null);
  return (
    <>
      <LinkChoice on={linkEnabled} onChange={(on) => type({ linkEnabled: on })} />
      <Captures settings={settings} typed={typed} numbers={numbers} onType={type} />
      <Limits settings={settings} typed={typed} numbers={numbers} onType={type} />
      <Section title={t('settings.notices')}>
        <Switch
          label={t('settings.digest')}
          description={t('settings.digestHint')}
          checked={typed.digest ?? settings.digest}
          onChange={(event) => type({ digest: event.currentTarget.checked })}
        />
      </Section>
      <SignIn settings={settings} typed={typed} numbers={numbers} onType={type} />
      <SavePart
        settings={settings}
        wrong={wrong}
        onChanged={onChanged}
        body={wrong ? {} : bodyOf(settings, typed, numbers)}
        warning={linkWarning(settings, typed, t('settings.linkOnHint'), t('settings.linkOffHint'))}
        onSaved={() => {
          setTyped({});
          onSaved();
        }}
      />
      <Connection settings={settings} />
    </>
  );
}

type PartProps = {
  readonly settings: Settings;
  readonly typed: TypedSettings;
  readonly numbers: TypedNumbers;
  readonly onType: (changed: TypedSettings) => void;
};

/** 売上処理期限, and whether F-REGI can be asked. */
function Captures({ settings, typed, numbers, onType }: PartProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.capture')}>
      <div className="stack">
        <TextInput
          label={t('settings.deadline')}
          description={t('settings.deadlineHint')}
          value={typed.days ?? String(settings.captureDeadlineDays)}
          inputMode="numeric"
          autoComplete="off"
          error={numbers.days === null ? t('settings.deadlineWrong') : null}
          onChange={(event) => onType({ days: event.currentTarget.value })}
          maw={420}
        />
        <Switch
          label={t('settings.inquiry')}
          description={t('settings.inquiryHint')}
          checked={typed.inquiry ?? settings.inquiry}
          onChange={(event) => onType({ inquiry: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

/** From how many orders and how much money on a confirmation is typed. */
function Limits({ settings, typed, numbers, onType }: PartProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.confirm')}>
      <p className="quiet">{t('settings.confirmLead')}</p>
      <div className={classes.pair}>
        <LimitField
          label={t('settings.confirmOrders')}
          value={typed.orders ?? settings.confirm.orders.toLocaleString('ja-JP')}
          error={numbers.orders === null && t('settings.confirmOrdersWrong', { max: RUN_ROWS_MAX })}
          onChange={(orders) => onType({ orders })}
        />
        <LimitField
          label={t('settings.confirmYen')}
          value={typed.yen ?? settings.confirm.yen.toLocaleString('ja-JP')}
          error={numbers.yen === null && t('settings.confirmYenWrong', { max: YEN_MAX })}
          onChange={(yen) => onType({ yen })}
        />
      </div>
    </Section>
  );
}

/** Who needs a second factor, and when a session ends. */
function SignIn({ settings, typed, numbers, onType }: PartProps) {
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
function LimitField(props: {
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

type TypedNumbers = Record<'days' | 'orders' | 'yen' | 'idleMinutes' | 'hours', number | null>;

/** The typed numbers, also with full-width digits and commas; null for a text that is no number. */
function numbersOf(settings: Settings, typed: TypedSettings): TypedNumbers {
  const { captureDeadlineDays, confirm, sessionEnds } = settings;
  const read = (text: string | undefined, saved: number, limits: { min?: number; max: number }) =>
    text === undefined ? saved : numberIn(text, limits);
  return {
    days: read(typed.days, captureDeadlineDays, { max: DAYS_MAX }),
    orders: read(typed.orders, confirm.orders, { max: RUN_ROWS_MAX }),
    yen: read(typed.yen, confirm.yen, { max: YEN_MAX }),
    idleMinutes: read(typed.idleMinutes, sessionEnds.idleMinutes, SESSION_IDLE_MINUTES),
    hours: read(typed.hours, sessionEnds.hours, SESSION_HOURS),
  };
}

function numberIn(text: string, { min = 1, max }: { min?: number; max: number }): number | null {
  const plain = normalized(text);
  const value = /^\d{1,8}$/.test(plain) ? Number(plain) : 0;
  return value >= min && value <= max ? value : null;
}

/** The touched values only, so that the form undoes nobody else's change. */
function bodyOf(settings: Settings, typed: TypedSettings, numbers: TypedNumbers): ChangeSettings {
  const { days, orders, yen } = numbers;
  const isLimit = typed.orders !== undefined || typed.yen !== undefined;
  return {
    ...(typed.linkEnabled === undefined ? {} : { linkEnabled: typed.linkEnabled }),
    ...(typed.inquiry === undefined ? {} : { inquiry: typed.inquiry }),
    ...(typed.digest === undefined ? {} : { digest: typed.digest }),
    ...(typed.requireTwoFactor === undefined ? {} : { requireTwoFactor: typed.requireTwoFactor }),
    ...(typed.days === undefined || days === null ? {} : { captureDeadlineDays: days }),
    ...(isLimit
      ? { confirm: { orders: orders ?? settings.confirm.orders, yen: yen ?? settings.confirm.yen } }
      : {}),
    ...sessionEndsOf(settings, typed, numbers),
  };
}

function sessionEndsOf(
  { sessionEnds }: Settings,
  typed: TypedSettings,
  { idleMinutes, hours }: TypedNumbers,
): Pick<ChangeSettings, 'sessionEnds'> {
  if (typed.idleMinutes === undefined && typed.hours === undefined) return {};
  return {
    sessionEnds: {
      idleMinutes: idleMinutes ?? sessionEnds.idleMinutes,
      hours: hours ?? sessionEnds.hours,
    },
  };
}

function linkWarning(
  settings: Settings,
  typed: TypedSettings,
  on: string,
  off: string,
): string | null {
  const { linkEnabled = settings.linkEnabled } = typed;
  if (linkEnabled === settings.linkEnabled) return null;
  return linkEnabled ? on : off;
}

/** F-REGI自動連携, each choice with its meaning. */
function LinkChoice(props: { readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.link')}>
      <p className="quiet">{t('settings.linkPlace')}</p>
      <Radio.Group
        aria-label={t('settings.link')}
        value={props.on ? 'on' : 'off'}
        onChange={(value) => props.onChange(value === 'on')}
      >
        <div className="stack">
          <Radio value="on" label={t('settings.linkOn')} description={t('settings.linkOnHint')} />
          <Radio
            value="off"
            label={t('settings.linkOff')}
            description={t('settings.linkOffHint')}
          />
        </div>
      </Radio.Group>
    </Section>
  );
}

function Connection({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { environment, shopId, baseUrl } = settings.fregi;
  return (
    <Section title={t('settings.fregi')}>
      <Facts
        facts={[
          [t('settings.environment'), t(`words.environment.${environment}`)],
          [t('settings.shopId'), <code key="shop">{shopId}</code>],
          [t('settings.baseUrl'), <code key="url">{baseUrl}</code>],
        ]}
      />
      <p className="quiet">{t('settings.fregiHint')}</p>
    </Section>
  );
}
