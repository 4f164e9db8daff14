import type { CommandResult, OrderView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keepAnswer, readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { type CommandPress, useCommand } from '../../../api/command.ts';
import { orderQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { focusBlock } from '../focus-block.ts';

type OrderRequest = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** The resource under the order: `payment`, `status`, `amounts`. */
  readonly resource: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /**
   * Called when the server has executed or accepted the command: the order then shows its
   * operation. `waits`: nothing was done yet, because a second person has to agree (F59).
   */
  readonly onDone: (order: OrderView, waits: boolean) => void;
};

export type OrderCommand = CommandPress & {
  /** The order at the last press of the button. */
  readonly seen: OrderView | null;
};

/**
 * A command on an order, for the version that the person sees. Afterwards the cache holds the new
 * order.
 */
export function useOrderCommand(order: OrderView, wish: OrderRequest): OrderCommand {
  const { shop } = useSession();
  const queries = useQueryClient();
  const { orderNumber, version } = order;
  const query = orderQuery(shop.id, orderNumber);
  const [seen, setSeen] = useState<OrderView | null>(null);
  const command = useCommand<CommandResult>({
    send(key, typed) {
      setSeen(order);
      return ask(wish.method, `/v1/orders/${orderNumber}/${wish.resource}`, {
        shop: shop.id,
        key,
        version,
        typed,
        ...(wish.query === undefined ? {} : { query: wish.query }),
        ...(wish.body === undefined ? {} : { body: wish.body }),
      });
    },
    onDone(result) {
      keepAnswer(queries, query.queryKey, result.order);
      void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      const waits = result.operation.reason?.code === 'second_person_awaited';
      wish.onDone(result.order, waits);
      if (waits) focusBlock('proposal');
    },
    reread: () => readAnew(queries, query),
  });
  return { ...command, seen };
}
