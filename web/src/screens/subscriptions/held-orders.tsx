import { Anchor } from '@mantine/core';
import type { SubscriptionView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './subscriptions.module.css';
import { isDeclined } from './words.tsx';

/** Deliveries whose orders wait in 保留, each with its remedies one press away (B4). */
export function HeldOrders(props: {
  readonly application: SubscriptionView;
  readonly onRegister: () => void;
}) {
  const { application, onRegister } = props;
  const { t } = useTranslation();
  const held = application.history.filter(({ order }) => order?.status === 'on_hold');
  const mayRegister = application.status === 'active' && application.customerId !== null;
  return held.map((delivery) => {
    const { n, orderNumber } = delivery;
    if (orderNumber === null) return null;
    const declined = isDeclined(delivery);
    const nth = { n: String(n) };
    return (
      <Notice
        key={n}
        tone="warn"
        title={t(`subscriptions.declined.${declined ? 'title' : 'other'}`, nth)}
      >
        {declined && <p>{t('subscriptions.declined.why')}</p>}
        <ul className={classes.links}>
          {declined && (
            <li>
              <Link to="/orders/$orderNumber" params={{ orderNumber }} hash="method">
                {t('subscriptions.declined.method')}
              </Link>
            </li>
          )}
          {declined && (
            <li>
              <Link to="/orders/$orderNumber" params={{ orderNumber }} hash="status">
                {t('subscriptions.declined.cancel')}
              </Link>
            </li>
          )}
          {declined && mayRegister && (
            <li>
              <Anchor component="button" type="button" underline="always" onClick={onRegister}>
                {t('subscriptions.declined.card')}
              </Anchor>
            </li>
          )}
          <li>
            <Link to="/orders/$orderNumber" params={{ orderNumber }}>
              {t('subscriptions.declined.open')} {orderNumber}
            </Link>
          </li>
        </ul>
      </Notice>
    );
  });
}
