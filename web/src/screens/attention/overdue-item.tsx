import type { AttentionList } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../ui/browser/format.ts';
import classes from './attention.module.css';

/** The overdue deliveries of applications, and the way to the choice: make one, all, or none (B4). */
export function OverdueItem(props: { readonly overdue: AttentionList['overdueDeliveries'] }) {
  const { applications, count, amount } = props.overdue;
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <section className={classes.group} data-urgency="today">
      <h2 className={classes.groupName}>{t('attention.overdueDeliveries.group')}</h2>
      <ul className={classes.items}>
        <li>
          <Link to="/subscriptions" search={{ show: 'overdue' }} className={classes.line}>
            <span className={classes.lineHead}>
              <strong>{t('attention.overdueDeliveries.title', { count })}</strong>
              <span className="amount">{formatYen(amount)}</span>
            </span>
            <span className={classes.lineOrder}>
              {t('attention.overdueDeliveries.of', { count: applications })}
            </span>
            <span className={classes.lineFoot}>{t('attention.overdueDeliveries.choose')}</span>
          </Link>
        </li>
      </ul>
    </section>
  );
}
