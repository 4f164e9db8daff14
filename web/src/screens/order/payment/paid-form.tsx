import { Checkbox, TextInput } from '@mantine/core';
import { type CorrectPaidOn, DAY_DOUBTS, type OrderView, type Preview } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
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
        <TextInput
          type="date"
          label={t('order.payment.paidOn')}
          value={paidOn}
          disabled={unmarks}
          onChange={(event) => correction.choose(event.currentTarget.value)}
          maw={200}
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
      {corrects && <Correction correction={correction} asked={asked} />}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </div>
  );
}

/** O6: the chosen day, its preview, and its press. */
function useCorrection(order: OrderView, desk: Desk) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const [paidOn, setPaidOn] = useState(order.paidOn ?? '');
  const [dayConfirmed, confirmDay] = useState(false);
  const isChanged = paidOn !== '' && paidOn !== order.paidOn;
  const body: CorrectPaidOn = { paidOn };
  const { data: preview } = useQuery({
    ...previewQuery(shop.id, order, 'payment-date', body),
    enabled: isChanged,
  });
  const command = useOrderCommand(order, {
    method: 'PUT',
    resource: 'payment-date',
    body: { ...body, dayConfirmed },
    onDone: () => desk.showMessage('payment', t('order.payment.corrected')),
  });
  const isDoubted = preview?.decision === 'refuse' && isDayDoubt(preview.reason.code);
  return {
    paidOn,
    choose(day: string): void {
      setPaidOn(day);
      confirmDay(false);
    },
    isChanged,
    isDoubted,
    dayConfirmed,
    confirmDay,
    preview,
    command,
    /** Where the server has not said yet what it comes to, it decides at the press. */
    press(): void {
      if (isChanged && (dayConfirmed || !isDoubted)) void command.press();
    },
  };
}

/** The preview of the other day; an unlikely day needs a confirmation. */
function Correction(props: {
  readonly correction: ReturnType<typeof useCorrection>;
  readonly asked: boolean;
}) {
  const { preview, isDoubted, dayConfirmed, confirmDay } = props.correction;
  const { t } = useTranslation();
  if (preview === undefined) return null;
  if (preview.decision !== 'refuse') {
    return <Notice tone="going">{t('order.payment.correct')}</Notice>;
  }
  return (
    <Doubt preview={preview}>
      {isDoubted && (
        <Checkbox
          label={t('order.payment.confirmDay')}
          checked={dayConfirmed}
          mt="xs"
          error={props.asked && !dayConfirmed ? t('order.payment.tickConfirmDay') : null}
          onChange={(event) => confirmDay(event.currentTarget.checked)}
        />
      )}
    </Doubt>
  );
}

function Doubt(props: {
  readonly preview: Extract<Preview, { decision: 'refuse' }>;
  readonly children: ReactNode;
}) {
  const { reason, because } = props.preview;
  return (
    <Notice tone="warn" title={reason.cause}>
      <p>{reason.remedy}</p>
      {because && (
        <p>
          {because.cause} {because.remedy}
        </p>
      )}
      {props.children}
    </Notice>
  );
}

function isDayDoubt(code: string): boolean {
  return DAY_DOUBTS.some((doubt) => doubt === code);
}
