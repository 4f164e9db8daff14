import { Radio, Stack } from '@mantine/core';
import type { ClosingView, Reconciliation } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { reconciliationQuery } from '../../api/reconciliation.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Facts } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';

type EarlierAnswer = 'included' | 'left_out';

type Props = {
  readonly from: string;
  readonly to: string;
  /** The date of the first record before the period, if nothing was closed yet. */
  readonly firstRecordOn: string | null;
  readonly onClose: () => void;
};

/**
 * 締め: the days with their counts and sums, the lines that are left open, and the warning that
 * closing is final. The first closing asks about the days before it.
 */
export function CloseDialog({ from, to, firstRecordOn, onClose }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [earlier, setEarlier] = useState<EarlierAnswer | null>(null);
  const [isChoiceMissing, setChoiceMissing] = useState(false);
  const reread = () => queries.invalidateQueries({ queryKey: ['reconciliation', shop.id] });
  const begins = earlier === 'included' && firstRecordOn !== null ? firstRecordOn : from;
  const command = useCommand<ClosingView>({
    send: (key) =>
      ask('POST', '/v1/reconciliation/closings', {
        shop: shop.id,
        key,
        body: { from, to, ...(earlier === null ? {} : { earlier }) },
      }),
    onDone() {
      onClose();
      void reread();
    },
    reread,
  });
  const confirm = () => {
    if (firstRecordOn !== null && earlier === null) setChoiceMissing(true);
    else void command.press();
  };
  return (
    <Dialog
      title={t('reconciliation.close.dialog', { from: formatDate(begins), to: formatDate(to) })}
      onClose={onClose}
      onConfirm={confirm}
      confirm={t('reconciliation.close.confirm')}
      busy={command.progress.kind === 'sending'}
    >
      {firstRecordOn !== null && (
        <EarlierChoice
          from={from}
          firstRecordOn={firstRecordOn}
          value={earlier}
          isMissing={isChoiceMissing}
          onChange={(value) => {
            setEarlier(value);
            setChoiceMissing(false);
          }}
        />
      )}
      <WhatIsClosed from={begins} to={to} />
      <p>{t('reconciliation.close.lead')}</p>
      <p>{t('reconciliation.close.final')}</p>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}

/** The choice for the days before the first closing that have records. */
function EarlierChoice(props: {
  readonly from: string;
  readonly firstRecordOn: string;
  readonly value: EarlierAnswer | null;
  readonly isMissing: boolean;
  readonly onChange: (value: EarlierAnswer) => void;
}) {
  const { t } = useTranslation();
  const { from, firstRecordOn, value, isMissing, onChange } = props;
  const last = formatDate(dayBefore(from));
  const first = formatDate(firstRecordOn);
  return (
    <Radio.Group
      label={t('reconciliation.close.earlier', { from: last })}
      description={t('reconciliation.close.earlierLead', { on: first })}
      error={isMissing && t('reconciliation.close.choose', { from: last })}
      value={value}
      onChange={(chosen) => onChange(chosen === 'included' ? 'included' : 'left_out')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="included" label={t('reconciliation.close.included', { on: first })} />
        <Radio value="left_out" label={t('reconciliation.close.left_out', { on: last })} />
      </Stack>
    </Radio.Group>
  );
}

/** Counts and sums of both sides, and the unsettled lines that would be closed. */
function WhatIsClosed({ from, to }: Pick<Props, 'from' | 'to'>) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, refetch } = useQuery(
    reconciliationQuery(shop.id, { from, to, limit: 1, offset: 0 }),
  );
  if (error) {
    const title = t('reconciliation.failed');
    return <ReadFailure error={error} title={title} onRetry={() => void refetch()} />;
  }
  if (data === undefined || data.from !== from || data.to !== to) return <Loading rows={2} />;
  const { ours, theirs } = data.equation;
  const said = (side: typeof ours) =>
    t('reconciliation.close.sum', {
      count: side.captures.count + side.refunds.count,
      yen: formatYen(side.net),
    });
  const left = leftOpen(data).map(({ kind, count, amount }) =>
    t(`reconciliation.close.${kind}`, { count, yen: formatYen(amount) }),
  );
  return (
    <>
      <Facts
        facts={[
          [t('reconciliation.close.ours'), said(ours)],
          [t('reconciliation.close.theirs'), said(theirs)],
        ]}
      />
      {left.length > 0 && <Notice tone="warn" title={left.join(' ')} />}
    </>
  );
}

function leftOpen({ equation, verdict }: Reconciliation) {
  const { not_looked: notLooked } = equation.moves;
  return [
    ...(verdict.kind === 'differs' || verdict.kind === 'miscounted'
      ? [{ kind: verdict.kind, count: verdict.count, amount: verdict.amount }]
      : []),
    ...(notLooked.count === 0
      ? []
      : [
          {
            kind: 'notLooked' as const,
            count: notLooked.count,
            amount: Math.abs(notLooked.amount),
          },
        ]),
  ];
}

/** The business date before another. */
function dayBefore(on: string): string {
  const [year, month, day] = on.split('-').map(Number);
  return new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1, (day ?? 1) - 1))
    .toISOString()
    .slice(0, 10);
}
