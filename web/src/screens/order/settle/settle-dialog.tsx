import { NativeSelect, TextInput } from '@mantine/core';
import type { OrderView, Settle } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jaWords } from '../../../locale/ja-words.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatYen, jstDateOf } from '../../../ui/format.ts';
import { Notice } from '../../../ui/notice.tsx';
import { deniedTo } from '../denied-to.ts';
import { useForesight } from '../foreseen.tsx';
import { OrderProgress } from '../order-progress.tsx';
import type { Desk } from '../use-desk.ts';
import { useOrderCommand } from '../use-order-command.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };
type Offered = Extract<OrderView['actions']['settle'], { offered: true }>;
type By = Settle['by'];

const WAYS = Object.keys(jaWords.settledBy) as By[];

/** 差額の精算 is recorded (O3): how much, which way, when; F-REGI is told nothing. */
export function SettleDialog({ order, desk }: Props) {
  const { settle } = order.actions;
  // Taken once: while it is being recorded, nothing may be open any more.
  const [offered] = useState(settle);
  if (!offered.offered) return null;
  return <Form order={order} desk={desk} offered={offered} />;
}

function Form({ order, desk, offered }: Props & { readonly offered: Offered }) {
  const { t } = useTranslation();
  const { direction } = offered;
  const [text, setText] = useState(String(offered.amount));
  const [by, setBy] = useState<By>('bank_transfer');
  const [on, setOn] = useState(() => jstDateOf(new Date()));
  const amount = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  const isRight = amount >= 1 && amount <= offered.amount;
  const body: Settle = { direction, amount, by, on };
  const { data } = useForesight(order, 'settlements', body);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'settlements',
    body,
    onDone() {
      desk.close();
      desk.say('panel', t('desk.settle.done'));
    },
  });
  const why = deniedTo(order, 'settle');
  const received = direction === 'received';
  return (
    <Dialog
      title={t('desk.settle.title')}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || !isRight || data?.decision !== 'record'}
      confirm={t('desk.settle.button')}
    >
      <TextInput
        label={t(received ? 'desk.settle.amountReceived' : 'desk.settle.amountReturned')}
        inputMode="numeric"
        value={text}
        error={isRight ? null : t('desk.settle.amountWrong', { yen: formatYen(offered.amount) })}
        onChange={(event) => setText(event.currentTarget.value.normalize('NFKC').trim())}
        maw={240}
      />
      <NativeSelect
        label={t('desk.settle.by')}
        value={by}
        data={WAYS.map((value) => ({ value, label: t(`words.settledBy.${value}`) }))}
        onChange={(event) => setBy(event.currentTarget.value as By)}
        maw={240}
      />
      <TextInput
        type="date"
        label={t(received ? 'desk.settle.onReceived' : 'desk.settle.onReturned')}
        value={on}
        max={jstDateOf(new Date())}
        onChange={(event) => event.currentTarget.value && setOn(event.currentTarget.value)}
        maw={240}
      />
      {isRight && data?.decision === 'refuse' && (
        <Notice tone="bad" title={data.reason.cause}>
          <p>{data.reason.remedy}</p>
        </Notice>
      )}
      {isRight && data?.decision === 'record' && (
        <Notice
          tone="going"
          title={t('desk.settle.after', { yen: formatYen(Math.abs(data.balance.open)) })}
        >
          <p>{t('desk.settle.untold')}</p>
        </Notice>
      )}
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
