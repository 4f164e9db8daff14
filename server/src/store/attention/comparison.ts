import {
  type Answered,
  asAnswered,
  type ComparisonFacts,
} from '@renkei/core/domain/drift/comparison.ts';
import { PAYING, payerOf } from '@renkei/core/domain/drift/payer.ts';
import type { Sighted } from '@renkei/core/domain/drift/sighted.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { OpenState } from '@renkei/core/domain/order/states.ts';
import { leftIn, type Verb } from '@renkei/core/domain/transaction/link.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { jsonOf, type RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { BOOKS_JSON, type BooksRecord, booksOf } from '../orders/books.ts';
import { ORDER } from '../orders/rows.ts';
import { SEEN, SIGHTED_JSON } from './observations.ts';

/**
 * Loads the facts for comparing some orders; leaves out orders of which F-REGI has nothing. A single
 * statement reads them, so all facts are of one moment: between two statements a transaction could
 * seem to appear or vanish.
 */
export async function loadComparisonFacts(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<ComparisonFacts[]> {
  const values = [shopId, orderNumbers];
  const { rows } = await db.query<FactsRecord>({ ...SELECT_FACTS, values });
  return rows.map((row) => {
    const { open_state: state, open_since: since } = row;
    const sighted = (row.sighted ?? []).map((each) => SEEN.read(each));
    return {
      order: ORDER.read(row),
      sighted: asAnswered(sighted, (row.answered ?? []).map(answeredOf)),
      books: booksOf(row.books),
      lookedAt: latest(row.looked_at, row.covered_at),
      vouchedAt: latest(row.looked_at, row.vouched_at),
      open: state === null || since === null ? null : { state, since, operationId: row.open_id },
      captureDeadlineDays: row.capture_deadline_days,
      payer: payerOf(row.paying ?? []),
    };
  });
}

type AnsweredRecord = { readonly seqno: string; readonly verb: Verb; readonly at: number };

function answeredOf({ seqno, verb, at }: AnsweredRecord): Answered {
  return { seqno, at, state: leftIn(verb) };
}

type FactsRecord = RowOf<Order> & {
  open_state: OpenState | null;
  open_since: number | null;
  open_id: string | null;
  capture_deadline_days: number;
  books: BooksRecord;
  covered_at: number | null;
  vouched_at: number | null;
  looked_at: number | null;
  sighted: RowOf<Sighted>[] | null;
  answered: AnsweredRecord[] | null;
  paying: OrderEvent[] | null;
};

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** F-REGI's successful calls for us under the slip of a row of `orders`, oldest first. */
const ANSWERED_JSON = `(
  select jsonb_agg(${jsonOf('answer', 'at')} order by at) from (
    select s.seqno, s.verb, s.answered_at as at
      from operations o join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
     where o.shop_id = orders.shop_id and o.order_number in (
             select same.order_number from orders same
              where same.shop_id = orders.shop_id and same.slip_id = orders.slip_id)
       and s.seqno is not null and s.state in ('done', 'proven')
       and s.answered_at is not null) as answer)`;

/** L2: what has made a row of `orders` 入金済; only where the customer pays at F-REGI. */
const PAYING_JSON = `(
  select jsonb_agg(event order by version) from journal j
   where orders.redirects <> '[]' and j.shop_id = orders.shop_id
     and j.order_number = orders.order_number
     and j.event ->> 'kind' in (${PAYING.map((kind) => `'${kind}'`).join(', ')}))`;

/** $1 shop, $2 受注コード. */
export const SELECT_FACTS = {
  name: 'select-comparison-facts',
  text: `
    select ${ORDER.select}, open.state as open_state, open.created_at as open_since,
      open.id as open_id,
      (select capture_days(shops, orders.payment_kind) from shops
        where shops.shop_id = orders.shop_id) as capture_deadline_days,
      ${BOOKS_JSON} as books,
      ${SIGHTED_JSON} as sighted,
      ${ANSWERED_JSON} as answered,
      ${PAYING_JSON} as paying,
      (select seen_at from seen_slips looked
        where looked.shop_id = orders.shop_id and looked.slip_id = orders.slip_id) as looked_at,
      -- A file that covers the day of the authorization shows all of that day's transactions.
      (select max(seen_at) from sightings s where s.shop_id = orders.shop_id
          and (authorized_at at time zone 'Asia/Tokyo')::date between s.covers_from and s.covers_to
      ) as covered_at,
      -- S6: a file that a second person has imported, too, unless there is nobody else.
      (select max(seen_at) from sightings s where s.shop_id = orders.shop_id
          and (authorized_at at time zone 'Asia/Tokyo')::date between s.covers_from and s.covers_to
          and (exists (select from file_agreements a
                        where a.shop_id = s.shop_id and a.sighting_id = s.id)
            or (select count(*) < 2 from members m where m.shop_id = s.shop_id))
      ) as vouched_at
    from orders
    left join lateral (
      select o.id, o.state, o.created_at from operations o
       where o.shop_id = orders.shop_id and o.order_number = orders.order_number
         and o.state in ${OPEN}) as open on true
    where shop_id = $1 and order_number = any($2) 
      and (transaction_state is not null or redirects <> '[]')`,
};
