import type { OrderAction, OrderView } from '@renkei/contract';

/** Why this user may not do something to the order, in their language; null where they may. */
export function deniedTo(
  { actions }: Pick<OrderView, 'actions'>,
  action: OrderAction,
): string | null {
  return actions.denied[action]?.reason ?? null;
}
