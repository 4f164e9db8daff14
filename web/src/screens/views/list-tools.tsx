import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderListWish } from '../../api/queries.ts';
import { viewsQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { withWords } from '../../locale/index.ts';
import { findsSame, parseOrdersSearch } from '../orders/search.ts';
import classes from './views.module.css';

const SaveDialog = lazy(() =>
  import('./save-dialog.tsx').then(({ SaveDialog }) => ({ default: SaveDialog })),
);
const CsvDialog = lazy(
  withWords(() => import('./csv-dialog.tsx').then(({ CsvDialog }) => ({ default: CsvDialog }))),
);

/** The layout that the manual shows above the list (p. 6). */
const MANUAL = 'ganbare_tencho';

/** The person’s own views, one press away, and the ways out of the list: a new view, a CSV. */
export function ListTools(props: {
  readonly wish: OrderListWish;
  readonly count: number | undefined;
}) {
  const { wish, count } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const views = useQuery(viewsQuery(shop.id)).data?.items ?? [];
  const [opened, setOpened] = useState<'save' | 'csv' | typeof MANUAL | null>(null);
  const close = () => setOpened(null);
  return (
    <div className={classes.tools}>
      {views.length > 0 && (
        <nav aria-label={t('views.saved')} className={classes.views}>
          {views.map((view) => (
            <Link
              key={view.id}
              to="/orders"
              search={parseOrdersSearch(view.filter)}
              className={classes.view}
              aria-current={
                findsSame(parseOrdersSearch(view.filter), parseOrdersSearch(wish))
                  ? 'page'
                  : undefined
              }
              activeOptions={{ exact: true }}
            >
              {view.name}
            </Link>
          ))}
        </nav>
      )}
      <Button variant="subtle" size="compact-sm" onClick={() => setOpened('save')}>
        {t('views.save')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => setOpened('csv')}>
        {t('views.csv')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => setOpened(MANUAL)}>
        {t('views.manualLayout')}
      </Button>
      {wish.tab === 'unshipped' && <Link to="/imports/shipping">{t('views.shippingImport')}</Link>}
      <Suspense fallback={null}>
        {opened === 'save' && <SaveDialog wish={wish} views={views} onClose={close} />}
        {(opened === 'csv' || opened === MANUAL) && (
          <CsvDialog
            wish={wish}
            count={count ?? 0}
            first={opened === MANUAL ? MANUAL : null}
            onClose={close}
          />
        )}
      </Suspense>
    </div>
  );
}
