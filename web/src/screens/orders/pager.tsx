import { Button } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OrdersSearch } from './search.ts';

/** 前へ and 次へ. The browser’s history holds the way back, also after a reload. */
export function Pager(props: {
  readonly search: OrdersSearch;
  readonly nextCursor: string | null;
}) {
  const { search, nextCursor } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? [];
  if (search.cursor === undefined && nextCursor === null) return null;

  function open(cursor: string | null, before: readonly (string | null)[]): void {
    void navigate({
      to: '/orders',
      search: { ...search, cursor: cursor ?? undefined },
      state: { trail: before },
    });
  }

  return (
    <nav aria-label={t('orders.pages')} className="wrap">
      {search.cursor !== undefined && (
        <>
          <Button variant="default" onClick={() => open(null, [])}>
            {t('orders.first')}
          </Button>
          {trail.length > 0 && (
            <Button
              variant="default"
              onClick={() => open(trail.at(-1) ?? null, trail.slice(0, -1))}
            >
              {t('orders.previous')}
            </Button>
          )}
        </>
      )}
      {nextCursor !== null && (
        <Button
          variant="default"
          onClick={() => open(nextCursor, [...trail, search.cursor ?? null])}
        >
          {t('orders.next')}
        </Button>
      )}
    </nav>
  );
}
