import { NativeSelect, TextInput } from '@mantine/core';
import type { OrderView, Settle } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jaWords } from '../../../locale/ja/words.ts';
import { formatYen, jstDateOf } from '../../../ui/browser/format.ts';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { usePreview } from '../command/preview-notice.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };
type Offered = Extract<OrderView['actions']['settle'], { offered: true }>;
type By = Settle['by'];
type TypedSettlement = { readonly text: string; readonly by: By; readonly on: string };
type Previewed = ReturnType<typeof usePreview>['data'];

const WAYS = Object.keys(jaWords.settledBy) as By[];

/** Records 差額の精算 (O3): amount, way and date; F-REGI learns nothing of it. */
export function SettleDialog({ order, desk }: Props) {
  const { settle } = order.actions;
  // Read once: the recording itself closes the open amount.
  const [offered] = useState(settle);
  if (!offered.offered) return null;
  return <Form order={order} desk={desk} offered={offered} />;
}

function Form({ order, desk, offered }: Props & { readonly offered: Offered }) {
  const { t } = useTranslation();
  const { direction } = offered;
  const [typed, setTyped] = useState<TypedSettlement>(() => ({
    text: String(offered.amount),
    by: 'bank_transfer',
    on: jstDateOf(new Date()),
  }));
  const type = (changed: Partial<TypedSettlement>) => setTyped((now) => ({ ...now, ...changed }));
  const { text, by, on } = typed;
  const amount = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  const isRight = amount >= 1 && amount <= offered.amount;
  const body: Settle = { direction, amount, by, on };
  const { data } = usePreview(order, 'settlements', body);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'settlements',
    body,
    onDone(_changed, waits) {
      desk.close();
      if (!waits) desk.showMessage('panel', t('desk.settle.done'));
    },
  });
  const why = deniedTo(order, 'settle');
  return (
    <Dialog
      title={t('desk.settle.title')}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || !isRight || data?.decision !== 'record'}
      confirm={t('desk.settle.button')}
    >
      <Fields offered={offered} typed={typed} isRight={isRight} onType={type} />
      {isRight && <BalanceAfter previewed={data} />}
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}

/** How much came in or went back, how, and on which day. */
function Fields(props: {
  readonly offered: Offered;
  readonly typed: TypedSettlement;
  readonly isRight: boolean;
  readonly onType: (changed: Partial<TypedSettlement>) => void;
}) {
  const { offered, typed, isRight, onType } = props;
  const { text, by, on } = typed;
  const { t } = useTranslation();
  const received = offered.direction === 'received';
  return (
    <>
      <TextInput
        label={t(received ? 'desk.settle.amountReceived' : 'desk.settle.amountReturned')}
        inputMode="numeric"
        value={text}
        error={isRight ? null : t('desk.settle.amountWrong', { yen: formatYen(offered.amount) })}
        onChange={(event) => onType({ text: event.currentTarget.value.normalize('NFKC').trim() })}
        maw={240}
      />
      <NativeSelect
        label={t('desk.settle.by')}
        value={by}
        data={WAYS.map((value) => ({ value, label: t(`words.settledBy.${value}`) }))}
        onChange={(event) => onType({ by: event.currentTarget.value as By })}
        maw={240}
      />
      <TextInput
        type="date"
        label={t(received ? 'desk.settle.onReceived' : 'desk.settle.onReturned')}
        value={on}
        max={jstDateOf(new Date())}
        onChange={(event) => event.currentTarget.value && onType({ on: event.currentTarget.value })}
        maw={240}
      />
    </>
  );
}

/** Why it cannot be recorded, or how much is open afterwards. */
function BalanceAfter({ previewed }: { readonly previewed: Previewed }) {
  const { t } = useTranslation();
  return (
    <>
      {previewed?.decision === 'refuse' && (
        <Notice tone="bad" title={previewed.reason.cause}>
          <p>{previewed.reason.remedy}</p>
        </Notice>
      )}
      {previewed?.decision === 'record' && (
        <Notice
          tone="going"
          title={t('desk.settle.after', { yen: formatYen(Math.abs(previewed.balance.open)) })}
        >
          <p>{t('desk.settle.untold')}</p>
        </Notice>
      )}
    </>
  );
}
