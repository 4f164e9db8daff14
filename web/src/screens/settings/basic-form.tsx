import { Radio, Switch, TextInput } from '@mantine/core';
import { RUN_ROWS_MAX, type Settings, YEN_MAX } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts, Section } from '../../ui/data/section.tsx';
import { bodyOf, numbersOf, type TypedSettings } from './basic-values.ts';
import { type FormProps, SavePart } from './save-part.tsx';
import classes from './settings.module.css';
import { LimitField, type PartProps, SignInPart } from './sign-in-part.tsx';

/**
 * S1 and S2: 自動連携, the capture deadline, and the limits above which a person types a confirmation.
 */
export function BasicForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<TypedSettings>({});
  const type = (changed: TypedSettings) => setTyped((now) => ({ ...now, ...changed }));
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
      <SignInPart settings={settings} typed={typed} numbers={numbers} onType={type} />
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
