import type { OrderList, OrderRow } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { listOrders, type OrderListWish } from '../../api/queries.ts';
import { RUN_ROWS_MAX } from './limits.ts';

/** 受注コード → 請求金額 of the orders that are ticked. */
type Chosen = ReadonlyMap<string, number>;

export type Selection = {
  readonly chosen: Chosen;
  readonly toggle: (items: readonly OrderRow[], orderNumber: string) => void;
  readonly togglePage: (items: readonly OrderRow[], on: boolean) => void;
  /** Ticks the page; where it is ticked already, the whole result. */
  readonly selectMore: (list: Pick<OrderList, 'items' | 'count'>) => void;
  /** Ticks the whole result, page by page. Rejects when a page cannot be read. */
  readonly chooseWhole: () => Promise<void>;
  /** How many are ticked so far while the whole result is being read; else null. */
  readonly reading: number | null;
  readonly clear: () => void;
};

const NONE: Chosen = new Map();
const PAGE = 200;

/** What is ticked in a list. It lasts over pages, and ends with another filter or shop. */
export function useSelection(shop: string, wish: OrderListWish): Selection {
  const { cursor: _, limit: __, ...filter } = wish;
  const scope = JSON.stringify([shop, filter]);
  const [held, setHeld] = useState({ scope, chosen: NONE });
  const [reading, setReading] = useState<number | null>(null);
  const chosen = held.scope === scope ? held.chosen : NONE;
  const hold = (next: Chosen) => setHeld({ scope, chosen: next });

  async function chooseWhole(): Promise<void> {
    const all = new Map<string, number>();
    let cursor: string | null = null;
    setReading(0);
    try {
      do {
        const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(shop, {
          ...filter,
          limit: PAGE,
          cursor: cursor ?? undefined,
        });
        for (const { orderNumber, billed } of page.items) all.set(orderNumber, billed);
        cursor = page.nextCursor;
        setReading(all.size);
      } while (cursor !== null && all.size < RUN_ROWS_MAX);
      hold(all);
    } finally {
      setReading(null);
    }
  }

  function togglePage(items: readonly OrderRow[], on: boolean): void {
    const next = new Map(chosen);
    for (const { orderNumber, billed } of items) {
      if (on) next.set(orderNumber, billed);
      else next.delete(orderNumber);
    }
    hold(next);
  }

  return {
    chosen,
    reading,
    chooseWhole,
    clear: () => hold(NONE),
    toggle(items, orderNumber) {
      const next = new Map(chosen);
      const row = items.find((item) => item.orderNumber === orderNumber);
      if (!next.delete(orderNumber) && row) next.set(orderNumber, row.billed);
      hold(next);
    },
    togglePage,
    selectMore({ items, count }) {
      const isPageTicked = items.every(({ orderNumber }) => chosen.has(orderNumber));
      if (!isPageTicked) togglePage(items, true);
      else if (chosen.size < count && count <= RUN_ROWS_MAX && reading === null) {
        void chooseWhole().catch(() => {}); // The button beside it says what went wrong.
      }
    },
  };
}
