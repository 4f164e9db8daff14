import {
  type Selection as Frozen,
  type OrderList,
  type OrderRow,
  RUN_ROWS_MAX,
} from '@renkei/contract';
import { useState } from 'react';
import type { OrderListWish } from '../../api/queries.ts';
import { freezeResult, listFrozen } from '../../api/views.ts';
import { type Chosen, nextOf, withPage, withToggled } from './selection.ts';

/** The orders that something is to be done to: some by number, or a result as it was frozen. */
export type Picked = {
  readonly orderNumbers: readonly string[];
  /** The frozen result that they are, in the versions of then. */
  readonly selection?: string;
};

export type Selection = {
  readonly chosen: Chosen;
  /** The whole result, frozen by the server at the click; null once a tick has changed it. */
  readonly frozen: Frozen | null;
  readonly picked: Picked;
  readonly toggle: (items: readonly OrderRow[], orderNumber: string) => void;
  readonly togglePage: (items: readonly OrderRow[], on: boolean) => void;
  /** Ticks the page; where it is ticked already, the whole result. */
  readonly selectMore: (list: Pick<OrderList, 'items' | 'count'>) => void;
  /** Freezes the whole result, and ticks it. Rejects where it cannot be had. */
  readonly chooseWhole: () => Promise<void>;
  /** The whole result is being frozen. */
  readonly freezing: boolean;
  readonly clear: () => void;
};

type Held = { readonly chosen: Chosen; readonly frozen: Frozen | null };
const NOTHING: Held = { chosen: new Map(), frozen: null };

/** What is ticked in a list. It lasts over pages and sortings, and ends with another filter or shop. */
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
        void chooseWhole().catch(() => {}); // The button beside it says what went wrong.
      }
    },
  };
}
