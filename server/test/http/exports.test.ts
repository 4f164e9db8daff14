import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** L6: CSV out, and the settings that it rests on, over real HTTP. */
let env: DevEnv;
let owner: Client;
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
});

async function select(orderNumbers: readonly string[]): Promise<string> {
  const filter = { q: orderNumbers.join(' '), sort: 'orderNumber', direction: 'asc' };
  return (await owner.post('/v1/selections', { body: filter })).body.id;
}

async function download(query: string) {
  const answer = await fetch(`${env.url}/v1/exports?${query}`, {
    headers: { cookie: owner.cookie },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { answer, bytes };
}

async function withName(name: string): Promise<string> {
  const base = incoming();
  const details = { ...base.details, customer: { ...base.details.customer, name } };
  return env.order({ details });
}

describe('a download', () => {
  test('L6: a download has the selection in its sequence, in Shift_JIS, and the log keeps it', async () => {
    const numbers = [await env.order(), await env.order(), await env.order()];
    const selection = await select(numbers);
    const { answer, bytes } = await download(`selection=${selection}&layout=futureshop`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=Shift_JIS');
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(answer.headers.get('content-disposition')).toMatch(/futureshop-\d{4}-\d\d-\d\d\.csv/);
    const lines = new TextDecoder('shift_jis', { fatal: true }).decode(bytes).split('\r\n');
    expect(lines.slice(1, -1).map((line) => line.slice(0, 12))).toEqual(numbers);
    const { rows } = await env.db.query('select layout, encoding, orders, rows from exports');
    expect(rows.at(-1)).toEqual({ layout: 'futureshop', encoding: 'cp932', orders: 3, rows: 3 });
  });

  test('a download of many batches is whole', async () => {
    const numbers: string[] = [];
    for (let n = 0; n < 520; n += 1) numbers.push(await env.order());
    const selection = await select(numbers);
    const { bytes } = await download(`selection=${selection}&layout=yamato_b2`);
    const lines = new TextDecoder('shift_jis').decode(bytes).split('\r\n');
    expect(lines.slice(1, -1).map((line) => line.slice(0, 12))).toEqual(numbers);
  });

  test('a download that would lose a character is refused and names it; UTF-8 takes it', async () => {
    const selection = await select([await env.order(), await withName('𠮷田 花子')]);
    const refused = await owner.get(`/v1/exports?selection=${selection}&layout=futureshop`);
    expect([refused.status, refused.body.code]).toEqual([422, 'csv_loss']);
    expect(refused.body.detail).toContain('UTF-8');
    expect(refused.body.errors).toMatchObject([
      { pointer: '/3/氏名(姓)', message: expect.stringContaining('𠮷') },
    ]);
    const { answer, bytes } = await download(
      `selection=${selection}&layout=futureshop&encoding=utf-8`,
    );
    expect(answer.status).toBe(200);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain('𠮷田');
  });

  test('a download of a run’s result also refuses to lose a character', async () => {
    const rows = [{ orderNumber: await withName('𠮷田 花子'), version: 1 }];
    const { body } = await owner.post('/v1/runs', { body: { rows } });
    const path = `/v1/runs/${body.id}/csv`;
    const refused = await owner.get(path);
    expect([refused.status, refused.body.code]).toEqual([422, 'csv_loss']);
    expect(refused.body.errors).toMatchObject([{ pointer: '/2/顧客名' }]);
    expect((await owner.get(`${path}?encoding=utf-8`)).status).toBe(200);
  });

  test('a download needs a permission, and a list that exists', async () => {
    const selection = await select([await env.order()]);
    const viewer = await env.signIn('viewer');
    const path = `/v1/exports?selection=${selection}&layout=futureshop`;
    expect((await viewer.get(path)).status).toBe(403);
    const nothing = '01234567-89ab-4cde-8f01-23456789abcd';
    const gone = await owner.get(`/v1/exports?selection=${nothing}&layout=futureshop`);
    expect(gone.body.code).toBe('selection_not_found');
    const noLayout = await owner.get(`/v1/exports?selection=${selection}&layout=${nothing}`);
    expect(noLayout.status).toBe(404);
    const wrong = await owner.get(`/v1/exports?selection=${selection}&layout=excel`);
    expect(wrong.body.code).toBe('invalid_request');
  });
});

describe('a shop’s own layout', () => {
  const layout = {
    name: '経理用',
    per: 'order',
    encoding: 'utf-8',
    columns: [{ field: 'orderNumber' }, { field: 'billedAmount', header: '売上' }],
  };

  test('a layout is made, used, changed by version, deleted; each change is in the log', async () => {
    const made = await owner.post('/v1/csv-layouts', { body: layout });
    expect([made.status, made.body.version]).toEqual([201, 1]);
    const twice = await owner.post('/v1/csv-layouts', { body: layout });
    expect(twice.body.code).toBe('layout_name_taken');

    const orderNumber = await env.order();
    const selection = await select([orderNumber]);
    const { bytes } = await download(`selection=${selection}&layout=${made.body.id}`);
    expect(new TextDecoder().decode(bytes)).toBe(`受注コード,売上\r\n${orderNumber},9115\r\n`);

    const path = `/v1/csv-layouts/${made.body.id}`;
    const body = { ...layout, per: 'line' };
    expect((await owner.send('PUT', path, { body, version: 1 })).body.version).toBe(2);
    const late = await owner.send('PUT', path, { body: layout, version: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'settings_changed']);
    expect((await owner.get('/v1/csv-layouts')).body.own).toHaveLength(1);
    expect((await owner.send('DELETE', path)).status).toBe(204);
    const log = (await owner.get('/v1/settings/log')).body.items;
    expect(log.slice(0, 3)).toMatchObject([
      { area: 'csv_layout', subject: '経理用', after: null },
      { before: { per: 'order' }, after: { per: 'line' } },
      { before: null, after: layout },
    ]);
  });

  test('a layout is previewed on the newest orders before it is saved, and a lost character is marked', async () => {
    const orderNumber = await withName('𠮷田 花子');
    const columns = [
      { field: 'orderNumber' },
      { field: 'customerName' },
      { text: '1', header: '区分' },
    ];
    const draft = { name: '確認', per: 'order', encoding: 'cp932', columns };
    const { status, body } = await owner.post('/v1/csv-layouts/preview', { body: draft });
    expect([status, body.header]).toEqual([200, ['受注コード', '氏名', '区分']]);
    const row = body.rows.find(({ cells }: { cells: string[] }) => cells[0] === orderNumber);
    expect(row).toEqual({ cells: [orderNumber, '𠮷田 花子', '1'], lossy: [1] });
    const utf8 = { ...draft, encoding: 'utf-8' };
    const whole = await owner.post('/v1/csv-layouts/preview', { body: utf8 });
    expect(whole.body.rows.every(({ lossy }: { lossy: number[] }) => lossy.length === 0)).toBe(
      true,
    );
    const wrong = { ...draft, columns: [{ field: 'quantity' }] };
    const refused = await owner.post('/v1/csv-layouts/preview', { body: wrong });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/columns/0']);
  });

  test('a layout with an unknown or too fine field is refused with a pointer', async () => {
    const columns = [{ field: 'orderNumber' }, { field: 'quantity' }, { field: 'shoeSize' }];
    const { status, body } = await owner.post('/v1/csv-layouts', { body: { ...layout, columns } });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/columns/1',
      '/columns/2',
    ]);
  });
});

describe('S1, S2: settings', () => {
  test('ASVS 16.4.2: the log has every change with its actor, before and after, and nobody can change the log', async () => {
    const before = (await owner.get('/v1/settings')).body;
    expect(before.paymentPolicies.card_fregi).toEqual({
      authorizeAtOrder: true,
      paymentMail: 'auto',
    });
    const shipper = { ...before.shipper, name: '花道文具店', phone: '06-1111-2222' };
    const changes = {
      linkEnabled: false,
      captureDeadlineDays: 45,
      paymentPolicies: { np_deferred: { authorizeAtOrder: true, paymentMail: 'never' } },
      confirm: { orders: 50, yen: 500_000 },
      shipper,
    };
    const { version } = before;
    const changed = await owner.send('PATCH', '/v1/settings', { body: changes, version });
    expect(changed.body).toMatchObject({
      linkEnabled: false,
      captureDeadlineDays: 45,
      shipper,
      confirm: { orders: 50 },
      paymentPolicies: {
        np_deferred: { paymentMail: 'never' },
        card_fregi: { paymentMail: 'auto' },
      },
    });
    const [entry] = (await owner.get('/v1/settings/log?limit=1')).body.items;
    expect(entry).toMatchObject({
      area: 'settings',
      actor: expect.stringContaining('owner'),
      before: { linkEnabled: true, captureDeadlineDays: 60, confirm: { orders: 100 } },
      after: { linkEnabled: false, captureDeadlineDays: 45, confirm: { orders: 50 } },
    });
    expect(Object.keys(entry.after)).not.toContain('inquiry');
    await expect(env.db.query('delete from shop_log')).rejects.toThrow('append-only');
    const { body: now } = await owner.get('/v1/settings');
    await owner.send('PATCH', '/v1/settings', {
      body: { linkEnabled: true },
      version: now.version,
    });
  });

  test('a senseless setting changes nothing', async () => {
    const { body } = await owner.get('/v1/settings');
    const wrong = { shipper: { ...body.shipper, postalCode: '12' }, captureDeadlineDays: 30 };
    const reply = await owner.send('PATCH', '/v1/settings', { body: wrong, version: body.version });
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([422, '/shipper/postalCode']);
    expect((await owner.get('/v1/settings')).body).toEqual(body);
  });
});
