import { useMediaQuery } from '@mantine/hooks';
import type { AttentionItem, AttentionList } from '@renkei/contract';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionCountsQuery, attentionQuery, openOf } from '../../api/attention.ts';
import { keepAnswer } from '../../api/cache.ts';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/browser/format.ts';
import { useShortcuts } from '../../ui/browser/keyboard.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import classes from './attention.module.css';
import { CoverageLine } from './coverage.tsx';
import { EmptyAttention } from './empty-attention.tsx';
import { Filters } from './filters.tsx';
import { ItemList } from './item-list.tsx';
import { OverdueItem } from './overdue-item.tsx';
import { Reader } from './reader.tsx';
import { isWhole, wishOf } from './search.ts';

const route = getRouteApi('/inside/attention');

/**
 * 要対応: the orders that do not agree with F-REGI. The list is on the left, the reasons on the right.
 */
export function AttentionScreen() {
  const search = route.useSearch();
  const { t } = useTranslation();
  const { shop } = useSession();
  const list = useInfiniteQuery(attentionQuery(shop.id, wishOf(search)));
  const narrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  useTitle(t('attention.title'));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const head = list.data?.pages.at(-1);
  // Side by side, the first item opens at once; on a narrow screen, the list comes first.
  const shown = search.item ?? (narrow ? undefined : items[0]?.id);
  const open = useOpen(items, shown);
  useSameCounts(shop.id, head);
  useShortcuts({ j: () => open.step(1), k: () => open.step(-1) });
  return (
    <>
      <Head head={head} />
      {list.isPending && <Loading rows={8} />}
      {list.error && !list.data && (
        <ReadFailure
          error={list.error}
          title={t('attention.failed')}
          onRetry={() => void list.refetch()}
        />
      )}
      {head && (
        <div className="stack">
          <div className={classes.tools} data-reading={shown !== undefined || undefined}>
            <CoverageLine coverage={head.coverage} />
            <Filters
              search={search}
              counts={head.counts}
              open={openOf(head.counts, head.overdueDeliveries).count}
            />
          </div>
          <div className={classes.columns} data-reading={shown !== undefined || undefined}>
            <div className={classes.list}>
              {isWhole(search) && <OverdueItem overdue={head.overdueDeliveries} />}
              {items.length === 0 && <EmptyAttention search={search} coverage={head.coverage} />}
              {items.length > 0 && (
                <ItemList
                  items={items}
                  current={shown}
                  search={search}
                  onMore={list.hasNextPage ? () => void list.fetchNextPage() : null}
                  loadingMore={list.isFetchingNextPage}
                />
              )}
            </div>
            {shown !== undefined && (
              <Reader key={shown} id={shown} search={search} onNext={open.nextOf(shown)} />
            )}
          </div>
        </div>
      )}
    </>
  );
}

function Head({ head }: { readonly head: AttentionList | undefined }) {
  const { t } = useTranslation();
  const sum = head && openOf(head.counts, head.overdueDeliveries);
  return (
    <PageHead title={t('attention.title')}>
      {sum && sum.count > 0 && (
        <strong className={classes.sum} role="status">
          {t('attention.sum', {
            count: sum.count,
            yen: formatYen(sum.amount),
          })}
        </strong>
      )}
    </PageHead>
  );
}

/** Keeps the counts of the navigation and of the page equal at every moment. */
function useSameCounts(shop: string, head: AttentionList | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (head) keepAnswer(queries, attentionCountsQuery(shop).queryKey, head);
  }, [queries, shop, head]);
}

/** Opens another item, by key or after one is done. */
function useOpen(items: readonly AttentionItem[], shown: string | undefined) {
  const navigate = useNavigate();
  const { item: _, ...rest } = route.useSearch();
  const show = (id: string) =>
    void navigate({ to: '/attention', search: { ...rest, item: id }, resetScroll: false });

  function step(by: number): void {
    const at = items.findIndex(({ id }) => id === shown);
    const next = items[at + by];
    if (next !== undefined) show(next.id);
  }

  function nextOf(id: string): (() => void) | null {
    const at = items.findIndex((item) => item.id === id);
    // The finished item may have left the list: then the first item is the next.
    const next = at === -1 ? items[0] : (items[at + 1] ?? items[at - 1]);
    return next === undefined || next.id === id ? null : () => show(next.id);
  }

  return { step, nextOf };
}
