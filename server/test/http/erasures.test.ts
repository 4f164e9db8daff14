import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { apply } from '../../../test/kit/handed-over-applications.ts';
import { incoming, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { verify } from '../../src/audit/verify.ts';
import { withAuditBook } from '../../src/store/audit/audit-book.ts';
import { sealNow } from '../../src/store/audit/seals.ts';
import { listTables } from '../../src/store/db/tables.ts';

/** H6: people are erased, money and proof stay; over real HTTP, SMTP and PostgreSQL. */
let env: DevEnv;
let box: Mailbox;
let owner: Client;
let directory: string;
beforeAll(async () => {
  box = await openMailbox();
  directory = await openDirectory('erasures');
  env = await openDevEnv({ smtpUrl: box.smtpUrl, sealFile: join(directory, 'seals.jsonl') });
  owner = await env.signIn('owner');
});

/** Words that stand nowhere but in what is to be erased. */
const PERSON = {
  name: '消去 太郎',
  kana: 'ショウキョ タロウ',
  phone: '070-9999-1234',
  postalCode: '999-9998',
  prefecture: '沖縄県',
  address: '消去町9-9-9',
};
const WORDS = [
  ...Object.values(PERSON),
  '07099991234',
  'erase-me@example.jp',
  'ERASE-TRACK',
  'けします',
];

function toErase(changes: Partial<IncomingOrder> = {}): IncomingOrder {
  const order = incoming();
  const [first] = order.details.destinations;
  if (first === undefined) throw new Error('an order goes somewhere');
  return {
    ...order,
    details: {
      customer: { ...PERSON, email: 'erase-me@example.jp', isMember: true },
      destinations: [{ ...first, ...PERSON }],
      customerMessage: 'このことばはけします',
      memo: 'このメモはけします',
    },
    ...changes,
  };
}

const read = async (orderNumber: string) => (await owner.get(`/v1/orders/${orderNumber}`)).body;

async function press(method: string, orderNumber: string, path: string, body?: object) {
  const { version } = await read(orderNumber);
  const wanted = body === undefined ? { version } : { body, version };
  const reply = await owner.send(method, `/v1/orders/${orderNumber}/${path}`, wanted);
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
  return reply;
}

/** An order that is paid, shipped, written about, and done with. */
async function closedOrder(): Promise<string> {
  const orderNumber = await env.order(toErase());
  await press('POST', orderNumber, 'cancel-request', { message: 'やめたい。けします' });
  await press('DELETE', orderNumber, 'cancel-request');
  await press('POST', orderNumber, 'payment', {});
  await press('POST', orderNumber, 'shipments', {
    shipments: [{ destination: 0, trackingNumber: 'ERASE-TRACK-1' }],
  });
  await press('POST', orderNumber, 'status', { to: 'completed' });
  await settled(orderNumber);
  return orderNumber;
}

/** Waits until the order's mails have left, and it has been compared with F-REGI. */
const settled = (orderNumber: string) =>
  expect
    .poll(
      async () => {
        const { rows } = await env.db.query<{ waiting: number }>(
          `select (select count(*) from mails
                    where order_number = $1 and state in ('queued', 'sending'))
                + (select count(*) from touched_orders where order_number = $1) as waiting`,
          [orderNumber],
        );
        return rows[0]?.waiting;
      },
      { timeout: 10_000 },
    )
    .toBe(0);

async function erase(orders: readonly string[], applications: readonly string[] = []) {
  const { rows } = await env.db.query<{ orderNumber: string; version: number }>(
    `select order_number as "orderNumber", version from orders
      where shop_id = $1 and order_number = any ($2)`,
    [SHOP, orders],
  );
  const body = { orders: rows, applications };
  const headers = { 'renkei-confirm': String(orders.length + applications.length) };
  return owner.post('/v1/erasures', { body, headers });
}

/** The CSV of one order in a layout. */
async function csvOf(orderNumber: string, layout: string): Promise<string> {
  const body = { q: orderNumber };
  const { id } = (await owner.post('/v1/selections', { body })).body;
  const query = `selection=${id}&layout=${layout}&encoding=utf-8`;
  return (await owner.get(`/v1/exports?${query}`)).body;
}

/** Every row of every table that has one of the words. */
async function whereStands(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await listTables(env.db)) {
    const { rows } = await env.db.query<{ line: string }>(
      `select to_jsonb(t)::text as line from "${name}" as t`,
    );
    for (const { line } of rows) {
      const word = words.find((each) => line.includes(each));
      if (word !== undefined) found.push(`${name}: ${word}`);
    }
  }
  return [...new Set(found)].sort();
}

async function verdict() {
  await sealNow(env.db);
  return withAuditBook(env.db, (book) => verify(book, []));
}

describe('an erased customer', () => {
  test('H6: a customer stands in no row of any table after the erasure; money, dates and proof stay', async () => {
    const orderNumber = await closedOrder();
    const code = await apply(env, owner, 'ERASE-1', { details: toErase().details });
    const applied = (await owner.get(`/v1/subscriptions/${code}`)).body;
    await owner.post(`/v1/subscriptions/${code}/cancel`, { version: applied.version });
    await owner.post('/v1/views', { body: { name: 'x', filter: { q: PERSON.name } } });
    await env.db.query(
      `insert into attention (shop_id, id, kind, story, urgency, order_number, amount, drift,
         fingerprint, closed_at, closed_how, closed_by, close_reason)
       values ($1, $2, 'paid_not_captured', 'x', 'now', $3, 1, '{}', 'x', now(), 'by_hand', '{}', 'けします')`,
      [SHOP, randomUUID(), orderNumber],
    );
    await env.db.query(
      `insert into attention_log (shop_id, attention_id, actor, action, facts)
       select shop_id, id, $2, 'closed', '{"reason": "けします"}' from attention
        where order_number = $1`,
      [orderNumber, TANAKA],
    );
    const before = await read(orderNumber);
    const booksBefore = (await owner.get('/v1/reconciliation?period=month')).body;
    const tables = (await whereStands(WORDS)).map((each) => each.split(':')[0]);
    expect([...new Set(tables)]).toEqual([
      'attention',
      'attention_log',
      'journal_texts',
      'list_views',
      'mails',
      'orders',
      'subscriptions',
    ]);

    const reply = await erase([orderNumber], [code]);
    expect(reply.body).toMatchObject({
      refused: [],
      refusedApplications: [],
      certificates: [{ cause: 'request', orders: 1, applications: 1 }],
    });

    expect(await whereStands(WORDS)).toEqual([]);
    const after = await read(orderNumber);
    expect(after).toMatchObject({ customerErased: true, customerName: '' });
    for (const kept of [
      'status',
      'paidOn',
      'shipped',
      'billed',
      'total',
      'transaction',
      'amounts',
    ]) {
      expect(after[kept], kept).toEqual(before[kept]);
    }
    expect(after.details.destinations[0]).toMatchObject({
      lines: before.details.destinations[0].lines,
      shippedOn: before.details.destinations[0].shippedOn,
      trackingNumber: '',
    });
    expect((await owner.get('/v1/reconciliation?period=month')).body).toEqual(booksBefore);
    expect(await verdict()).toMatchObject({ wrong: null });
  });

  test('H6: texts of entries from before migration 046 are taken out, and the journal still verifies', async () => {
    await env.db.query('alter table journal disable trigger journal_has_no_texts');
    const orderNumber = await closedOrder();
    await env.db.query('alter table journal enable trigger journal_has_no_texts');
    await sealNow(env.db);
    expect(await whereStands(['ERASE-TRACK'])).toContain('journal: ERASE-TRACK');
    expect((await erase([orderNumber])).body.refused).toEqual([]);
    expect(await whereStands(WORDS)).toEqual([]);
    expect(await verdict()).toMatchObject({ wrong: null });

    const { rows } = await env.db.query<{ version: number }>(
      `select version from journal where order_number = $1 and event ->> 'kind' = 'order_shipped'`,
      [orderNumber],
    );
    await env.db.query('alter table journal disable trigger all');
    await env.db.query(
      `update journal set event = event || '{"complete": false}' where order_number = $1 and version = $2`,
      [orderNumber, rows[0]?.version],
    );
    expect((await verdict()).wrong).toMatchObject({ kind: 'entry_changed', n: rows[0]?.version });
    await env.db.query(
      `update journal set event = event || '{"complete": true}' where order_number = $1 and version = $2`,
      [orderNumber, rows[0]?.version],
    );
    await env.db.query('alter table journal enable trigger all');
    expect(await verdict()).toMatchObject({ wrong: null });
  });

  test('H6: an entry still refuses every change but the one that takes its texts out', async () => {
    const orderNumber = await closedOrder();
    const change = (set: string) =>
      env.db.query(`update journal set ${set} where order_number = $1`, [orderNumber]);
    await expect(change(`event = event || '{"message": "x"}'`)).rejects.toThrow('append-only');
    await expect(change('at = now()')).rejects.toThrow('append-only');
    await expect(env.db.query('delete from journal')).rejects.toThrow('append-only');
    await expect(env.db.query(`update journal_texts set texts = '[]'`)).rejects.toThrow(
      'append-only',
    );
  });

  test('H6: while the texts are there, people read them, and verify proves them', async () => {
    const orderNumber = await env.order(toErase());
    await press('POST', orderNumber, 'cancel-request', { message: 'やめたい。けします' });
    const view = await read(orderNumber);
    expect(view.cancelRequest.message).toBe('やめたい。けします');
    expect(view.timeline.map(({ facts }: { facts: object }) => facts)).toContainEqual({
      message: 'やめたい。けします',
    });
    const { rows } = await env.db.query<{ event: object }>(
      `select event from journal where order_number = $1 and event ->> 'kind' = 'cancel_requested'`,
      [orderNumber],
    );
    expect(rows[0]?.event).toMatchObject({
      message: '',
      textsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });

    await env.db.query('alter table journal_texts disable trigger all');
    const change = `update journal_texts set texts = replace(texts, 'やめたい', 'つづけたい') where order_number = $1`;
    await env.db.query(change, [orderNumber]);
    expect((await verdict()).wrong).toMatchObject({ kind: 'texts_changed', chain: orderNumber });
    await env.db.query(
      `update journal_texts set texts = replace(texts, 'つづけたい', 'やめたい') where order_number = $1`,
      [orderNumber],
    );
    await env.db.query('alter table journal_texts enable trigger all');
    expect(await verdict()).toMatchObject({ wrong: null });
  });

  test('H6: the person types how many it concerns, and only an owner may', async () => {
    const orderNumber = await closedOrder();
    const { version } = await read(orderNumber);
    const body = { orders: [{ orderNumber, version }], applications: [] };
    const untyped = await owner.post('/v1/erasures', { body });
    expect(untyped.status).toBe(428);
    expect(untyped.body.confirm).toEqual({ header: 'Renkei-Confirm', value: '1' });
    for (const role of ['clerk', 'accountant', 'viewer'] as const) {
      const other = await env.signIn(role);
      expect((await other.post('/v1/erasures', { body })).status, role).toBe(403);
      const sought = { body: { email: 'erase-me@example.jp' } };
      expect((await other.post('/v1/erasures/preview', sought)).status, role).toBe(403);
    }
    expect((await read(orderNumber)).customerErased).toBe(false);
  });

  test('H6: no command that needs the customer is taken or offered after the erasure', async () => {
    const orderNumber = await closedOrder();
    await erase([orderNumber]);
    const after = await read(orderNumber);
    expect(after.actions.correctShipment).toMatchObject({
      decision: 'refuse',
      reason: { code: 'customer_erased' },
    });
    const { version } = after;
    const asked = await owner.post(`/v1/orders/${orderNumber}/cancel-request`, {
      body: { message: 'again' },
      version,
    });
    expect([asked.status, asked.body.code]).toEqual([409, 'customer_erased']);
    const mail = await owner.post(`/v1/orders/${orderNumber}/mails`, { body: { kind: 'thanks' } });
    expect([mail.status, mail.body.code]).toEqual([409, 'mail_withheld']);
    expect(mail.body.detail).toContain('消去');
    const label = await csvOf(orderNumber, 'yamato_b2');
    expect(label.trimEnd().split('\r\n')).toHaveLength(1); // its head
    expect(await csvOf(orderNumber, 'futureshop')).toContain(orderNumber);
    const again = await erase([orderNumber]);
    expect(again.body).toEqual({ certificates: [], refused: [], refusedApplications: [] });
  });

  test('H6: the certificate in the shop’s chained log, and the list outside, name no person', async () => {
    const orderNumber = await closedOrder();
    const { body } = await erase([orderNumber]);
    const [certificate] = body.certificates;
    expect(certificate.hash).toMatch(/^[0-9a-f]{64}$/);
    const { items } = (await owner.get('/v1/erasures')).body;
    expect(items[0]).toEqual(certificate);
    const listed = await readFile(join(directory, 'erasures.jsonl'), 'utf8');
    expect(listed).toContain(`"name":"${orderNumber}"`);
    for (const word of WORDS) expect(listed).not.toContain(word);
    const activity = (await owner.get('/v1/activity')).body.items;
    expect(env.errors).toEqual([]);
    expect(activity[0]).toMatchObject({ action: 'customers_erased' });
  });
});

describe('what prevents an erasure', () => {
  test('H6: an open order, open money, an open item and a waiting mail are refused with their reason', async () => {
    const open = await env.order(toErase());
    const unpaid = await env.order(toErase());
    await press('POST', unpaid, 'status', { to: 'completed' });
    const watched = await closedOrder();
    await env.db.query(
      `insert into attention (shop_id, id, kind, story, urgency, order_number, amount, drift, fingerprint)
       values ($1, $2, 'paid_not_captured', 'x', 'now', $3, 1, '{}', 'x')`,
      [SHOP, randomUUID(), watched],
    );
    const written = await closedOrder();
    await env.db.query(
      `update mails set state = 'queued', due_at = now() + interval '1 day' where order_number = $1`,
      [written],
    );
    const body = { orderNumbers: [open, unpaid, watched, written] };
    const preview = (await owner.post('/v1/erasures/preview', { body })).body;
    const reasons = Object.fromEntries(
      preview.orders.map((one: { orderNumber: string; reason: { code: string } }) => [
        one.orderNumber,
        one.reason.code,
      ]),
    );
    const expected = {
      [open]: 'order_not_closed',
      [unpaid]: 'money_open',
      [watched]: 'attention_open',
      [written]: 'mail_waiting',
    };
    expect(reasons).toEqual(expected);
    const refused = await erase([open, unpaid, watched, written]);
    expect(refused.status, JSON.stringify([refused.body, String(env.errors)])).toBe(200);
    expect(refused.body.certificates).toEqual([]);
    expect(
      Object.fromEntries(
        refused.body.refused.map((one: { orderNumber: string; reason: { code: string } }) => [
          one.orderNumber,
          one.reason.code,
        ]),
      ),
    ).toEqual(expected);
  });

  test('H6: a customer is found by mail address, phone and name, also as お届け先, in this shop only', async () => {
    const own = await env.order(toErase({ orderNumber: '177777777011' }));
    const gift = incoming();
    const [first] = gift.details.destinations;
    if (first === undefined) throw new Error('an order goes somewhere');
    const details = { ...gift.details, destinations: [{ ...first, ...PERSON }] };
    const given = await env.order({ details });
    const elsewhere = await env.order(toErase(), 'minato');
    for (const [sought, expected] of [
      [{ email: 'ERASE-ME@example.jp' }, [own]],
      [{ phone: '07099991234' }, [own, given]],
      [{ name: ' 消去  太郎 ' }, [own, given]],
    ] as const) {
      const { orders } = (await owner.post('/v1/erasures/preview', { body: sought })).body;
      const numbers = orders.map(({ orderNumber }: { orderNumber: string }) => orderNumber);
      expect(numbers, JSON.stringify(sought)).toEqual(expect.arrayContaining([...expected]));
      expect(numbers).not.toContain(elsewhere);
    }
  });
});
