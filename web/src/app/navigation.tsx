import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import classes from './frame.module.css';

const NESTED = `${classes.nav} ${classes.nested}`;

/** The places, with the unpaid list one press away. */
export function Navigation() {
  const { t } = useTranslation();
  const { path, tab } = useRouterState({
    select: ({ location }) => ({
      path: location.pathname,
      tab: location.pathname === '/orders' ? (location.search.tab ?? 'all') : null,
    }),
    structuralSharing: true,
  });
  const current = (is: boolean) =>
    is ? ({ 'data-current': true, 'aria-current': 'page' } as const) : {};
  const isAt = (start: string) => path === start || path.startsWith(`${start}/`);
  const isList = tab === 'all' || path.startsWith('/orders/');
  return (
    <>
      <Link to="/orders" className={classes.nav} {...current(isList)}>
        <Icon name="list" />
        {t('frame.orders')}
      </Link>
      <Link
        to="/orders"
        search={{ tab: 'unpaid' }}
        className={NESTED}
        {...current(tab === 'unpaid')}
      >
        {t('frame.unpaid')}
      </Link>
      <Link
        to="/orders"
        search={{ tab: 'unshipped' }}
        className={NESTED}
        {...current(tab === 'unshipped')}
      >
        {t('frame.unshipped')}
      </Link>
      <Link
        to="/orders"
        search={{ tab: 'preorder' }}
        className={NESTED}
        {...current(tab === 'preorder')}
      >
        {t('frame.preorders')}
      </Link>
      <Link to="/runs" className={classes.nav} {...current(isAt('/runs'))}>
        <Icon name="layers" />
        {t('frame.runs')}
      </Link>
      <Link to="/imports" className={classes.nav} {...current(isAt('/imports'))}>
        <Icon name="upload" />
        {t('frame.imports')}
      </Link>
      <Link to="/settings" className={classes.nav} {...current(isAt('/settings'))}>
        <Icon name="gear" />
        {t('frame.settings')}
      </Link>
    </>
  );
}
