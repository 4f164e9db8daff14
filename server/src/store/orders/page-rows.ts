import { movementsOf } from '@renkei/core/domain/order/events.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { type Page, RENKEI } from '@renkei/core/turns/operation.ts';
import type { Row } from '../db/codec.ts';
import { timestamp } from '../db/db.ts';
import { JOURNAL } from './rows.ts';

/** Returns the entries of a turn, numbered from the order's former version. */
export function journalRows(before: Order, { entries, operation, now }: Page): Row[] {
  const { shopId, orderNumber, version } = before;
  return entries.map((event, index) => ({
    shop_id: shopId,
    order_number: orderNumber,
    ...JOURNAL.row({
      version: version + index + 1,
      at: now,
      actor: operation?.actor ?? RENKEI,
      operationId: operation?.id ?? null,
      event,
    }),
  }));
}

/** V6, O4: returns the movements of stock and points, each with its journal entry. */
export function movementRows(before: Order, { entries, now }: Page): Row[] {
  const { shopId, orderNumber } = before;
  return entries.flatMap((event, index) =>
    movementsOf(event).map((movement) => ({
      shop_id: shopId,
      order_number: orderNumber,
      version: before.version + index + 1,
      at: timestamp(now),
      movement,
    })),
  );
}

/** Returns the shipments to each destination, for the order's details; null if there are none. */
export function shipmentRows({ entries }: Page): Row[] | null {
  const sent = entries.flatMap((event) =>
    event.kind === 'order_shipped' ? [...event.shipments] : [],
  );
  return sent.length === 0 ? null : sent;
}
