import { NativeSelect, TextInput } from '@mantine/core';
import { type ChangeSubscription, DAYS_MAX, type SubscriptionView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jstDateOf, normalized } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { type Difference, Differences } from '../../ui/data/differences.tsx';
import { type DialogProps, Outcome } from './dialogs.tsx';
import classes from './subscriptions.module.css';
import { useAct, useDifferences } from './use-act.ts';

const UNITS = ['day', 'week', 'month'] as const;

/**
 * The touched values only; every other value stays as the application has it, whoever changes it.
 */
type TypedChange = {
  readonly nextDeliveryOn?: string;
  readonly every?: string;
  readonly unit?: SubscriptionView['cycle']['unit'];
  readonly customerId?: string;
};

/** 次回お届け日変更, お届けサイクル変更, another registered card; the dialog shows the changes first. */
export function ChangeDialog({ application, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [seen] = useState(application);
  const [typed, setTyped] = useState<TypedChange>({});
  const [asked, setAsked] = useState(false);
  const differences = useDifferences();
  const { wanted, wrong } = judge(application, typed);
  const command = useAct(application, { kind: 'change', body: wanted }, () =>
    onDone(t('subscriptions.change.done')),
  );
  const changes: Difference[] = differences(application, {
    ...application,
    cycle: wanted.cycle ?? application.cycle,
    nextDeliveryOn: wanted.nextDeliveryOn ?? application.nextDeliveryOn,
    customerId: wanted.customerId ?? application.customerId,
  });
  const isWrong = Object.values(wrong).includes(true);
  const type = (changed: TypedChange) => setTyped((now) => ({ ...now, ...changed }));
  return (
    <Dialog
      title={t('subscriptions.change.title')}
      onClose={onClose}
      confirm={t('subscriptions.change.confirm')}
      busy={command.progress.kind === 'sending'}
      onConfirm={() => {
        setAsked(true);
        if (!isWrong && changes.length > 0) void command.press();
      }}
    >
      <Fields application={application} typed={typed} wrong={wrong} onType={type} />
      {changes.length > 0 && !isWrong && (
        <section aria-label={t('subscriptions.change.preview')}>
          <Differences items={changes} />
        </section>
      )}
      {asked && changes.length === 0 && !isWrong && (
        <p role="alert">{t('subscriptions.change.unchanged')}</p>
      )}
      <Outcome command={command} seen={seen} />
    </Dialog>
  );
}

type FieldsProps = {
  readonly application: SubscriptionView;
  readonly typed: TypedChange;
  readonly wrong: ReturnType<typeof judge>['wrong'];
  readonly onType: (changed: TypedChange) => void;
};

function Fields({ application, typed, wrong, onType }: FieldsProps) {
  const { t } = useTranslation();
  const { leadDays, customerId } = application;
  return (
    <>
      <TextInput
        type="date"
        label={t('subscriptions.change.nextDeliveryOn')}
        description={t('subscriptions.change.nextHint', { count: leadDays })}
        value={typed.nextDeliveryOn ?? application.nextDeliveryOn ?? ''}
        error={wrong.date ? t('subscriptions.change.dateWrong') : null}
        onChange={(event) => onType({ nextDeliveryOn: event.currentTarget.value })}
        maw={280}
      />
      <Cycle application={application} typed={typed} wrong={wrong} onType={onType} />
      {customerId !== null && (
        <TextInput
          label={t('subscriptions.change.card')}
          description={t('subscriptions.change.cardHint', { current: customerId })}
          value={typed.customerId ?? ''}
          autoComplete="off"
          error={wrong.card ? t('subscriptions.change.cardWrong') : null}
          onChange={(event) => onType({ customerId: event.currentTarget.value })}
          maw={360}
        />
      )}
    </>
  );
}

/** お届けサイクル: a number of days, weeks or months. */
function Cycle({ application, typed, wrong, onType }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.cycle}>
      <TextInput
        label={t('subscriptions.change.every')}
        value={typed.every ?? String(application.cycle.every)}
        inputMode="numeric"
        autoComplete="off"
        error={wrong.every ? t('subscriptions.change.everyWrong') : null}
        onChange={(event) => onType({ every: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('subscriptions.change.unit')}
        value={typed.unit ?? application.cycle.unit}
        onChange={({ currentTarget: { value } }) =>
          onType({ unit: UNITS.find((unit) => unit === value) ?? 'month' })
        }
        data={UNITS.map((value) => ({ value, label: t(`subscriptions.change.units.${value}`) }))}
      />
    </div>
  );
}

/** The change that was typed, and its errors. */
function judge(application: SubscriptionView, typed: TypedChange) {
  const { nextDeliveryOn: next, every, unit } = typed;
  const count = every === undefined ? application.cycle.every : Number(normalized(every));
  const cycle = { every: count, unit: unit ?? application.cycle.unit };
  const customerId = normalized(typed.customerId ?? '');
  const isOther = cycle.every !== application.cycle.every || cycle.unit !== application.cycle.unit;
  const wanted: ChangeSubscription = {
    ...(isOther ? { cycle } : {}),
    ...(next !== undefined && next !== application.nextDeliveryOn ? { nextDeliveryOn: next } : {}),
    ...(customerId === '' ? {} : { customerId }),
  };
  const wrong = {
    date: next !== undefined && !(next >= jstDateOf(new Date())),
    every: !Number.isInteger(count) || count < 1 || count > DAYS_MAX,
    card: customerId !== '' && !/^[A-Za-z0-9-]{1,20}$/.test(customerId),
  };
  return { wanted, wrong };
}
