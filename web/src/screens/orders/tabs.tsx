import { type OrderList, TABS, type Tab } from '@renkei/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../ui/browser/keyboard.ts';
import classes from './orders.module.css';

/** Otherwise every tab would be current: the first one’s URL is the beginning of every URL. */
const EXACT = { exact: true } as const;

/** The manual’s tabs, each with its count; 1 to 8 open them. */
export function Tabs(props: {
  readonly current: Tab;
  readonly counts: OrderList['tabs'] | undefined;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = (tab: Tab) => () => void navigate(placeOf(tab));
  useShortcuts(Object.fromEntries(TABS.map((tab, index) => [String(index + 1), open(tab)])));
  return (
    <nav aria-label={t('orders.tabs')} className={classes.tabs}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          {...placeOf(tab)}
          className={classes.tab}
          activeOptions={EXACT}
          aria-current={tab === props.current ? 'page' : undefined}
        >
          {t(`words.tab.${tab}`)}
          {props.counts && (
            <span className={classes.count}>{props.counts[tab].toLocaleString()}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** 定期・頒布会申込 are no orders, and have a list of their own. */
function placeOf(tab: Tab) {
  if (tab === 'subscription') return { to: '/subscriptions' } as const;
  return { to: '/orders', search: tab === 'all' ? {} : { tab } } as const;
}
