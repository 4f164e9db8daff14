import type { OrderView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { DaysLeft } from './item-line.tsx';

/** 要対応 of one order, at the order: what differs, why, and the way to what can be done. */
export function OrderHealth({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  return order.health.items.map((item) => (
    <Notice
      key={item.id}
      tone={item.urgency === 'now' ? 'bad' : 'warn'}
      title={
        <>
          {t('attention.title')}: {item.title} <DaysLeft item={item} />
        </>
      }
      actions={
        <Link to="/attention" search={{ item: item.id }}>
          {item.suggested ? item.suggested.label : t('attention.repairs.title')}
        </Link>
      }
    >
      <p>{item.why}</p>
    </Notice>
  ));
}
