import { type Connection, transactionOn } from '../../server/src/store/db/db.ts';

/** The first schema with which a shop can work: orders, operations, journal, people. */
export const FIRST_SCHEMA = 2;

/**
 * Writes a shop with a past at a schema: the rows that the tables of that schema can hold, so that
 * later migrations have rows to move. Resolves to whether it wrote any: for most schemas there are
 * none.
 */
export async function writePast(
  client: Connection,
  schema: number,
  orders: number,
): Promise<boolean> {
  const sql = PAST[schema]?.(orders);
  if (sql === undefined) return false;
  await transactionOn(client, () => client.query(sql));
  await client.query('analyze');
  return true;
}

const PLACED_MS = Date.UTC(2026, 3, 1);
const ADDRESS = `'name', '髙﨑 花子', 'kana', 'タカサキ ハナコ', 'phone', '06-0000-0000',
  'postalCode', '530-0001', 'prefecture', '大阪府', 'address', '大阪市北区梅田0-0-0'`;

/**
 * Five kinds of orders, by the remainder of their number: 0 transferred by bank, unpaid, shipping
 * edited; 1 and 2 authorized; 3 captured, with a mail; 4 transferred, paid and shipped.
 */
const ORDERS = (count: number) => `
  create temp table past on commit drop as
  select n, n % 5 as kind, '1' || lpad(n::text, 8, '0') || '011' as number,
         ${PLACED_MS} + n * 60000::bigint as ms,
         lpad(n::text, 20, '0') as seqno, md5(n::text)::uuid as operation
    from generate_series(1, ${count}) as n;
  alter table past add column placed jsonb, add column moved jsonb;
  update past set placed = jsonb_build_object(
      'shopId', 'past', 'orderNumber', number, 'version', 1, 'type', 'regular',
      'status', 'processing', 'channel', 'pc', 'placedAt', ms, 'paidOn', null, 'shipped', false,
      'paymentKind', case when kind in (0, 4) then 'bank_transfer' else 'card_fregi' end,
      'paymentMethod', case when kind in (0, 4) then '銀行振込' else 'クレジットカード' end,
      'amounts', '{"items": 9350, "shipping": 500, "paymentFee": 0, "wrapping": 0,
        "pointsUsed": 735, "couponDiscount": 0}'::jsonb,
      'transaction', case when kind in (1, 2, 3) then jsonb_build_object('state', 'authorized',
        'seqno', seqno, 'authCode', 'A1b2C3', 'slipId', number, 'customerId', null,
        'amount', 9115, 'authorizedAt', ms, 'asOf', ms) end,
      'paymentMail', '{"sending": "auto", "sentCount": 0, "lastSentAt": null}'::jsonb);
  update past set moved = (placed -> 'transaction')
      || jsonb_build_object('state', 'captured_untransmitted', 'asOf', ms + 60000)
   where kind = 3;

  insert into shops (shop_id, name, fregi_environment, fregi_shop_id, fregi_base_url, inquiry)
  values ('past', '花道文具店', 'sandbox', '90001', 'http://127.0.0.1:1/', true);
  insert into "user" (id, name, email, "emailVerified")
  values ('tanaka', '田中', 'clerk@example.jp', true);
  insert into members values ('past', 'tanaka', 'owner');

  insert into orders (shop_id, order_number, version, type, status, paid_on, shipped,
    transaction_state, channel, placed_at, payment_kind, payment_method, items, shipping,
    payment_fee, wrapping, points_used, coupon_discount, seqno, auth_code, slip_id,
    transaction_amount, authorized_at, transaction_as_of, mail_sending, mail_sent_count,
    mail_last_sent_at, customer_name, customer_kana, customer_phone, customer_email, prefecture,
    multiple_destinations, requested_delivery, details)
  select 'past', number, (array[2, 1, 1, 6, 3])[kind + 1], 'regular', 'processing',
    case when kind in (3, 4) then date '2026-04-02' end, kind = 4,
    coalesce(moved, placed -> 'transaction') ->> 'state', 'pc', to_timestamp(ms / 1000),
    placed ->> 'paymentKind', placed ->> 'paymentMethod', 9350,
    case when kind = 0 then 800 else 500 end, 0, 0, 735, 0,
    placed #>> '{transaction,seqno}', placed #>> '{transaction,authCode}',
    placed #>> '{transaction,slipId}', (placed #>> '{transaction,amount}')::int,
    case when kind in (1, 2, 3) then to_timestamp(ms / 1000) end,
    to_timestamp((coalesce(moved, placed -> 'transaction') ->> 'asOf')::bigint / 1000),
    case when kind = 4 then 'manual' else 'auto' end, (kind = 3)::int,
    case when kind = 3 then to_timestamp(ms / 1000 + 120) end,
    '髙﨑 花子 ' || n, 'タカサキ ハナコ', '0600000000', 'c' || n || '@example.jp', '大阪府',
    false, '', jsonb_build_object('customer', jsonb_build_object(${ADDRESS}, 'email', ''),
      'destinations', jsonb_build_array(jsonb_build_object(${ADDRESS}, 'requestedDate', null,
        'requestedTime', '', 'carrier', '', 'trackingNumber', case when kind = 4 then 'T1' else '' end,
        'shippedOn', case when kind = 4 then '2026-04-03' end,
        'lines', '[{"productCode": "pen-01", "name": "万年筆", "variation": "", "quantity": 1,
          "unitPrice": 9350, "taxRate": 10}]'::jsonb)),
      'customerMessage', '', 'memo', '')
    from past;

  insert into operations (shop_id, id, order_number, key, input_hash, actor, goal, amount, state,
    due_at, unsent_tries, looks, created_at, ended_at)
  select 'past', operation, number, 'past-' || n, 'hash', '{}',
    'captured', 9115, 'succeeded', to_timestamp(ms / 1000), 0, 0, to_timestamp(ms / 1000),
    to_timestamp(ms / 1000 + 60) from past where kind = 3;
  insert into steps (shop_id, operation_id, n, verb, seqno, amount, repeat, state, sent_at,
    answered_at)
  select 'past', operation, 1, 'capture', seqno, 9115, false, 'done', to_timestamp(ms / 1000),
    to_timestamp(ms / 1000 + 60) from past where kind = 3;
  insert into mails (shop_id, order_number, kind, occasion, state, recipient, subject, body, sent_at)
  select 'past', number, 'payment_confirmation', operation::text, 'sent', 'c@example.jp', '', '',
    to_timestamp(ms / 1000 + 120) from past where kind = 3;
  insert into runs (shop_id, id, key, input_hash, actor, paid_on, mail, state)
  values ('past', md5('run')::uuid, 'run', 'hash', '{}', '2026-04-02', 'auto', 'stopped');
  insert into run_rows (shop_id, run_id, position, order_number, order_version, state)
  select 'past', md5('run')::uuid, n, number, 1,
    case kind when 3 then 'accepted' when 2 then 'stopped' else 'refused' end
    from past where kind in (1, 2, 3) and n <= 20000;

  insert into journal (shop_id, order_number, version, at, actor, operation_id, event)
  select 'past', number, 1, to_timestamp(ms / 1000), '{}'::jsonb, null::uuid,
    jsonb_build_object('kind', 'order_placed', 'order', placed) from past
  union all
  select 'past', number, version, to_timestamp(ms / 1000 + version), '{}'::jsonb,
    case when kind = 3 then operation end, event
    from past, lateral (values
      (0, 2, jsonb_build_object('kind', 'amounts_edited',
        'amounts', placed -> 'amounts' || '{"shipping": 800}')),
      (3, 2, jsonb_build_object('kind', 'operation_accepted', 'operationId', operation,
        'goal', 'captured', 'amount', 9115)),
      (3, 3, jsonb_build_object('kind', 'transaction_moved', 'operationId', operation,
        'verb', 'capture', 'transaction', moved)),
      (3, 4, '{"kind": "order_marked_paid", "paidOn": "2026-04-02", "gateway": "captured",
        "mail": "auto"}'::jsonb),
      (3, 5, jsonb_build_object('kind', 'operation_ended', 'operationId', operation,
        'outcome', 'succeeded', 'reason', null)),
      (3, 6, jsonb_build_object('kind', 'payment_mail_sent', 'at', ms + 120000)),
      (4, 2, '{"kind": "order_marked_paid", "paidOn": "2026-04-02", "gateway": "not_concerned",
        "mail": "manual"}'::jsonb),
      (4, 3, '{"kind": "order_shipped", "shipments": [], "complete": true, "mail": "manual"}'::jsonb)
    ) as given (of_kind, version, event) where of_kind = kind;`;

const VIEWS = () => `
  insert into list_views (shop_id, user_id, id, name, filter)
  select 'past', 'tanaka', md5('view' || n)::uuid, 'view ' || n,
    jsonb_build_object('tab', case when n % 2 = 0 then 'subscription' else 'unpaid' end)
    from generate_series(1, 100) as n;
  insert into selections (shop_id, id, actor, filter, order_numbers, versions, total, billed)
  select 'past', md5('selection' || n)::uuid, '{}', '{"tab": "subscription"}',
    array['100000001011'], array[1], 0, 0 from generate_series(1, 100) as n;`;

const LOOKS = () => `
  insert into sightings (shop_id, id, source, seen_at, actor, slip_id, transactions)
  select shop_id, md5('look' || order_number)::uuid, 'inquiry', transaction_as_of, '{}', slip_id, 1
    from orders where paid_on is not null and slip_id is not null;
  insert into observations
  select shop_id, md5('look' || order_number)::uuid, seqno, slip_id, auth_code, transaction_state,
    transaction_amount, authorized_at, transaction_as_of, null
    from orders where paid_on is not null and slip_id is not null;
  insert into seen_transactions
  select shop_id, seqno, slip_id, auth_code, transaction_state, transaction_amount, authorized_at,
    transaction_as_of, null, transaction_as_of, 'inquiry', md5('look' || order_number)::uuid
    from orders where paid_on is not null and slip_id is not null;`;

const SETTINGS = () => `
  insert into settings_log (shop_id, actor, area, subject, before, after)
  select 'past', '{}', 'settings', 'shop', '{}', jsonb_build_object('n', n)
    from generate_series(1, 1000) as n;`;

const SUBSCRIPTIONS = () => `
  insert into subscriptions (shop_id, code, type, channel, cycle, day_of_month, next_delivery_on,
    lead_days, payment_kind, payment_method, amounts, details, customer_name)
  select 'past', 'S' || n, 'subscription', 'pc', '{}', 1, '2027-01-01', 7, 'bank_transfer',
    '銀行振込', '{}', '{}', '' from generate_series(1, 1000) as n;
  insert into subscription_log (shop_id, code, version, actor, event)
  select shop_id, code, 1, '{}', '{"kind": "applied"}' from subscriptions;
  insert into subscription_deliveries (shop_id, code, n, deliver_on, state, order_number, actor)
  select shop_id, code, 1, '2026-12-01', 'ordered', '100000001011', '{}' from subscriptions;`;

const PAST: Readonly<Record<number, (orders: number) => string>> = {
  [FIRST_SCHEMA]: ORDERS,
  4: VIEWS,
  6: LOOKS,
  9: SETTINGS,
  18: SUBSCRIPTIONS,
};
