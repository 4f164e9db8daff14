import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { parseShipmentsCsv } from '../../src/csv/parse-shipments.ts';
import { bestFit, encodeCp932 } from '../../src/csv/text/cp932.ts';
import { formatRow } from '../../src/csv/text/rows.ts';

/** Shipping results come in: 送り状番号 → 発送済, and 入金済 in the same run. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});

type Row = readonly (string | undefined)[];

function csv(rows: readonly Row[], head: Row = ['受注コード', '送り状番号', '発送日']): Uint8Array {
  const text = [head, ...rows].map((cells) => formatRow(cells.map((cell) => cell ?? ''))).join('');
  return encodeCp932(bestFit(text)).bytes;
}

const send = (bytes: Uint8Array, query: string) =>
  clerk.post(`/v1/imports/shipping?shippingMail=manual&mail=manual&${query}`, {
    body: bytes,
    headers: { 'content-type': 'text/csv' },
  });

const read = async (orderNumber: string) => (await clerk.get(`/v1/orders/${orderNumber}`)).body;

async function untilOver(id: string) {
  const run = async () => (await clerk.get(`/v1/runs/${id}`)).body;
  await expect.poll(async () => (await run()).state, { timeout: 20_000 }).toBe('finished');
  return run();
}

const capturesOf = (orderNumber: string) =>
  env.sandbox.gateway.ledger
    .list()
    .filter(({ id, state }) => id === orderNumber && state.startsWith('captured')).length;

async function toTwoPlaces(): Promise<string> {
  const base = incoming();
  const [first] = base.details.destinations;
  if (first === undefined) throw new Error('an order goes somewhere');
  return env.order({ details: { ...base.details, destinations: [first, first] } });
}

describe('a file', () => {
  test('a file is checked first, ships and captures in one run, and the same file again changes nothing', async () => {
    const numbers = [await env.order(), await env.order()];
    const bytes = csv(numbers.map((number, n) => [number, `5555-000${n}`, '2026/11/20']));
    const dry = await send(bytes, 'mode=check&andPay=true');
    expect([dry.status, dry.body]).toMatchObject([
      200,
      {
        encoding: 'cp932',
        lines: 2,
        orders: { open: 2, unchanged: 0, invalid: 0 },
        captures: { count: 2, yen: 18_230 },
        run: null,
        errors: [],
      },
    ]);
    expect((await read(numbers[0] ?? '')).shipped).toBe(false);

    const begun = await send(bytes, 'mode=all&andPay=true');
    expect([begun.status, begun.body.run.kind]).toEqual([202, 'ship_and_pay']);
    expect((await untilOver(begun.body.run.id)).counts).toMatchObject({ succeeded: 2 });
    for (const [n, orderNumber] of numbers.entries()) {
      const view = await read(orderNumber);
      expect(view).toMatchObject({ shipped: true, paidOn: expect.any(String) });
      expect(view.details.destinations[0]).toMatchObject({
        trackingNumber: `5555-000${n}`,
        shippedOn: '2026-11-20',
      });
    }
    const again = await send(bytes, 'mode=all&andPay=true');
    expect([again.status, again.body]).toMatchObject([
      200,
      { run: null, seenBefore: true, orders: { open: 0, unchanged: 2, invalid: 0 } },
    ]);
    for (const orderNumber of numbers) expect(capturesOf(orderNumber)).toBe(1);
  });

  test('a file with an error begins nothing, unless a person chooses the good rows; the rest is left', async () => {
    const [good, held] = [await env.order(), await env.order()];
    await clerk.post(`/v1/orders/${held}/status`, { body: { to: 'on_hold' }, version: 1 });
    const bytes = csv([
      [good, '5555-1111-0001', '2026/11/20'],
      ['999999999991', '5555-2222-0001', '2026/11/20'],
      [held, '5555-3333-0001', '2026/11/20'],
      [good, '5555-4444-0001', 'tomorrow'],
    ]);
    const all = await send(bytes, 'mode=all');
    expect(all.body).toMatchObject({ run: null, orders: { open: 1, invalid: 2 } });
    expect(all.body.errors).toMatchObject([
      { line: 3, column: '受注コード' },
      { line: 4, column: null, message: expect.stringContaining('ステータス') },
      { line: 5, column: '発送日' },
    ]);
    const valid = await send(bytes, 'mode=valid');
    expect((await untilOver(valid.body.run.id)).counts).toMatchObject({ succeeded: 1 });
    expect((await read(good)).shipped).toBe(true);
    expect((await read(held)).shipped).toBe(false);
  });

  test('F19: two rows of one destination are two parcels; a repeated row is none', async () => {
    const orderNumber = await env.order();
    const parcels = ['555500000031', '555500000032', '555500000031'];
    const bytes = csv(parcels.map((number) => [orderNumber, number, '2026/11/20']));
    const begun = await send(bytes, 'mode=all');
    await untilOver(begun.body.run.id);
    expect((await read(orderNumber)).details.destinations[0]).toMatchObject({
      trackingNumber: '555500000031 555500000032',
    });
    const again = await send(csv([[orderNumber, parcels[1], '2026/11/20']]), 'mode=check');
    expect(again.body).toMatchObject({ orders: { open: 0, unchanged: 1, invalid: 0 } });
  });

  test('F18: a day before the order is told, and so are rows that contradict each other', async () => {
    const [early, other] = [await env.order(), await env.order()];
    const bytes = csv([
      [early, '555500000041', '2001/01/01'],
      [other, '555500000042', '2026/11/20'],
      [other, '555500000043', '2026/11/21'],
    ]);
    const { errors } = (await send(bytes, 'mode=check')).body;
    expect(errors).toMatchObject([
      { line: 2, column: '発送日', value: '2001-01-01' },
      { line: 4, column: '発送日' },
    ]);
  });

  test('a file never overwrites another number of a shipped order', async () => {
    const orderNumber = await env.order();
    const first = await send(csv([[orderNumber, '5555-1111-0001', '2026/11/20']]), 'mode=all');
    await untilOver(first.body.run.id);
    const other = await send(csv([[orderNumber, '5555-2222-0001', '2026/11/20']]), 'mode=all');
    expect(other.body).toMatchObject({ run: null, orders: { invalid: 1 } });
    expect(other.body.errors[0]).toMatchObject({
      column: '送り状番号',
      message: expect.stringContaining('5555-1111-0001'),
    });
  });

  test('a file for part of an order ships that part, and captures only when all is sent', async () => {
    const orderNumber = await toTwoPlaces();
    const half = await send(
      csv([[`${orderNumber}-2`, '555500000022', '']]),
      'mode=all&andPay=true',
    );
    expect(half.body.captures.count).toBe(0);
    await untilOver(half.body.run.id);
    expect(await read(orderNumber)).toMatchObject({ shipped: false, paidOn: null });
    const rest = await send(csv([[orderNumber, '555500000011', '']]), 'mode=all&andPay=true');
    await untilOver(rest.body.run.id);
    expect(await read(orderNumber)).toMatchObject({ shipped: true, paidOn: expect.any(String) });
    expect(capturesOf(orderNumber)).toBe(1);
  });

  test('a file sent again after a declined capture tries only the capture', async () => {
    const orderNumber = await env.order();
    const bytes = csv([[orderNumber, '555500000077', '2026/11/20']]);
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'sale.cgi', times: 1 }]);
    const first = await send(bytes, 'mode=all&andPay=true');
    expect((await untilOver(first.body.run.id)).counts).toMatchObject({ failed: 1 });
    env.sandbox.gateway.faults.set([]);
    const second = await send(bytes, 'mode=all&andPay=true');
    expect(second.body).toMatchObject({ seenBefore: true, orders: { open: 1 } });
    expect((await untilOver(second.body.run.id)).counts).toMatchObject({ succeeded: 1 });
    expect(capturesOf(orderNumber)).toBe(1);
  });
});

describe('the columns', () => {
  const ORDER = '100000394011';
  test.each([
    ['futureshop', ['受注コード', '送り状番号', '発送日'], [ORDER, '555500000012', '2026/11/24']],
    [
      'ヤマトB2',
      ['お客様管理番号', '伝票番号', '出荷予定日'],
      [`${ORDER}-1`, '555500000012', '2026/11/24'],
    ],
    [
      '佐川e飛伝',
      ['お問い合せ送り状No.', 'お客様管理番号', '出荷日'],
      ['555500000012', ORDER, '20261124'],
    ],
  ])('the columns of %s are found by name', (_what, head, row) => {
    const text = [head, row].map((cells) => formatRow([...cells])).join('');
    expect(parseShipmentsCsv(text)).toMatchObject({
      errors: [],
      shipments: [
        {
          line: 2,
          orderNumber: ORDER,
          destination: 0,
          trackingNumber: '555500000012',
          shippedOn: '2026-11-24',
        },
      ],
    });
  });

  test.each([
    ['no tracking number', '受注コード\r\n1', ['送り状番号']],
    ['nothing', '', [null]],
    ['only a head', '受注コード,送り状番号', [null]],
    ['a shortened number', '受注コード,送り状番号\r\n1.00001E+11,555500000012', ['受注コード']],
    ['blanks', '受注コード,送り状番号\r\n,', [null]],
    ['a wrong day', `受注コード,送り状番号,発送日\r\n${ORDER},555500000012,2026/02/30`, ['発送日']],
    [
      'a card number',
      `受注コード,送り状番号,備考\r\n${ORDER},555500000012,4111111111111111`,
      ['備考'],
    ],
  ])('the mistake %s is told with its line', (_what, text, columns) => {
    const { errors } = parseShipmentsCsv(text);
    const told = errors.map(({ column }) => column);
    expect(told).toEqual(columns);
  });
});
