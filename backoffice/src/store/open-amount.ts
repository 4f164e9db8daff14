import { LINKED_KINDS } from '../domain/states.ts';

const LINKED = LINKED_KINDS.map((kind) => `'${kind}'`).join(', ');
const BILLED = `case when status in ('cancelled', 'returned', 'uncollectible') then 0
  else billed end`;

/**
 * What is open of a row of orders that is paid: as `balanceOf` (domain/balance.ts) has it, in SQL.
 * A test compares the two over orders of every kind.
 */
export const OPEN_AMOUNT = `(${BILLED}
  - case when transaction_state like 'captured%' then transaction_amount else 0 end
  - case when payment_kind in (${LINKED}) then settled_otherwise else ${BILLED} end)`;

/** O3: paid, and something is open: as `hasOpenAmount`. */
export const HAS_OPEN_AMOUNT = `(paid_on is not null and ${OPEN_AMOUNT} <> 0)`;
