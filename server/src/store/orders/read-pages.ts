import { type Drawn, limitsOf, type TwoPersonRule } from '@renkei/core/domain/limits/limits.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { OrderNotFound, type PageRead, type PageRequest } from '@renkei/core/ports/store.ts';
import type { Hold, Operation, Step } from '@renkei/core/turns/operation.ts';
import { holdOf } from '../attention/outages.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { readOrError } from '../db/gather.ts';
import { OPEN } from '../db/states.ts';
import { BOOKS_JSON, type BooksRecord, booksOf } from './books.ts';
import { drawnJson } from './draws.ts';
import { OPERATION, ORDER, STEP } from './rows.ts';

/**
 * Reads the pages of different orders by one statement. An error in place of a page concerns its
 * order only: {@link OrderNotFound}, or a RangeError for an amount that is not in whole yen.
 */
export async function readPages(
  db: Queryable,
  asked: readonly PageRequest[],
): Promise<(PageRead | Error)[]> {
  const values = [
    asked.map(({ ref }) => ref.shopId),
    asked.map(({ ref }) => ref.orderNumber),
    asked.map(({ given }) => given?.key ?? null),
    asked.map(({ given }) => given?.actorId ?? null),
  ];
  const { rows } = await db.query<PageRecord>({ ...READ_PAGES, values });
  const found: (PageRead | Error)[] = asked.map(({ ref }) => new OrderNotFound(ref));
  for (const row of rows) found[row.at - 1] = readOrError(row, turnOf);
  return found;
}

const OPEN_OPERATION = `o.shop_id = orders.shop_id and o.order_number = orders.order_number
  and o.state in ${OPEN}`;

/**
 * For each order asked for: the settings, the clock, the open operation, its last step, the key's
 * operation, and what the actor has drawn.
 */
const READ_PAGES = {
  name: 'read-pages',
  text: `
    select asked.at::int, clock_timestamp() as now, turn, link_enabled, inquiry,
      ${holdOf('orders')} as hold,
      confirm_orders, confirm_yen, limits,
      ${ORDER.select},
      ${BOOKS_JSON} as books,
      (select ${OPERATION.json('o')} from operations o where ${OPEN_OPERATION}) as open,
      (select ${STEP.json('s')} from operations o
         join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
        where ${OPEN_OPERATION} order by s.n desc limit 1) as step,
      (select ${OPERATION.json('o')} from operations o
        where o.shop_id = orders.shop_id and o.key = asked.key) as earlier,
      ${drawnJson('asked.actor_id')} as drawn
    from unnest($1::text[], $2::text[], $3::text[], $4::text[])
      with ordinality as asked (shop_id, order_number, key, actor_id, at)
    join orders using (shop_id, order_number)
    join (select shop_id, link_enabled, inquiry, confirm_orders, confirm_yen, limits
            from shops) as settings
      using (shop_id)`,
};

type PageRecord = RowOf<Order> & {
  /** The place among those asked for, from 1 on. */
  at: number;
  now: number;
  turn: number;
  link_enabled: boolean;
  inquiry: boolean;
  hold: Hold | null;
  confirm_orders: number;
  confirm_yen: number;
  limits: Partial<TwoPersonRule>;
  books: BooksRecord;
  open: RowOf<Operation> | null;
  step: RowOf<Step> | null;
  earlier: RowOf<Operation> | null;
  drawn: Drawn;
};

function turnOf(row: PageRecord): PageRead {
  const page = {
    now: row.now,
    settings: {
      linkEnabled: row.link_enabled,
      inquiry: row.inquiry,
      hold: row.hold,
      confirm: { orders: row.confirm_orders, yen: row.confirm_yen },
      limits: limitsOf(row.limits),
    },
    order: ORDER.read(row),
    books: booksOf(row.books),
    operation: row.open && OPERATION.read(row.open),
    step: row.step && STEP.read(row.step),
    closedStep: null,
    drawn: row.drawn,
    entries: [],
    mails: [],
  };
  return { page, earlier: row.earlier && OPERATION.read(row.earlier), turn: row.turn };
}
