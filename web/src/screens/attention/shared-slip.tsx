import { isLive, type OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../ui/browser/format.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { TransactionBadge } from '../../ui/state/state-badges.tsx';
import { BelongsTo } from './item/belongs-to.tsx';

/** O1: a transaction under the order's slip that belongs to another order, with the way there. */
export function SharedSlip({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const others = order.health.transactions.filter(
    ({ belongsTo, state }) => belongsTo !== null && isLive(state),
  );
  if (others.length === 0) return null;
  return (
    <Notice tone="quiet" title={t('attention.belongs.title')}>
      <ul>
        {others.map(({ seqno, state, amount, belongsTo }) => (
          <li key={seqno}>
            <span className="mono">{seqno}</span> <TransactionBadge state={state} />{' '}
            {formatYen(amount)} {belongsTo && <BelongsTo belongsTo={belongsTo} />}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
