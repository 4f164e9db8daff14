import { type Yen, yen } from '../values/yen.ts';
import type { Movement, StockItem } from './movement.ts';
import type { Lines, Order } from './order.ts';

/** O4: the stock and points that an order has taken and not given back. */
export type Away = { readonly stock: Lines; readonly points: Yen };

/** O4: returns all stock and points of the order, minus any that were given back (V6). */
export function awayOf({
  lines,
  amounts,
  stockReturned,
  pointsReturned,
}: Pick<Order, 'lines' | 'amounts' | 'stockReturned' | 'pointsReturned'>): Away {
  return {
    stock: stockReturned ? [] : lines,
    points: pointsReturned > 0 ? yen(0) : amounts.pointsUsed,
  };
}

/** V6: tells whether an order can still give back its stock, and its used points. */
export function canGiveBack(order: Order): { readonly stock: boolean; readonly points: boolean } {
  return { stock: !order.stockReturned, points: awayOf(order).points > 0 };
}

/**
 * O4: returns the movements that lead from `before` to `after`: they return the surplus and take
 * the rest. All movements of an order since its placement therefore add up to its present stock and
 * points. Products are counted by number and variation, over all destinations.
 */
export function movementsBetween(before: Away, after: Away): Movement[] {
  const more = differenceOf(before.stock, after.stock);
  const points = after.points - before.points;
  return [
    ...stockMovement('returned', more, -1),
    ...stockMovement('taken', more, 1),
    ...(points < 0 ? [pointsMovement('returned', yen(-points))] : []),
    ...(points > 0 ? [pointsMovement('taken', yen(points))] : []),
  ];
}

/** The sums of movements: pieces of stock, and points. */
export type Moved = {
  readonly toStock: number;
  readonly fromStock: number;
  readonly pointsGivenBack: number;
  readonly pointsTaken: number;
};

/** O4: sums movements in each direction. */
export function movedBy(movements: readonly Movement[]): Moved {
  const sum = (of: Movement['of'], direction: Movement['direction']) =>
    movements
      .filter((each) => each.of === of && each.direction === direction)
      .reduce((all, each) => all + sizeOf(each), 0);
  return {
    toStock: sum('stock', 'returned'),
    fromStock: sum('stock', 'taken'),
    pointsGivenBack: sum('points', 'returned'),
    pointsTaken: sum('points', 'taken'),
  };
}

function sizeOf(movement: Movement): number {
  if (movement.of === 'points') return movement.points;
  return movement.items.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Returns the change in quantity of each product; products without a change are left out. */
function differenceOf(before: Lines, after: Lines): StockItem[] {
  const counts = new Map<string, StockItem>();
  for (const [lines, sign] of [[before, -1] as const, [after, 1] as const]) {
    for (const { productCode, variation, quantity } of lines.flat()) {
      const key = JSON.stringify([productCode, variation]);
      const known = counts.get(key)?.quantity ?? 0;
      counts.set(key, { productCode, variation, quantity: known + sign * quantity });
    }
  }
  return [...counts.values()].filter(({ quantity }) => quantity !== 0);
}

function stockMovement(
  direction: Movement['direction'],
  more: readonly StockItem[],
  sign: 1 | -1,
): Movement[] {
  const items = more
    .filter(({ quantity }) => quantity * sign > 0)
    .map((item) => ({ ...item, quantity: item.quantity * sign }));
  return items.length === 0 ? [] : [{ of: 'stock', direction, items }];
}

function pointsMovement(direction: Movement['direction'], points: Yen): Movement {
  return { of: 'points', direction, points };
}

/** Returns the order after a movement by a change of status (V6, V7). */
export function applyMovement(order: Order, movement: Movement): Order {
  const returned = movement.direction === 'returned';
  if (movement.of === 'stock') return { ...order, stockReturned: returned };
  return { ...order, pointsReturned: returned ? movement.points : yen(0) };
}
