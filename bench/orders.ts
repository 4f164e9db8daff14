import { newOrder } from '../core/src/domain/order/place-order.ts';
import type { Db } from '../server/src/store/db/db.ts';
import { placeOrders } from '../server/src/store/orders/order-place.ts';
import { incoming } from '../test/kit/orders.ts';

const PLACED_AT_ONCE = 1_000;
const SYSTEM = { kind: 'system', id: 'bench', name: 'bench' } as const;

/**
 * Places unpaid card orders, ready for capture, as a shop's orders come in. Resolves to their
 * numbers.
 */
export async function placeForCapture(db: Db, count: number, from = 1): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, index) => orderNumber(from + index));
  // Placed now: Renkei does not look at F-REGI again before a press if F-REGI has just answered.
  const placedAt = new Date().toISOString();
  for (let at = 0; at < count; at += PLACED_AT_ONCE) {
    const orders = numbers
      .slice(at, at + PLACED_AT_ONCE)
      .map((number) => newOrder('bench', incoming({ orderNumber: number, placedAt })));
    await placeOrders(db, orders, SYSTEM);
  }
  await copyForTheFloor(db);
  await db.query('vacuum analyze orders, floor_orders');
  return numbers;
}

/** Copies the orders for the floor into a table of its own: Renkei need not look after its rows. */
async function copyForTheFloor(db: Db): Promise<void> {
  const { rows } = await db.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
      where attrelid = 'orders'::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
  );
  const columns = rows[0]?.columns ?? '';
  await db.query('truncate floor_orders');
  await db.query(`insert into floor_orders (${columns}) select ${columns} from orders`);
}

/**
 * Fills a shop with orders, made by PostgreSQL itself: a million in a minute or two. One in ten is
 * unpaid, the rest are long done. They have no journal: they are there to be listed.
 */
export async function makeOrders(db: Db, count: number, unpaidEvery: number): Promise<void> {
  await db.query('set statement_timeout = 0; alter table orders disable trigger user');
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(INSERT, [count, unpaidEvery]);
    await client.query('delete from order_tallies');
    await client.query(TALLY);
    await client.query('alter table orders enable trigger user');
    await client.query('vacuum analyze orders');
  } finally {
    client.release(true);
  }
}

export function orderNumber(n: number): string {
  return `2${String(n).padStart(11, '0')}`;
}

/** Deletes every order and all rows that belong to it. */
export async function clearOrders(db: Db): Promise<void> {
  await db.query('truncate orders, order_tallies, to_seal, runs cascade');
  await db.query('truncate floor_events, floor_audit');
}

const INSERT = `
  insert into orders (shop_id, order_number, version, changed_in, type, status, channel, placed_at, paid_on,
    shipped, payment_kind, payment_method, items, shipping, payment_fee, wrapping, points_used,
    coupon_discount, transaction_state, seqno, auth_code, slip_id, transaction_amount,
    authorized_at, transaction_as_of, customer_name, customer_kana, customer_phone, customer_email,
    prefecture, multiple_destinations, requested_delivery, details)
  select 'bench', '2' || lpad(n::text, 11, '0'), 1, 1, 'regular',
    case when n % $2 = 0 then 'processing' else 'completed' end, 'pc',
    now() - make_interval(secs => ($1 - n) * 20),
    case when n % $2 = 0 then null else current_date - 3 end,
    n % $2 <> 0, 'card_fregi', 'クレジットカード', 9350, 500, 0, 0, 735, 0,
    case when n % $2 = 0 then 'authorized' else 'captured_transmitted' end,
    lpad('2' || lpad(n::text, 11, '0'), 20, '0'), 'A1b2C3', '2' || lpad(n::text, 11, '0'), 9115,
    now() - make_interval(secs => ($1 - n) * 20), now(),
    (array['佐藤','鈴木','髙橋','髙﨑','𠮷田','佐々木'])[1 + n % 6] || ' ' || n,
    (array['サトウ','スズキ','タカハシ','タカサキ','ヨシダ','ササキ'])[1 + n % 6] || ' ' || n,
    '03' || lpad(n::text, 8, '0'), 'c' || n || '@example.jp',
    (array['東京都','大阪府','北海道'])[1 + n % 3], false, '', $3::jsonb
  from generate_series(1, $1) as n`.replace('$3::jsonb', `'${detailsOf()}'::jsonb`);

const TALLY = `
  insert into order_tallies
  select shop_id, status, type, paid_on is not null, shipped, payment_kind,
         count(*), sum(total), sum(billed) from orders group by 1, 2, 3, 4, 5, 6`;

function detailsOf(): string {
  const person = {
    name: '髙﨑 花子',
    kana: 'タカサキ ハナコ',
    phone: '03-0000-0000',
    postalCode: '113-0033',
    prefecture: '東京都',
    address: '文京区本郷0-0-0',
  };
  const line = { productCode: 'p', name: '万年筆', variation: '', quantity: 1, unitPrice: 9_350 };
  const destination = { requestedDate: null, requestedTime: '', carrier: '', trackingNumber: '' };
  return JSON.stringify({
    customer: { ...person, email: '' },
    destinations: [
      { ...person, ...destination, shippedOn: null, lines: [{ ...line, taxRate: 10 }] },
    ],
    customerMessage: '',
    memo: '',
  });
}
