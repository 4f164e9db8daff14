import {
  type ListSelection as Frozen,
  type OrderList,
  type OrderRow,
  RUN_ROWS_MAX,
} from '@renkei/contract';
import { useState } from 'react';
import type { OrderListWish } from '../../../api/queries.ts';
import { freezeResult, listFrozen } from '../../../api/views.ts';
import { type Chosen, nextOf, withPage, withToggled } from './selection.ts';

/** The orders of a bulk command: some by number, or a frozen result. */
export type Picked = {
  readonly orderNumbers: readonly string[];
  /** The frozen result of these orders, with their versions at that moment. */
  readonly selection?: string;
};

export type Selection = {
  readonly chosen: Chosen;
  /** The whole result, frozen by the server at the click; null after a further tick. */
  readonly frozen: Frozen | null;
  readonly picked: Picked;
  readonly toggle: (items: readonly OrderRow[], orderNumber: string) => void;
  readonly togglePage: (items: readonly OrderRow[], on: boolean) => void;
  /** Ticks the page; if it is ticked already, the whole result. */
  readonly selectMore: (list: Pick<OrderList, 'items' | 'count'>) => void;
  /** Freezes the whole result, and ticks it. Rejects if the server cannot freeze it. */
  readonly chooseWhole: () => Promise<void>;
  /** True while the server freezes the whole result. */
  readonly freezing: boolean;
  readonly clear: () => void;
};

type Held = { readonly chosen: Chosen; readonly frozen: Frozen | null };
const NOTHING: Held = { chosen: new Map(), frozen: null };

/**
 * The ticked orders of a list. They survive paging and sorting; another filter or shop clears them.
 */
export function useSelection(shop: string, wish: OrderListWish): Selection {
  const { cursor: _, limit: __, sort: ___, direction: ____, ...filter } = wish;
  const scope = JSON.stringify([shop, filter]);
  const [held, setHeld] = useState({ scope, ...NOTHING });
  const [freezing, setFreezing] = useState(false);
  const { chosen, frozen } = held.scope === scope ? held : NOTHING;
  const hold = (next: Chosen) => setHeld({ scope, chosen: next, frozen: null });

  async function chooseWhole(): Promise<void> {
    setFreezing(true);
    try {
      const result = await freezeResult(shop, wish);
      const orders = await listFrozen(shop, result.id, RUN_ROWS_MAX);
      const all = new Map(orders.map(({ orderNumber, billed }) => [orderNumber, billed]));
      setHeld({ scope, chosen: all, frozen: result });
    } finally {
      setFreezing(false);
    }
  }

  return {
    chosen,
    frozen,
    picked: { orderNumbers: [...chosen.keys()], ...(frozen && { selection: frozen.id }) },
    freezing,
    chooseWhole,
    clear: () => hold(NOTHING.chosen),
    toggle: (items, orderNumber) => hold(withToggled(chosen, items, orderNumber)),
    togglePage: (items, on) => hold(withPage(chosen, items, on)),
    selectMore(list) {
      const next = nextOf(chosen, list);
      if (next === 'page') hold(withPage(chosen, list.items, true));
      if (next === 'whole' && !freezing) {
        void chooseWhole().catch(() => {}); // The button beside it shows the error.
      }
    },
  };
}
