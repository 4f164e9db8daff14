import { Checkbox, NativeSelect } from '@mantine/core';
import type { OrderStatus, OrderView } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { LastOperation } from './last-operation.tsx';
import classes from './order.module.css';
import type { Desk } from './use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** ステータス with F-REGIステータス behind it, the pull-down, the box, and 更新. */
export function StatusBlock({ order, desk }: Props) {
  const { t } = useTranslation();
  const { status, transaction, actions } = order;
  const gateway = transaction ? `（${t(`words.transaction.${transaction.state}`)}）` : '';
  return (
    <Section title={t('order.status.title')} id="status">
      <div className="stack">
        <Facts facts={[[t('order.status.current'), `${t(`words.status.${status}`)}${gateway}`]]} />
        {desk.said?.place === 'status' && (
          <Notice tone="good" role="status" title={desk.said.text} />
        )}
        <LastOperation order={order} goals={['cancelled']} actions={desk.remedies} />
        {actions.statusChanges.length === 0 ? (
          <p className="quiet">
            {order.openOperation ? t('order.open.unknown') : t('order.status.none')}
          </p>
        ) : (
          <ChangeForm order={order} desk={desk} />
        )}
      </div>
    </Section>
  );
}

function ChangeForm({ order, desk }: Props) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [chosen, setChosen] = useState<OrderStatus | null>(null);
  const [asked, setAsked] = useState(false);
  const { statusChanges } = order.actions;
  const to = chosen !== null && statusChanges.includes(chosen) ? chosen : null;
  const why = denied('orders:write') ?? (desk.cancelBox ? denied('payments:cancel') : null);
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
          ...statusChanges.map((value) => ({ value, label: t(`words.statusChange.${value}`) })),
        ]}
        maw={320}
        data-first
      />
      <CancelBox order={order} desk={desk} />
      <OptionBoxes order={order} desk={desk} />
      <div>
        <GuardedButton
          variant="default"
          denied={why}
          onClick={() => {
            setAsked(true);
            if (to !== null) desk.show({ kind: 'status', to, cancel: desk.cancelBox });
          }}
        >
          {t('order.status.update')}
        </GuardedButton>
      </div>
    </>
  );
}

/** 在庫を反映させる, ご利用ポイントを返還する, and a mail: each off by default (V6). */
function OptionBoxes({ order, desk }: Props) {
  const { t } = useTranslation();
  const { returnStock, returnPoints } = order.actions;
  const offered = [
    ...(returnStock.offered ? (['returnStock'] as const) : []),
    ...(returnPoints.offered ? (['returnPoints'] as const) : []),
    ...(returnStock.offered || returnPoints.offered ? (['mail'] as const) : []),
  ];
  return offered.map((name) => (
    <Checkbox
      key={name}
      label={t(`order.status.${name}`)}
      checked={desk.options[name] ?? false}
      onChange={(event) => desk.choose({ ...desk.options, [name]: event.currentTarget.checked })}
    />
  ));
}

/** F-REGIの取引情報を取り消す: off by default; where it is not offered, why. */
function CancelBox({ order, desk }: Props) {
  const { t } = useTranslation();
  const box = order.actions.cancelBox;
  if (!box.offered) {
    return order.transaction === null ? null : (
      <details className={classes.why}>
        <summary>{t('order.status.notOffered')}</summary>
        <p>{box.reason.cause}</p>
        <p>{box.reason.remedy}</p>
      </details>
    );
  }
  return (
    <Checkbox
      label={t('order.status.box')}
      description={
        box.asks.length === 0
          ? t('order.preview.nothing_to_cancel')
          : box.asks.map(({ verb }) => t(`words.verb.${verb}`)).join(' → ')
      }
      checked={desk.cancelBox}
      onChange={(event) => desk.tickCancelBox(event.currentTarget.checked)}
    />
  );
}
