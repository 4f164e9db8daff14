import { NativeSelect } from '@mantine/core';
import { GIVEN_BACK, type OrderAction, type OrderStatus, type OrderView } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Facts, Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { changeName } from '../method/change-name.ts';
import { LastOperation } from '../operation/last-operation.tsx';
import type { Desk } from '../use-desk.ts';
import { RecordRequest } from './cancel-request.tsx';
import { CancelBox, OptionBoxes, RevokeBox } from './status-boxes.tsx';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** ステータス with F-REGIステータス behind it, the pull-down, the box, and 更新. */
export function StatusBlock({ order, desk }: Props) {
  const { t } = useTranslation();
  const { status, transaction, actions } = order;
  const gateway = transaction
    ? t('common.aside', { text: t(`words.transaction.${transaction.state}`) })
    : '';
  return (
    <Section title={t('order.status.title')} id="status">
      <div className="stack">
        <Facts
          facts={[
            [t('order.status.current'), `${t(`words.status.${status}`)}${gateway}`],
            ...givenBack(order, t),
          ]}
        />
        {desk.message?.place === 'status' && (
          <Notice tone="good" role="status" title={desk.message.text} />
        )}
        <LastOperation order={order} goals={['cancelled']} actions={desk.remedies} />
        {actions.statusChanges.length === 0 ? (
          <NoChange order={order} desk={desk} />
        ) : (
          <ChangeForm order={order} desk={desk} />
        )}
        <RecordRequest order={order} desk={desk} />
      </div>
    </Section>
  );
}

/** V7: why the order stays where it is. */
function NoChange({ order, desk }: Props) {
  const { t } = useTranslation();
  const { noStatusChange: reason } = order.actions;
  if (reason === null) return <p className="quiet">{t('order.status.none')}</p>;
  return (
    <Notice tone="quiet" title={reason.cause}>
      <p>{reason.remedy}</p>
      <Remedies reason={reason} actions={desk.remedies} />
    </Notice>
  );
}

/** V6: the stock and points that the change to this status returned. */
function givenBack(order: OrderView, t: TFunction) {
  return GIVEN_BACK.flatMap((field) => {
    const value = order[field];
    if (value === false || value === 0) return [];
    const told = value === true ? t('desk.fields.yes') : formatYen(value);
    return [[t(`desk.fields.${field}`), told] as const];
  });
}

/** The action for a chosen change of status; 通常処理 may authorize a card. */
function actionOf(to: OrderStatus | null, { cancelBox, options }: Desk): OrderAction {
  if (cancelBox) return 'changeStatusAndCancel';
  if (options.revokePayments) return 'changeStatusAndRevoke';
  return to === 'processing' ? 'changeStatusToProcessing' : 'changeStatus';
}

function ChangeForm({ order, desk }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<OrderStatus | null>(null);
  const [asked, setAsked] = useState(false);
  const { statusChanges } = order.actions;
  const to = chosen !== null && statusChanges.includes(chosen) ? chosen : null;
  const why = deniedTo(order, actionOf(to, desk));
  return (
    <>
      <NativeSelect
        label={t('order.status.change')}
        value={to ?? ''}
        error={asked && to === null ? t('order.status.chooseFirst') : null}
        onChange={(event) => {
          const value = event.currentTarget.value;
          setChosen(statusChanges.find((status) => status === value) ?? null);
        }}
        data={[
          { value: '', label: t('order.status.choose') },
          ...statusChanges.map((value) => ({ value, label: changeName(t, order.status, value) })),
        ]}
        maw={320}
        data-first
      />
      <CancelBox order={order} desk={desk} />
      <RevokeBox order={order} desk={desk} />
      <OptionBoxes order={order} desk={desk} />
      <div>
        <GuardedButton
          variant="default"
          denied={why}
          onClick={() => {
            setAsked(to === null);
            if (to !== null) desk.show({ kind: 'status', to });
          }}
        >
          {t('order.status.update')}
        </GuardedButton>
      </div>
    </>
  );
}
