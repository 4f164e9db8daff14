import { Checkbox } from '@mantine/core';
import { DAY_DOUBTS, type OrderView, type Preview } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PreviewOf, previewQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Notice } from '../../ui/notice/notice.tsx';

/** O6: the server's view of a typed 入金日, and the operator's confirmation of an unlikely one. */
export type AskedDay = {
  readonly preview: Preview | undefined;
  readonly isDoubted: boolean;
  readonly dayConfirmed: boolean;
  confirmDay(on: boolean): void;
};

/** O6: asks the server about the day in the body of a command on an order, if it is `wanted`. */
export function useAskedDay(
  order: OrderView,
  what: Extract<PreviewOf, 'payment' | 'payment-date'>,
  body: { readonly paidOn: string },
  wanted: boolean,
): AskedDay {
  const { shop } = useSession();
  const [confirmed, confirm] = useState<string | null>(null);
  const { paidOn } = body;
  const { data } = useQuery({ ...previewQuery(shop.id, order, what, body), enabled: wanted });
  const preview = wanted ? data : undefined;
  return {
    preview,
    isDoubted: preview?.decision === 'refuse' && isDayDoubt(preview.reason.code),
    dayConfirmed: confirmed === paidOn,
    confirmDay: (on) => confirm(on ? paidOn : null),
  };
}

/** Why a day is refused; an unlikely day is taken once the operator has confirmed it. */
export function DayDoubt({ day, asked }: { readonly day: AskedDay; readonly asked: boolean }) {
  const { t } = useTranslation();
  const { preview, isDoubted, dayConfirmed, confirmDay } = day;
  if (preview?.decision !== 'refuse') return null;
  const { reason, because } = preview;
  return (
    <Notice tone="warn" title={reason.cause}>
      <p>{reason.remedy}</p>
      {because && (
        <p>
          {because.cause} {because.remedy}
        </p>
      )}
      {isDoubted && (
        <Checkbox
          label={t('order.payment.confirmDay')}
          checked={dayConfirmed}
          mt="xs"
          error={asked && !dayConfirmed ? t('order.payment.tickConfirmDay') : null}
          onChange={(event) => confirmDay(event.currentTarget.checked)}
        />
      )}
    </Notice>
  );
}

export function isDayDoubt(code: string): boolean {
  return DAY_DOUBTS.some((doubt) => doubt === code);
}
