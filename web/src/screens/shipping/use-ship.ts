import type { CommandResult, OrderView, Ship } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { keepAnswer, readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { jstDateOf } from '../../ui/browser/format.ts';

/** The shipment of an order in the form. */
export type TypedShipment = {
  readonly shippedOn: string;
  readonly carrier: string;
  /** 送り状番号 of each destination that is shipped. */
  readonly numbers: ReadonlyMap<number, string>;
  readonly mail: boolean;
};

/** Ships every unshipped destination, today. */
export function newWish(order: OrderView): TypedShipment {
  const numbers = new Map(openIn(order).map((destination) => [destination, '']));
  return { shippedOn: jstDateOf(new Date()), carrier: '', numbers, mail: true };
}

/** The unshipped destinations. */
export function openIn({ details }: OrderView): number[] {
  return details.destinations.flatMap(({ shippedOn }, index) =>
    shippedOn === null ? [index] : [],
  );
}

export function useShip(order: OrderView, wish: TypedShipment, onDone: () => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const { orderNumber, version } = order;
  const query = orderQuery(shop.id, orderNumber);
  const again = () => queries.invalidateQueries({ queryKey: ['orders', shop.id] });
  return useCommand<CommandResult>({
    send: (key) =>
      ask('POST', `/v1/orders/${orderNumber}/shipments`, {
        shop: shop.id,
        key,
        version,
        body: bodyOf(wish),
      }),
    onDone(result) {
      keepAnswer(queries, query.queryKey, result.order);
      void again();
      onDone();
    },
    reread: () => Promise.all([readAnew(queries, query), again()]),
  });
}

/** An empty field changes nothing: the record stays. */
function bodyOf({ shippedOn, carrier, numbers, mail }: TypedShipment): Ship {
  const shipments = [...numbers].map(([destination, number]) => ({
    destination,
    shippedOn,
    ...(carrier.trim() !== '' && { carrier: carrier.trim() }),
    ...(number.trim() !== '' && { trackingNumber: number.trim() }),
  }));
  return { shipments, mail: mail ? 'auto' : 'manual' };
}
