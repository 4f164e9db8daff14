import { type Books, mateOf } from '@renkei/core/domain/drift/ownership.ts';
import type {
  OrderStatus,
  PaymentKind,
  TransactionState,
} from '@renkei/core/domain/order/states.ts';
import { VERB, VERBS } from '@renkei/core/domain/transaction/link.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN, OPEN_STEP } from '../db/states.ts';

/** The books of a row of `orders` and its slip, as {@link BOOKS_JSON} reads them. */
export type BooksRecord = {
  readonly own: readonly string[] | null;
  readonly restored_at: number | null;
  readonly mates:
    | readonly {
        readonly order_number: string;
        readonly status: OrderStatus;
        readonly payment_kind: PaymentKind;
        readonly state: TransactionState | null;
        readonly as_of: number | null;
        readonly is_of_slip: boolean;
        readonly is_making: boolean;
        readonly unmade_at: number | null;
        readonly seqnos: readonly string[] | null;
      }[]
    | null;
};

const MAKING = VERBS.filter((verb) => VERB[verb].makesTransaction);

const seqnosOf = (order: string) => `(
  select jsonb_agg(t.seqno order by t.seqno) from transaction_owners t
   where t.shop_id = ${order}.shop_id and t.order_number = ${order}.order_number)`;

const msOf = (instant: string) => `floor(extract(epoch from ${instant}) * 1000)`;

/**
 * O1: for a row of `orders`, its own transactions, and the other orders of its slip, or of
 * transactions seen under it, with theirs.
 */
export const BOOKS_JSON = `jsonb_build_object(
  'own', ${seqnosOf('orders')},
  'restored_at', (select ${msOf('max(entered_at)')} from safe_modes),
  'mates', (
    select jsonb_agg(to_jsonb(mate) order by mate.order_number) from (
      select m.order_number, m.status, m.payment_kind,
        -- As it was last seen, where that is newer than what the order knows.
        case when seen.seen_at > m.transaction_as_of then seen.state
             else m.transaction_state end as state,
        ${msOf('greatest(seen.seen_at, m.transaction_as_of)')} as as_of,
        m.slip_id = orders.slip_id as is_of_slip,
        ${seqnosOf('m')} as seqnos,
        asked.is_making, ${msOf('asked.unmade_at')} as unmade_at
      from (
        select same.order_number from orders same
         where same.shop_id = orders.shop_id and same.slip_id = orders.slip_id
        union
        select t.order_number from seen_transactions seen
          join transaction_owners t on t.shop_id = seen.shop_id and t.seqno = seen.seqno
         where seen.shop_id = orders.shop_id and seen.slip_id = orders.slip_id
      ) as other
      join orders m on m.shop_id = orders.shop_id and m.order_number = other.order_number
      left join seen_transactions seen on seen.shop_id = m.shop_id and seen.seqno = m.seqno
      cross join lateral (
        select coalesce(bool_or(o.state in ${OPEN} and s.state in ${OPEN_STEP}), false)
                 as is_making,
               max(s.answered_at) filter (where s.state = 'disproven') as unmade_at
          from operations o
          join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
         where o.shop_id = m.shop_id and o.order_number = m.order_number
           and s.verb in (${MAKING.map((verb) => `'${verb}'`).join(', ')})) as asked
     where other.order_number <> orders.order_number) as mate))`;

export function booksOf({ own, mates, restored_at: restoredAt }: BooksRecord): Books {
  return {
    own: own ?? [],
    restoredAt,
    mates: (mates ?? []).map(({ seqnos, ...mate }) =>
      mateOf({
        orderNumber: mate.order_number,
        seqnos: seqnos ?? [],
        isMaking: mate.is_making,
        unmadeAt: mate.unmade_at,
        paymentKind: mate.payment_kind,
        status: mate.status,
        state: mate.state,
        asOf: mate.as_of,
        isOfSlip: mate.is_of_slip,
      }),
    ),
  };
}

/** Returns the order that owns a transaction; null if the books name none. */
export async function loadOwner(
  db: Queryable,
  shopId: string,
  seqno: string,
): Promise<string | null> {
  const { rows } = await db.query<{ order_number: string }>(
    'select order_number from transaction_owners where shop_id = $1 and seqno = $2',
    [shopId, seqno],
  );
  return rows[0]?.order_number ?? null;
}
