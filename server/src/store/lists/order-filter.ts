import {
  ORDER_FILTERS,
  type OrderFilterName,
  type OrderFilters,
  type OrderFilterValue,
  type OrderTab,
} from '@renkei/contract/lists/order-filters.ts';
import { keysOf, LINKED_KINDS } from '@renkei/core/domain/order/states.ts';
import type { Queryable } from '../db/db.ts';
import { DOUBTFUL } from '../db/states.ts';
import { dialled, digits } from '../orders/order-place.ts';
import { AMOUNT_DIFFERS, HAS_OPEN_AMOUNT } from './open-amount.ts';

/** A filter as a where clause on `orders`, with its values; $1 is the shop. */
export type Where = {
  readonly where: string;
  readonly values: readonly unknown[];
  /** True if the tallies know the numbers of the result, so that the database need not count. */
  readonly tallied: boolean;
  /** The searched 受注コード, if any. */
  readonly codes: readonly string[];
};

/** The where clause of each tab (L1, L2); the tab's partial index has the same clause. */
export const TAB_CLAUSE: Record<OrderTab, string> = {
  all: 'true',
  preorder: `status = 'preorder'`,
  unpaid: `status = 'processing' and paid_on is null`,
  unshipped: `status = 'processing' and not shipped`,
  on_hold: `status = 'on_hold'`,
  completed: `status = 'completed'`,
  cancel_requests: `status = 'processing' and cancel_requested_at is not null`,
};

type Wanted = OrderFilters & { readonly tab: OrderTab };
type Bind = (value: unknown) => string;

/** A filter's clause, with its value bound. `filters` holds the other end of a range. */
type Clause<Value> = (value: Value, bind: Bind, filters: OrderFilters) => string;
type Clauses = { readonly [Name in OrderFilterName]: Clause<OrderFilterValue<Name>> };

const oneOf =
  (column: string): Clause<readonly string[]> =>
  (words, bind) =>
    `${column} = any(${bind(words)})`;

const is =
  (condition: string): Clause<boolean> =>
  (wanted) =>
    wanted ? `(${condition})` : `not (${condition})`;

const compare =
  (column: string, operator: '>=' | '<='): Clause<string | number> =>
  (value, bind) =>
    `${column} ${operator} ${bind(value)}`;

const REQUESTED = `left(requested_delivery, 10)`; // 2026/11/24, perhaps followed by a time
const IN_DOUBT = `order_number in (
  select order_number from operations where shop_id = $1 and state in ${DOUBTFUL})`;

/** Each filter of the list, as a clause on `orders`. */
const CLAUSES: Clauses = {
  q: (text, bind) => searchClause(plain(text), bind),
  placedFrom: (on, bind) => `placed_at >= ${startOf(bind(on), 0)}`,
  placedTo: (on, bind) => `placed_at < ${startOf(bind(on), 1)}`,
  paidFrom: compare('paid_on', '>='),
  paidTo: compare('paid_on', '<='),
  shippedFrom: (_, bind, filters) => shippedClause(filters, bind),
  shippedTo: (_, bind, filters) =>
    filters.shippedFrom === undefined ? shippedClause(filters, bind) : 'true',
  requestedFrom: (on, bind) => `${REQUESTED} >= ${bind(slashed(on))}`,
  requestedTo: (on, bind) =>
    `${REQUESTED} <= ${bind(slashed(on))} and requested_delivery ~ '^[0-9]{4}/'`,
  billedMin: compare('billed', '>='),
  billedMax: compare('billed', '<='),
  captureWithinDays: (days, bind) => deadlineClause(bind(days)),
  paid: is('paid_on is not null'),
  shipped: is('shipped'),
  tracked: is('tracked'),
  multipleDestinations: is('multiple_destinations'),
  withMessage: is(`coalesce(details ->> 'customerMessage', '') <> ''`),
  amountDiffers: is(AMOUNT_DIFFERS),
  openAmount: is(HAS_OPEN_AMOUNT),
  paymentMailSent: is('mail_sent_count > 0'),
  inDoubt: is(IN_DOUBT),
  kinds: oneOf('payment_kind'),
  statuses: oneOf('status'),
  transactionState: oneOf('transaction_state'),
  authentication: (words, bind) => `seqno is not null and authentication = any(${bind(words)})`,
  types: oneOf('type'),
  channels: oneOf('channel'),
};

/** The filters that the tallies know, as clauses on them. */
const TALLY_CLAUSES: Partial<Clauses> = {
  paid: is('paid'),
  shipped: CLAUSES.shipped,
  kinds: CLAUSES.kinds,
  statuses: CLAUSES.statuses,
  types: CLAUSES.types,
};

export function whereOf(shopId: string, filter: Wanted): Where {
  const values: unknown[] = [shopId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const asked = askedIn(filter);
  const clauses = asked.map((name) => clauseOf(CLAUSES, name, filter, bind));
  return {
    where: ['shop_id = $1', TAB_CLAUSE[filter.tab], ...clauses].join(' and '),
    values,
    tallied: asked.every((name) => name in TALLY_CLAUSES) && filter.tab !== 'cancel_requests',
    codes: codesIn(plain(filter.q)),
  };
}

/** Returns the clauses over `order_tallies` for a filter that the tallies know. */
export function talliedClauses(filter: Wanted, bind: Bind): string[] {
  return askedIn(filter).map((name) => clauseOf(TALLY_CLAUSES, name, filter, bind));
}

/** Returns the active filters; a search of blanks is inactive. */
function askedIn(filter: OrderFilters): OrderFilterName[] {
  const isAsked = (name: OrderFilterName) =>
    name === 'q' ? plain(filter.q) !== '' : filter[name] !== undefined;
  return keysOf(ORDER_FILTERS).filter(isAsked);
}

function clauseOf<Name extends OrderFilterName>(
  clauses: Partial<Clauses>,
  name: Name,
  filter: OrderFilters,
  bind: Bind,
): string {
  const clause: Partial<Clauses>[Name] = clauses[name];
  if (clause === undefined) throw new Error(`the tallies do not know ${name}`);
  return clause(filter[name] as OrderFilterValue<Name>, bind, filter);
}

/** Returns the instant at which a JST date begins, `days` later. */
function startOf(date: string, days: number): string {
  return `((${date}::date + ${days})::timestamp at time zone 'Asia/Tokyo')`;
}

/** 発送日: any of the destinations; the last date, which is indexed, narrows the search first. */
function shippedClause({ shippedFrom, shippedTo }: OrderFilters, bind: Bind): string {
  const from = bind(shippedFrom ?? '0001-01-01');
  const to = bind(shippedTo ?? '9999-12-31');
  return `last_shipped_on >= ${from} and
    exists (select from unnest(shipped_dates) as day where day between ${from} and ${to})`;
}

/**
 * C10: authorized, and to be captured within so many days by its kind's deadline. The shortest
 * deadline narrows the search first, along the index; the deadlines are read once, not for every
 * order.
 */
function deadlineClause(within: string): string {
  const today = `(now() at time zone 'Asia/Tokyo')::date`;
  const before = (days: string) =>
    `authorized_at < ((${today} + ${within}::int + 1 - ${days})::timestamp at time zone 'Asia/Tokyo')`;
  const ofShop = (days: string) => `(select ${days} from shops where shop_id = $1)`;
  const ofKinds = LINKED_KINDS.map(
    (kind) => `when '${kind}' then ${ofShop(`capture_days(shops, '${kind}')`)}`,
  );
  const shortest = `least(capture_deadline_days,
    (select min(days::int) from jsonb_each_text(capture_deadlines) as own (kind, days)))`;
  return [
    `transaction_state = 'authorized'`,
    before(ofShop(shortest)),
    before(`case payment_kind ${ofKinds.join(' ')} else ${ofShop('capture_deadline_days')} end`),
  ].join(' and ');
}

/**
 * Searches for several 受注コード, one 取引番号, 送り状番号, or the beginning of a name, kana, phone or
 * mail. Names are compared by the same fold on both sides.
 */
function searchClause(text: string, bind: Bind): string {
  const codes = codesIn(text);
  if (codes.length > 0) {
    const wanted = bind(codes);
    return `(order_number = any(${wanted}) or ${HAS_TRACKING} && ${wanted})`;
  }
  if (/^\d{20}$/.test(text)) return `seqno = ${bind(text)}`;
  if (PHONE.test(text)) {
    const phone = dialled(text);
    const tracking = bind([digits(text)]);
    return `(customer_phone like ${bind(`${phone}%`)} or ${HAS_TRACKING} && ${tracking})`;
  }
  if (text.includes('@')) {
    const prefix = bind(`${text.replace(/[\\%_]/g, '\\$&')}%`);
    return `lower(customer_email) like lower(${prefix})`;
  }
  const prefix = `folded_prefix(${bind(text)})`;
  return `(folded(customer_name) like ${prefix}
    or folded(customer_kana) collate "C" like ${prefix})`;
}

/** Digits, and all that people write between them. */
const PHONE = /^[\d\s()+.‐‑‒–—―−ー-]{3,}$/u;
/** As the partial index says it. */
const HAS_TRACKING = `tracking_numbers_of(details) <> '{}' and tracking_numbers_of(details)`;

function codesIn(text: string): string[] {
  return [...new Set(text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [])];
}

/** Normalizes a search: full-width digits become digits. */
function plain(text: string | undefined): string {
  return text?.normalize('NFKC').trim() ?? '';
}

function slashed(date: string): string {
  return date.replaceAll('-', '/');
}

/** Returns those searched numbers that are no 受注コード and no 送り状番号 of the shop, in sequence. */
export async function findMissing(
  db: Queryable,
  shopId: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<{ code: string }>(
    `select code from unnest($2::text[]) with ordinality as wanted (code, n)
      where not exists (select from orders where shop_id = $1 and order_number = code)
        and not exists (
          select from orders where shop_id = $1 and ${HAS_TRACKING} && array[code])
      order by n`,
    [shopId, codes],
  );
  return rows.map(({ code }) => code);
}
