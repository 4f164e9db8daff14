import { type OrderList, type OrderRow, RUN_ROWS_MAX } from '@renkei/contract';

/** 受注コード → 請求金額 of the ticked orders. */
export type Chosen = ReadonlyMap<string, number>;

type SelectedRow = Pick<OrderRow, 'orderNumber' | 'billed'>;

/** Ticks or unticks an order; an order outside of the list cannot be ticked. */
export function withToggled(
  chosen: Chosen,
  items: readonly SelectedRow[],
  orderNumber: string,
): Chosen {
  const next = new Map(chosen);
  const row = items.find((item) => item.orderNumber === orderNumber);
  if (!next.delete(orderNumber) && row) next.set(orderNumber, row.billed);
  return next;
}

/** Ticks or unticks all orders of a page; the orders of other pages stay as they are. */
export function withPage(chosen: Chosen, items: readonly SelectedRow[], on: boolean): Chosen {
  const next = new Map(chosen);
  for (const { orderNumber, billed } of items) {
    if (on) next.set(orderNumber, billed);
    else next.delete(orderNumber);
  }
  return next;
}

/** The next effect of すべてチェック: it ticks the page; then the whole result, if a run takes so many. */
export function nextOf(
  chosen: Chosen,
  { items, count }: { readonly items: readonly SelectedRow[]; readonly count: OrderList['count'] },
): 'page' | 'whole' | 'nothing' {
  if (!items.every(({ orderNumber }) => chosen.has(orderNumber))) return 'page';
  return chosen.size < count && count <= RUN_ROWS_MAX ? 'whole' : 'nothing';
}
