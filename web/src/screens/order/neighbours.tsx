import { Button } from '@mantine/core';
import type { OrderList } from '@renkei/contract';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOrders, ordersQuery } from '../../api/queries.ts';
import { isListBehind, lastList } from '../../app/last-list.ts';
import { useSession } from '../../app/session.tsx';
import { useShortcuts } from '../../ui/browser/keyboard.ts';
import { Icon } from '../../ui/icons.tsx';
import { type OrdersSearch, wishOf } from '../orders/search.ts';
import classes from './order.module.css';

/**
 * The list before this page, as it was then: a command that moves an order out of the tab does not
 * change the next order.
 */
type Trail = {
  readonly shop: string;
  readonly search: OrdersSearch;
  readonly numbers: readonly string[];
  readonly nextCursor: string | null;
};

let trail: Trail | null = null;

/** Back to the list at its place, and to the order before or after in it: `[` and `]`. */
export function Neighbours({ orderNumber }: { readonly orderNumber: string }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [going, setGoing] = useState(false);
  const found = trailOf(queries, shop.id, orderNumber);
  const place = found?.numbers.indexOf(orderNumber) ?? -1;
  const before = found?.numbers[place - 1];
  const after = found?.numbers[place + 1];
  const more = found !== null && after === undefined && found.nextCursor !== null;

  /** Replaces the entry in the browser's history: Back then leads to the list. */
  function open(number: string | undefined): void {
    if (number === undefined) return;
    void navigate({ to: '/orders/$orderNumber', params: { orderNumber: number }, replace: true });
  }

  async function openNextPage(): Promise<void> {
    if (found === null || going) return;
    setGoing(true);
    const longer = await withNextPage(found).finally(() => setGoing(false));
    trail = longer;
    open(longer.numbers[place + 1]);
  }

  const next = more ? () => void openNextPage().catch(() => {}) : () => open(after);
  useShortcuts({ '[': () => open(before), ']': next });
  return (
    <nav className={classes.back} aria-label={t('desk.neighbours.name')}>
      <BackToList shop={shop.id} />
      {found !== null && (
        <span className={classes.neighbours}>
          <Button
            variant="default"
            size="compact-sm"
            disabled={before === undefined}
            aria-keyshortcuts="["
            leftSection={<Icon name="up" size={14} />}
            onClick={() => open(before)}
          >
            {t('desk.neighbours.before')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            disabled={after === undefined && !more}
            loading={going}
            aria-keyshortcuts="]"
            leftSection={<Icon name="down" size={14} />}
            onClick={next}
          >
            {t('desk.neighbours.after')}
          </Button>
        </span>
      )}
    </nav>
  );
}

/** If the list is the page before, goes back to it: to the same rows, and the same place. */
function BackToList({ shop }: { readonly shop: string }) {
  const { t } = useTranslation();
  const { history } = useRouter();
  return (
    <Link
      to="/orders"
      search={lastList(shop)}
      onClick={(event) => {
        if (!isListBehind(shop) || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        history.back();
      }}
    >
      <Icon name="back" size={14} />
      {t('order.back')}
    </Link>
  );
}

function trailOf(queries: QueryClient, shop: string, orderNumber: string): Trail | null {
  const search = lastList(shop);
  const known = trail?.shop === shop && trail.numbers.includes(orderNumber) ? trail : null;
  if (known !== null && JSON.stringify(known.search) === JSON.stringify(search)) return known;
  const list = queries.getQueryData<OrderList>(ordersQuery(shop, wishOf(search)).queryKey);
  if (list === undefined) return known;
  const numbers = list.items.map((row) => row.orderNumber);
  if (!numbers.includes(orderNumber)) return known;
  trail = { shop, search, numbers, nextCursor: list.nextCursor };
  return trail;
}

async function withNextPage({ shop, search, numbers, nextCursor }: Trail): Promise<Trail> {
  const wish = { ...wishOf(search), cursor: nextCursor ?? undefined };
  const page = await listOrders(shop, wish);
  const fresh = page.items.map((row) => row.orderNumber).filter((one) => !numbers.includes(one));
  return { shop, search, numbers: [...numbers, ...fresh], nextCursor: page.nextCursor };
}
