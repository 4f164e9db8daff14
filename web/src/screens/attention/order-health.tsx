import type { OrderView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice/notice.tsx';
import { DaysLeft } from './item/item-line.tsx';

/** 要対応 of one order, at the order: the difference, its cause, and the way to its repairs. */
export function OrderHealth({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { items, isComparisonDue } = order.health;
  const isLate = useLate(isComparisonDue);
  // The items are those of before the change: none is shown until they are those of after it.
  if (isComparisonDue && !isLate) return null;
  return items.map((item) => (
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

const LATE_MS = 3_000;

/** True once something has lasted for too long to be waited for. */
function useLate(isOn: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isOn) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isLate;
}
