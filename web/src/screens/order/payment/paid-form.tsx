import { Checkbox } from '@mantine/core';
import type { CorrectPaidOn, OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import { type AskedDay, DayDoubt, useAskedDay } from '../day-doubt.tsx';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 入金済: 入金日 (O6), the box 入金日取消 (U1), and 更新 for either. */
export function PaidForm({ order, desk }: Props) {
  const { correctPaidOn } = order.actions;
  if (!correctPaidOn.offered) return <p className="quiet">{correctPaidOn.reason.cause}</p>;
  // Another 入金日, set by anyone: the form begins again with it.
  return <Form key={order.paidOn} order={order} desk={desk} />;
}

function Form({ order, desk }: Props) {
  const { t } = useTranslation();
  const [unmarks, setUnmarks] = useState(false);
  const [asked, setAsked] = useState(false);
  const correction = useCorrection(order, desk);
  const { paidOn, isChanged, command } = correction;
  const corrects = isChanged && !unmarks;

  function press(): void {
    setAsked(true);
    if (unmarks) desk.show({ kind: 'unmark' });
    else correction.press();
  }

  return (
    <div className="stack">
      <div className={classes.paid}>
        <DateField
          label={t('order.payment.paidOn')}
          value={paidOn}
          disabled={unmarks}
          onChange={correction.choose}
        />
        <Checkbox
          label={t('order.payment.unmark')}
          checked={unmarks}
          onChange={(event) => setUnmarks(event.currentTarget.checked)}
        />
        <GuardedButton
          variant="default"
          denied={deniedTo(order, unmarks ? 'unmarkPaid' : 'correctPaidOn')}
          loading={command.progress.kind === 'sending'}
          onClick={press}
        >
          {t('order.payment.update')}
        </GuardedButton>
      </div>
      {asked && !unmarks && !isChanged && (
        <Notice tone="warn" role="alert" title={t('order.payment.chooseUpdate')} />
      )}
      {corrects && <Correction day={correction.day} asked={asked} />}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </div>
  );
}

/** O6: the chosen day, its preview, and its press. */
function useCorrection(order: OrderView, desk: Desk) {
  const { t } = useTranslation();
  const [paidOn, choose] = useState(order.paidOn ?? '');
  const isChanged = paidOn !== '' && paidOn !== order.paidOn;
  const body = { paidOn } satisfies CorrectPaidOn;
  const day = useAskedDay(order, 'payment-date', body, isChanged);
  const { dayConfirmed, isDoubted } = day;
  const command = useOrderCommand(order, {
    method: 'PUT',
    resource: 'payment-date',
    body: { ...body, dayConfirmed },
    onDone: () => desk.showMessage('payment', t('order.payment.corrected')),
  });
  return {
    paidOn,
    choose,
    isChanged,
    day,
    command,
    /** Where the server has not said yet what it comes to, it decides at the press. */
    press(): void {
      if (isChanged && (dayConfirmed || !isDoubted)) void command.press();
    },
  };
}

/** The preview of the other day; an unlikely day needs a confirmation. */
function Correction({ day, asked }: { readonly day: AskedDay; readonly asked: boolean }) {
  const { t } = useTranslation();
  const { preview } = day;
  if (preview === undefined) return null;
  if (preview.decision === 'refuse') return <DayDoubt day={day} asked={asked} />;
  return <Notice tone="going">{t('order.payment.correct')}</Notice>;
}
