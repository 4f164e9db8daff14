import { Checkbox } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 在庫を反映させる, ご利用ポイントを返還する, and a mail: each off by default (V6). */
export function OptionBoxes({ order, desk }: Props) {
  const { t } = useTranslation();
  const { returnStock, returnPoints, statusMail } = order.actions;
  const boxes = { returnStock, returnPoints, mail: statusMail };
  const offered = NAMES.filter((name) => boxes[name].offered);
  return offered.map((name) => (
    <Checkbox
      key={name}
      label={t(`order.status.${name}`)}
      checked={desk.options[name] ?? false}
      onChange={(event) => desk.choose({ ...desk.options, [name]: event.currentTarget.checked })}
    />
  ));
}

const NAMES = ['returnStock', 'returnPoints', 'mail'] as const;

/** 発行取消を行う (K3): the payments that the customer can still make; off by default. */
export function RevokeBox({ order, desk }: Props) {
  const { t } = useTranslation();
  if (!order.actions.revokeBox.offered) return null;
  const payments = [order.redirectPayment, ...order.otherRedirectPayments]
    .flatMap((payment) => (payment?.revoke.offered ? payment : []))
    .map(({ settleno, amount }) => `${settleno} (${formatYen(amount)})`)
    .join(', ');
  return (
    <Checkbox
      label={t('order.status.revokePayments')}
      description={t('order.status.revokeHint', { payments })}
      checked={desk.options.revokePayments ?? false}
      onChange={(event) =>
        desk.choose({ ...desk.options, revokePayments: event.currentTarget.checked })
      }
    />
  );
}

/** F-REGIの取引情報を取り消す: off by default; a reason stands there if it is not offered. */
export function CancelBox({ order, desk }: Props) {
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
