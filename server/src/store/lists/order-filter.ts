import type { OrderFilter, OrderTab } from '@renkei/contract/lists/order-list.ts';
import { LINKED_KINDS } from '@renkei/core/domain/states.ts';
import { DOUBTFUL } from '../db/states.ts';
import { digits } from '../orders/order-place.ts';
import { AMOUNT_DIFFERS, HAS_OPEN_AMOUNT } from './open-amount.ts';

/** A filter as a where clause on `orders`, with its values; $1 is the shop. */
export type Where = {
  readonly where: string;
  readonly values: readonly unknown[];
  /** True where the tallies know the numbers of the result, so that nothing need be counted. */
  readonly tallied: boolean;
  /** The 受注コード that are searched for, if any. */
  readonly codes: readonly string[];
};

/** The where clause of each tab (L1, L2); a tab's partial index has the same one. */
export const TAB_CLAUSE: Record<OrderTab, string> = {
  all: 'true',
  preorder: `status = 'preorder'`,
  unpaid: `status = 'processing' and paid_on is null`,
  unshipped: `status = 'processing' and not shipped`,
  on_hold: `status = 'on_hold'`,
  completed: `status = 'completed'`,
  cancel_requests: `status = 'processing' and cancel_requested_at is not null`,
};

type Wanted = Omit<OrderFilter, 'sort' | 'direction'>;
type Bind = (value: unknown) => string;

export function whereOf(shopId: string, filter: Wanted): Where {
  const values: unknown[] = [shopId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const known = talliedClauses(filter, bind);
  const others = [...dateClauses(filter, bind), ...otherClauses(filter, bind)];
  const text = filter.q?.normalize('NFKC').trim() ?? '';
  const codes = codesIn(text);
  if (text !== '') others.push(searchClause(text, codes, bind));
  const where = ['shop_id = $1', TAB_CLAUSE[filter.tab], ...known, ...others].join(' and ');
  const tallied = others.length === 0 && filter.tab !== 'cancel_requests';
  return { where, values, tallied, codes };
}

/** The clauses over what the tallies are kept by. */
export function talliedClauses(filter: Wanted, bind: Bind, paid = 'paid_on is not null'): string[] {
  const clauses: string[] = [];
  const oneOf = (column: string, text: string | undefined) => {
    const words = wordsOf(text);
    if (words.length > 0) clauses.push(`${column} = any(${bind(words)})`);
  };
  oneOf('payment_kind', filter.kinds);
  oneOf('status', filter.statuses);
  oneOf('type', filter.types);
  if (filter.shipped !== undefined) clauses.push(is('shipped', filter.shipped));
  if (filter.paid !== undefined) clauses.push(is(paid, filter.paid));
  return clauses;
}

function dateClauses(filter: Wanted, bind: Bind): string[] {
  const clauses: string[] = [];
  const { placedFrom, placedTo, paidFrom, paidTo, requestedFrom, requestedTo } = filter;
  const startOf = (date: string, days: number) =>
    `((${bind(date)}::date + ${days})::timestamp at time zone 'Asia/Tokyo')`;
  if (placedFrom !== undefined) clauses.push(`placed_at >= ${startOf(placedFrom, 0)}`);
  if (placedTo !== undefined) clauses.push(`placed_at < ${startOf(placedTo, 1)}`);
  if (paidFrom !== undefined) clauses.push(`paid_on >= ${bind(paidFrom)}`);
  if (paidTo !== undefined) clauses.push(`paid_on <= ${bind(paidTo)}`);
  const requested = `left(requested_delivery, 10)`; // 2026/11/24, and perhaps a time behind it
  if (requestedFrom !== undefined) clauses.push(`${requested} >= ${bind(slashed(requestedFrom))}`);
  if (requestedTo !== undefined) clauses.push(`${requested} <= ${bind(slashed(requestedTo))}`);
  if (requestedTo !== undefined) clauses.push(`requested_delivery ~ '^[0-9]{4}/'`);
  return [...clauses, ...shippedClauses(filter, bind)];
}

/** 発送日: any of the destinations; the last one, which is indexed, narrows it first. */
function shippedClauses({ shippedFrom, shippedTo }: Wanted, bind: Bind): string[] {
  if (shippedFrom === undefined && shippedTo === undefined) return [];
  const from = bind(shippedFrom ?? '0001-01-01');
  const to = bind(shippedTo ?? '9999-12-31');
  return [
    `last_shipped_on >= ${from}`,
    `exists (select from unnest(shipped_dates) as day where day between ${from} and ${to})`,
  ];
}

function otherClauses(filter: Wanted, bind: Bind): string[] {
  const clauses: string[] = [];
  const states = wordsOf(filter.transactionState);
  const channels = wordsOf(filter.channels);
  if (states.length > 0) clauses.push(`transaction_state = any(${bind(states)})`);
  if (channels.length > 0) clauses.push(`channel = any(${bind(channels)})`);
  if (filter.tracked !== undefined) clauses.push(is('tracked', filter.tracked));
  if (filter.multipleDestinations !== undefined) {
    clauses.push(is('multiple_destinations', filter.multipleDestinations));
  }
  if (filter.billedMin !== undefined) clauses.push(`billed >= ${bind(filter.billedMin)}`);
  if (filter.billedMax !== undefined) clauses.push(`billed <= ${bind(filter.billedMax)}`);
  if (filter.amountDiffers !== undefined) {
    clauses.push(is(AMOUNT_DIFFERS, filter.amountDiffers));
  }
  if (filter.openAmount !== undefined) clauses.push(is(HAS_OPEN_AMOUNT, filter.openAmount));
  if (filter.captureWithinDays !== undefined) {
    clauses.push(...deadlineClauses(bind(filter.captureWithinDays)));
  }
  if (filter.paymentMailSent !== undefined) {
    clauses.push(is('mail_sent_count > 0', filter.paymentMailSent));
  }
  if (filter.inDoubt !== undefined) clauses.push(is(IN_DOUBT, filter.inDoubt));
  return clauses;
}

const IN_DOUBT = `order_number in (
  select order_number from operations where shop_id = $1 and state in ${DOUBTFUL})`;

/**
 * C10: authorized, and to be captured within so many days by the deadline of its kind. The shortest
 * of them narrows it first, along the index; each is read once, not for every order.
 */
function deadlineClauses(within: string): string[] {
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
  ];
}

/** Several 受注コード, or one 取引番号, or the beginning of a name, kana, phone or mail. */
function searchClause(text: string, codes: readonly string[], bind: Bind): string {
  if (codes.length > 0) return `order_number = any(${bind(codes)})`;
  if (/^\d{20}$/.test(text)) return `seqno = ${bind(text)}`;
  if (/^[\d\s()+-]{3,}$/.test(text)) return `customer_phone like ${bind(`${digits(text)}%`)}`;
  const prefix = bind(`${text.replace(/[\\%_]/g, '\\$&')}%`);
  if (text.includes('@')) return `lower(customer_email) like lower(${prefix})`;
  return `(customer_name like ${prefix} or customer_kana collate "C" like ${prefix})`;
}

function codesIn(text: string): string[] {
  return [...new Set(text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [])];
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((word) => word !== '');
}

function is(condition: string, wanted: 'true' | 'false'): string {
  return wanted === 'true' ? `(${condition})` : `not (${condition})`;
}

function slashed(date: string): string {
  return date.replaceAll('-', '/');
}
