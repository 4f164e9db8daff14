import { LINKED_KINDS } from '@renkei/core/domain/order/states.ts';
import type { Sum } from '@renkei/core/domain/reconciliation/match.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';
import { CAPTURED, LEFT } from '../db/states.ts';

const LINKED = LINKED_KINDS.map((kind) => `'${kind}'`).join(', ');
/** L2: as `paidAtStoreOf`. */
const MADE = `case when redirects = '[]' then 0
  else (select coalesce(sum((one ->> 'amount')::int), 0) from jsonb_array_elements(redirects) as one
         where one ->> 'status' = 'completed') end`;
const BILLED = `case when status in ${LEFT} then 0
  else billed end`;

/**
 * The open amount of a paid row of orders, as `balanceOf` (domain/order/balance.ts) computes it, in SQL.
 * A test compares both over orders of every kind.
 */
export const OPEN_AMOUNT = `(${BILLED}
  - case when transaction_state in ${CAPTURED} then transaction_amount else 0 end
  - case when payment_kind in (${LINKED}) then ${MADE} + settled_otherwise
      when status in ${LEFT} then case when ${MADE} = 0 then 0 else ${MADE} + settled_otherwise end
      when paid_at_store is null then billed + greatest(0, ${MADE} + least(0, settled_otherwise))
      when ${MADE} = 0 then paid_at_store + settled_otherwise
      else ${MADE} + settled_otherwise end)`;

/** O3: paid, with an open amount: as `hasOpenAmount`. */
export const HAS_OPEN_AMOUNT = `(paid_on is not null and ${OPEN_AMOUNT} <> 0)`;

/** C2: as `amountDiffers` of the domain; false without a transaction. */
export const AMOUNT_DIFFERS = `(coalesce(transaction_state = 'authorized'
  and transaction_amount <> billed - settled_otherwise, false))`;

/** O2, O3: the sums that 照合 shows beside F-REGI's equation. */
export type BalanceSums = {
  /**
   * Amounts settled otherwise on days of the period: entries, and yen received minus yen given
   * back.
   */
  readonly settled: Sum;
  /** The present number of paid orders with an open amount, and its sum in yen. */
  readonly open: Sum;
};

export async function loadBalanceSums(
  db: Queryable,
  shopId: string,
  { from, to }: { readonly from: JstDate; readonly to: JstDate },
): Promise<BalanceSums> {
  const [settled, open] = await Promise.all([
    db.query<Sum>(SETTLED, [shopId, from, to]),
    db.query<Sum>(OPEN_SUM, [shopId]),
  ]);
  const none = { count: 0, amount: 0 };
  return { settled: settled.rows[0] ?? none, open: open.rows[0] ?? none };
}

const SETTLED = `
  select count(*) as count, coalesce(sum(case entry ->> 'direction' when 'received' then 1 else -1 end
      * (entry ->> 'amount')::int), 0)::bigint as amount
    from orders, jsonb_array_elements(settlements) as entry
   where shop_id = $1 and settlements <> '[]' and (entry ->> 'on')::date between $2 and $3`;

const OPEN_SUM = `
  select count(*) as count, coalesce(sum(${OPEN_AMOUNT}), 0)::bigint as amount
    from orders where shop_id = $1 and ${HAS_OPEN_AMOUNT}`;
