import type { Db } from '../../server/src/store/db/db.ts';
import { incoming } from './orders.ts';
import { type DevEnv, openDevEnv, SHOPS } from './worlds.ts';

/** A shop with a row of every kind, beside another shop whose people must see none of it. */
export type Neighbour = {
  readonly env: DevEnv;
  readonly shopId: string;
  /** The key of a row of each kind. */
  readonly ids: Readonly<Record<NeighbourId, string>>;
  /** Texts that stand in the neighbour's rows only. */
  readonly marks: readonly string[];
  /** Returns all the neighbour's rows, table by table, so that any change shows. */
  readonly rows: () => Promise<Readonly<Record<string, string>>>;
};

const IDS = {
  orderNumber: 'select order_number from orders where shop_id = $1 order by 1 limit 1',
  seqno: 'select seqno from orders where shop_id = $1 order by order_number limit 1',
  operation: 'select id from operations where shop_id = $1',
  run: 'select id from runs where shop_id = $1',
  selection: 'select id from selections where shop_id = $1',
  view: 'select id from list_views where shop_id = $1',
  layout: 'select id from csv_layouts where shop_id = $1',
  attention: 'select id from attention where shop_id = $1 and closed_at is null limit 1',
  invitation: 'select id from invitations where shop_id = $1',
  member: `select user_id from members where shop_id = $1 and role = 'clerk'`,
  subscription: 'select code from subscriptions where shop_id = $1',
  settleno: 'select settleno from redirect_payments where shop_id = $1',
  mail: 'select id from mails where shop_id = $1 limit 1',
  sweep: 'select id from sweeps where shop_id = $1',
  verification: 'select id from verifications where shop_id = $1',
  viewer: 'select user_id from list_views where shop_id = $1',
  key: 'select key from operations where shop_id = $1',
  fileHash: `select file_hash from imports where shop_id = $1`,
} as const;
export type NeighbourId = keyof typeof IDS;

const MARK = '隣町 花江';

/** Opens both shops; the neighbour is the second. */
export async function openNeighbour(): Promise<Neighbour> {
  const env = await openDevEnv();
  const { shopId } = SHOPS[1];
  await fill(env, shopId);
  await env.renkei.backoffice.bulk.close();
  const ids: Record<string, string> = {};
  for (const [name, sql] of Object.entries(IDS)) {
    const { rows } = await env.db.query({ text: sql, values: [shopId], rowMode: 'array' });
    if (rows[0] === undefined) throw new Error(`the neighbour has no ${name}`);
    ids[name] = String(rows[0][0]);
  }
  const { orderNumber = '', seqno = '', subscription = '', settleno = '' } = ids;
  const marks = [MARK, orderNumber, seqno, subscription, settleno, 'neighbour@example.jp'];
  return {
    env,
    shopId,
    ids: ids as Neighbour['ids'],
    marks,
    rows: () => rowsOf(env.db, shopId),
  };
}

async function fill(env: DevEnv, shopId: string): Promise<void> {
  const owner = await env.signIn('owner', shopId);
  await env.signIn('clerk', shopId);
  const base = incoming();
  const details = { ...base.details, customer: { ...base.details.customer, name: MARK } };
  const orderNumber = await env.order({ details }, shopId);
  await env.order({ details }, shopId);
  const must = async (reply: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await reply;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  const { version } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  await must(owner.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} }));
  await must(owner.post('/v1/selections', { body: {} }));
  await must(owner.post('/v1/views', { body: { name: '隣の表示', filter: {} } }));
  await must(
    owner.post('/v1/csv-layouts', {
      body: {
        name: '隣の形式',
        per: 'order',
        encoding: 'utf-8',
        columns: [{ header: 'x', field: 'orderNumber' }],
      },
    }),
  );
  const invited = { email: 'neighbour@example.jp', name: MARK, role: 'viewer' };
  await must(owner.post('/v1/invitations', { body: invited }));
  await untilCompared(env.db, shopId); // else the comparison would close the item that follows
  for (const sql of FILLS) await env.db.query(sql, [shopId, orderNumber, MARK]);
}

async function untilCompared(db: Db, shopId: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { rowCount } = await db.query('select from touched_orders where shop_id = $1', [shopId]);
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the neighbour was not compared');
}

const SOMEBODY = `'{"kind":"user","id":"x","name":"${MARK}"}'`;
const FILLS = [
  `insert into subscriptions (shop_id, code, type, channel, cycle, day_of_month, next_delivery_on,
     lead_days, payment_kind, payment_method, amounts, details, customer_name)
   select $1, 'T-NEIGHBOUR', 'subscription', 'pc', '{"every":1,"unit":"month"}', 1, '2090-01-01', 10,
     payment_kind, payment_method, '{"items":1000,"shipping":0,"paymentFee":0,"wrapping":0,"pointsUsed":0,"couponDiscount":0}',
     details, $3 from orders where shop_id = $1 and order_number = $2`,
  `insert into subscription_log (shop_id, code, version, actor, event)
   select $1, 'T-NEIGHBOUR', 1, ${SOMEBODY}, jsonb_build_object('kind', $2::text, 'who', $3::text)`,
  `insert into redirect_payments (shop_id, settleno, order_number, slip_id, amount)
   select $1, '12345678901234567891', $2, $3, 1000`,
  `insert into mails (shop_id, order_number, kind, occasion, state, recipient, subject)
   select $1, $2, 'thanks', 'x', 'failed', $3, $3`,
  `insert into attention (shop_id, id, kind, story, urgency, order_number, amount, drift, fingerprint)
   select $1, gen_random_uuid(), 'stray_transaction', 'x', 'now', $2, 1, '{}', $3`,
  `insert into attention_log (shop_id, attention_id, actor, action)
   select $1, id, ${SOMEBODY}, 'opened' from attention where shop_id = $1
      and $2::text is not null and $3::text is not null`,
  `insert into sweeps (shop_id, id, orders) select $1, gen_random_uuid(), 1
    where $2::text is not null and $3::text is not null`,
  `insert into verifications (shop_id, id, started_by, entries)
   select $1, 'neighbours', $3, 1 where $2::text is not null`,
  `insert into imports (shop_id, file_hash, actor, orders) select $1, 'neighbours', ${SOMEBODY}, 1
    where $2::text is not null and $3::text is not null`,
  `insert into closings (shop_id, from_on, to_on, actor, equation, lines, hash)
   select $1, '2020-01-01', '2020-01-31', ${SOMEBODY}, '{"moves":{}}', '[]', $3 where $2::text is not null`,
  `insert into sightings (shop_id, id, source, seen_at, actor, file_name, file_hash, transactions)
   select $1, gen_random_uuid(), 'console_csv', now(), ${SOMEBODY}, $3, 'neighbours', 1
    where $2::text is not null`,
  `insert into review_answers (shop_id, operation_id, answer, actor)
   select $1, id, '{"amount":1}', ${SOMEBODY} from operations
    where shop_id = $1 and $2::text is not null and $3::text is not null`,
  `insert into subscription_deliveries (shop_id, code, n, deliver_on, state, order_number, actor)
   select $1, 'T-NEIGHBOUR', 1, '2026-12-01', 'ordered', $2, ${SOMEBODY} where $3::text is not null`,
  `insert into runs (shop_id, id, key, file_hash, input_hash, actor, paid_on, mail, state)
   select $1, gen_random_uuid(), 'neighbours', 'neighbours', 'x', ${SOMEBODY}, '2026-11-14', 'auto', 'paused'
    where $2::text is not null and $3::text is not null`,
  `insert into run_rows (shop_id, run_id, position, order_number, order_version)
   select $1, id, 1, $2, 1 from runs where shop_id = $1 and $3::text is not null`,
  `insert into mail_templates (shop_id, kind, subject, body, sending)
   select $1, 'thanks', $3, 'x', 'auto' where $2::text is not null`,
];

/** The tables whose rows belong to a shop, each with all rows of this shop as one text. */
async function rowsOf(db: Db, shopId: string): Promise<Record<string, string>> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'shop_id'
        -- The workers go on: they seal, fold tallies, and end verifications that nobody makes.
        and table_name not in ('to_seal', 'seals', 'order_tallies', 'verifications') order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await db.query<{ all: string | null }>(
      `select string_agg(t::text, E'\\n' order by t::text) as all from "${name}" t where shop_id = $1`,
      [shopId],
    );
    found[name] = rows[0]?.all ?? '';
  }
  return found;
}
