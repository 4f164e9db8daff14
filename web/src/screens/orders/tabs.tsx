import type { OrderList, Tab } from '@renkei/backoffice/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../ui/keyboard.ts';
import classes from './orders.module.css';
import { TABS } from './search.ts';

/** The manual’s tabs, each with its count; 1 to 7 open them. */
export function Tabs(props: {
  readonly current: Tab;
  readonly counts: OrderList['tabs'] | undefined;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = (tab: Tab) => () => void navigate({ to: '/orders', search: searchOf(tab) });
  useShortcuts(Object.fromEntries(TABS.map((tab, index) => [String(index + 1), open(tab)])));
  return (
    <nav aria-label={t('orders.tabs')} className={classes.tabs}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="/orders"
          search={searchOf(tab)}
          className={classes.tab}
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

function searchOf(tab: Tab) {
  return tab === 'all' ? {} : { tab };
}
