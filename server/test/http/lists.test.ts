import type { OrderRow } from '@renkei/contract/orders/orders.ts';
import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/kit/worlds.ts';

/** L1–L3: tabs, filters, sorting, views and frozen results of the list, over real HTTP. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});

type Changes = Partial<IncomingOrder>;
const BASE = incoming();
const billing = (items: number): Changes => ({
  amounts: { ...BASE.amounts, items, pointsUsed: 0, shipping: 0 },
});

function sentOn(
  shippedOn: string | null,
  trackingNumber = '',
  requestedDate: string | null = null,
) {
  const [destination] = BASE.details.destinations;
  if (destination === undefined) throw new Error('an order goes somewhere');
  return { ...destination, shippedOn, trackingNumber, requestedDate };
}

function toPlaces(...destinations: ReturnType<typeof sentOn>[]): Changes {
  return { details: { ...BASE.details, destinations } };
}

async function numbersOf(query: string): Promise<string[]> {
  const { status, body } = await clerk.get(`/v1/orders?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ orderNumber }: OrderRow) => orderNumber);
}

/** Places orders and returns those that a query finds, by the given names. */
async function found(orders: Record<string, Changes>, query: string): Promise<string[]> {
  const names = new Map<string, string>();
  for (const [name, changes] of Object.entries(orders)) names.set(await env.order(changes), name);
  const q = encodeURIComponent([...names.keys()].join(' '));
  const { status, body } = await clerk.get(`/v1/orders?q=${q}&${query}`);
  expect([status, body.detail]).toEqual([200, undefined]);
  expect(body.count).toBe(body.items.length);
  return body.items.map(({ orderNumber }: OrderRow) => names.get(orderNumber)).sort();
}

describe('filters', () => {
  const transfer = { paymentKind: 'bank_transfer', transaction: undefined } as Changes;
  test.each<[string, string, Record<string, Changes>, string[]]>([
    ['決済種別', 'kinds=bank_transfer,card_fregi', { card: {}, transfer }, ['card', 'transfer']],
    ['決済種別, one', 'kinds=bank_transfer', { card: {}, transfer }, ['transfer']],
    ['ステータス', 'statuses=preorder', { normal: {}, pre: { type: 'preorder' } }, ['pre']],
    ['受注種別', 'types=club', { normal: {}, club: { type: 'club' } }, ['club']],
    ['受注経路', 'channels=mobile,pc', { pc: {}, phone: { channel: 'smartphone' } }, ['pc']],
    [
      '受注日, in Japan',
      'placedFrom=2026-11-09&placedTo=2026-11-09',
      {
        before: { placedAt: '2026-11-08T14:59:59.000Z' },
        first: { placedAt: '2026-11-08T15:00:00.000Z' },
        last: { placedAt: '2026-11-09T14:59:59.000Z' },
        after: { placedAt: '2026-11-09T15:00:00.000Z' },
      },
      ['first', 'last'],
    ],
    [
      '発送日, any destination',
      'shippedFrom=2026-11-05&shippedTo=2026-11-10',
      {
        around: toPlaces(sentOn('2026-11-01'), sentOn('2026-11-20')),
        within: toPlaces(sentOn('2026-11-07'), sentOn('2026-11-20')),
        open: toPlaces(sentOn(null)),
      },
      ['within'],
    ],
    [
      '送り状番号',
      'tracked=true',
      { with: toPlaces(sentOn('2026-11-07', '1234')), without: toPlaces(sentOn('2026-11-07')) },
      ['with'],
    ],
    [
      'お届け希望日',
      'requestedFrom=2026-12-01&requestedTo=2026-12-02',
      {
        wished: toPlaces(sentOn(null, '', '2026-12-02')),
        later: toPlaces(sentOn(null, '', '2026-12-03')),
        anyDay: {},
      },
      ['wished'],
    ],
    [
      '複数お届け先',
      'multipleDestinations=true',
      { one: {}, two: toPlaces(sentOn(null), sentOn(null)) },
      ['two'],
    ],
    [
      '通信事項',
      'withMessage=true',
      { said: { details: { ...BASE.details, customerMessage: '15時以降に' } }, quiet: {} },
      ['said'],
    ],
    [
      '通信事項, none',
      'withMessage=false',
      { said: { details: { ...BASE.details, customerMessage: '15時以降に' } }, quiet: {} },
      ['quiet'],
    ],
    [
      '請求金額',
      'billedMin=1000&billedMax=2000',
      { low: billing(999), least: billing(1_000), most: billing(2_000), high: billing(2_001) },
      ['least', 'most'],
    ],
    [
      'C2: amounts differ',
      'amountDiffers=true',
      { same: {}, differs: billing(5_000) },
      ['differs'],
    ],
    ['F-REGIステータス', 'transactionState=authorized,voided', { card: {}, transfer }, ['card']],
    ['未送信', 'paymentMailSent=false', { unsent: {} }, ['unsent']],
  ])('the filter %s finds its orders (%s)', async (_what, query, orders, expected) => {
    expect(await found(orders, query)).toEqual([...expected].sort());
  });

  test('C10: 承認期限 finds the orders of the next days, by the shop’s deadline of 60 days', async () => {
    const authorized = (daysAgo: number): Changes => {
      const order = incoming();
      const authorizedAt = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      if (order.transaction?.kind !== 'authorized') throw new Error('not authorized');
      return { ...order, transaction: { ...order.transaction, authorizedAt } };
    };
    const orders = { soon: authorized(54), later: authorized(40), past: authorized(70) };
    expect(await found(orders, 'captureWithinDays=7')).toEqual(['past', 'soon']);
  });

  test('結果確認中・要確認 finds the orders with an unknown outcome, as ホーム counts them', async () => {
    const minato = await env.signIn('clerk', 'minato');
    const numbers = async (query: string) =>
      (await minato.get(`/v1/orders?${query}`)).body.items.map((row: OrderRow) => row.orderNumber);
    const known = await env.order({}, 'minato');
    const doubtful = await env.order(billing(12_000), 'minato');
    env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'authchange.cgi', times: 1 }]);
    const pressed = minato.post(`/v1/orders/${doubtful}/payment`, { body: {}, version: 1 });
    await expect.poll(() => numbers('inDoubt=true')).toEqual([doubtful]);
    const { unknown, review } = (await minato.get('/v1/home')).body.inDoubt;
    expect(unknown + review).toBe(1);
    expect(await numbers('inDoubt=false')).toEqual([known]);
    await pressed;
  });

  test.each([
    ['orders?kinds=card_fregi,cash', '/kinds'],
    ['orders?placedFrom=2026-02-30', '/placedFrom'],
    ['orders?sort=colour', '/sort'],
    ['orders?billedMin=-1', '/billedMin'],
    ['orders?billedMin=', '/billedMin'],
    ['orders?billedMax=1e3', '/billedMax'],
    ['orders?captureWithinDays=1e9', '/captureWithinDays'],
    ['orders?paid=1', '/paid'],
    ['orders?paid=true&paid=false', '/paid'],
    ['orders?limit=1e2', '/limit'],
    ['orders?q=a%00b', '/q'],
    ['orders?tab=subscription', '/tab'],
    ['attention?kinds=charge_left,cash', '/kinds'],
    ['activity?areas=orders', '/areas'],
    ['activity?from=2026-02-30', '/from'],
    ['deadlines?all=yes', '/all'],
    ['deadlines?within=1e2', '/within'],
    ['reconciliation?buckets=ours', '/buckets'],
    ['subscriptions?held=1', '/held'],
  ])('a senseless query is refused with a pointer: %s', async (query, pointer) => {
    const owner = await env.signIn('owner');
    const { status, body } = await owner.get(`/v1/${query}`);
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  test('the tab of applications is refused with the path of their list', async () => {
    const { body } = await clerk.get('/v1/orders?tab=subscription');
    expect(body.errors[0].message).toContain('/v1/subscriptions');
  });

  test.each([
    'attention?kinds=charge_left,not_found',
    'activity?areas=order,money',
    'deadlines?all=true&within=7',
    'deadlines?all=false',
    'reconciliation?buckets=matched,only_ours',
    'subscriptions?held=true',
    'subscriptions?overdue=true',
    'orders?kinds=&statuses=,',
  ])('a list takes %s', async (query) => {
    const owner = await env.signIn('owner');
    expect((await owner.get(`/v1/${query}`)).status).toBe(200);
  });
});

describe('search', () => {
  test('L3: the search finds pasted 受注コード whatever stands between them, and names those it lacks', async () => {
    const [a, b] = [await env.order(), await env.order()];
    const pasted = `${a}、999999999991\n受注:${b}\t${a}`;
    const { body } = await clerk.get(`/v1/orders?q=${encodeURIComponent(pasted)}`);
    expect(body.items.map(({ orderNumber }: OrderRow) => orderNumber).sort()).toEqual([a, b]);
    expect(body).toMatchObject({ count: 2, codesNotFound: ['999999999991'] });
  });
});

describe('L3: the search compares names by their fold', () => {
  const found = async (text: string) =>
    (await clerk.get(`/v1/orders?q=${encodeURIComponent(text)}`)).body.items.map(
      ({ orderNumber }: OrderRow) => orderNumber,
    );
  const orderOf = async (customer: object) => {
    const base = incoming();
    return env.order({
      details: { ...base.details, customer: { ...base.details.customer, ...customer } },
    });
  };

  test.each([
    ['㈱花道工房', ['㈱花道工房', '(株)花道', '（株）花道工房']],
    ['ＴＡＮＡＫＡ　ＫＥＮ', ['ＴＡＮＡＫＡ　ＫＥＮ', 'tanaka ken', 'TanakaKen']],
    ['齋藤 桃子', ['齋藤桃子', '斉藤 桃子', '斎藤　桃子']],
    ['葛󠄀西 一', ['葛西一', '葛󠄀西']],
    ['⻑⾕川 二郎', ['⻑⾕川', '長谷川二郎']],
  ])('W9, F11: %s is found by %j', async (name, questions) => {
    const orderNumber = await orderOf({ name });
    for (const question of questions)
      expect(await found(question), question).toContain(orderNumber);
  });

  test('W9: a name in half-width kana is found in full-width kana and in hiragana', async () => {
    const orderNumber = await orderOf({ kana: 'ｻｲﾄｳ ﾓﾓｺﾞﾛｳ' });
    for (const question of ['ｻｲﾄｳ ﾓﾓｺﾞ', 'サイトウモモゴロウ', 'さいとう　ももごろう']) {
      expect(await found(question), question).toContain(orderNumber);
    }
  });

  test('F11: a phone number is found with any dash, and with +81', async () => {
    const orderNumber = await orderOf({ phone: '+81 90-0000-5432' });
    for (const dash of ['-', '‐', '−', 'ー', '–', '.', ' ']) {
      const question = ['090', '0000', '5432'].join(dash);
      expect(await found(question), question).toContain(orderNumber);
    }
    expect(await found('+81 90-0000-5432')).toContain(orderNumber);
  });

  test('M9: 送り状番号 is searched for, too, and is no missing 受注コード', async () => {
    const orderNumber = await env.order();
    const shipments = [{ destination: 0, trackingNumber: '4512-3456-7890 451234567901' }];
    await clerk.post(`/v1/orders/${orderNumber}/shipments`, { body: { shipments }, version: 1 });
    for (const question of ['451234567890', '4512-3456-7890', '451234567901']) {
      const { body } = await clerk.get(`/v1/orders?q=${question}`);
      expect(body, question).toMatchObject({ items: [{ orderNumber }], codesNotFound: [] });
    }
  });
});

describe('sorting', () => {
  test.each([
    ['billed', 'asc', ({ billed }: OrderRow) => billed],
    ['billed', 'desc', ({ billed }: OrderRow) => -billed],
    ['orderNumber', 'asc', ({ orderNumber }: OrderRow) => Number(orderNumber)],
    ['placedAt', 'asc', ({ placedAt }: OrderRow) => Date.parse(placedAt)],
    ['authorizedAt', 'asc', ({ transaction }: OrderRow) => (transaction === null ? 1 : 0)],
    ['customer', 'desc', () => 0],
  ])('the list sorts by %s %s, page after page', async (sort, direction, key) => {
    for (let n = 0; n < 3; n += 1) await env.order(billing(3_000 + 7 * n));
    await env.order({ paymentKind: 'bank_transfer', transaction: undefined } as Changes);
    const seen: OrderRow[] = [];
    let cursor = '';
    do {
      const { body } = await clerk.get(
        `/v1/orders?sort=${sort}&direction=${direction}&limit=4${cursor}`,
      );
      seen.push(...body.items);
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    const whole = await numbersOf(`sort=${sort}&direction=${direction}`);
    expect(seen.map(({ orderNumber }) => orderNumber)).toEqual(whole);
    const keys = seen.map(key);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  test('a cursor of another sorting is refused', async () => {
    await env.order();
    await env.order();
    const { body } = await clerk.get('/v1/orders?sort=billed&limit=1');
    const reply = await clerk.get(`/v1/orders?sort=placedAt&cursor=${body.nextCursor}`);
    expect([reply.status, reply.body.code]).toEqual([422, 'bad_cursor']);
  });
});

describe('views', () => {
  test('views are kept per user, renamed, and forgotten', async () => {
    const filter = { tab: 'unpaid', kinds: 'card_fregi', captureWithinDays: 7 };
    const made = await clerk.post('/v1/views', { body: { name: '期限7日以内', filter } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: '期限7日以内',
      filter: { ...filter, sort: 'placedAt' },
    });
    const twice = await clerk.post('/v1/views', { body: { name: '期限7日以内', filter } });
    expect([twice.status, twice.body.code]).toEqual([409, 'view_name_taken']);

    const path = `/v1/views/${made.body.id}`;
    const changed = { name: '急ぎ', filter: { tab: 'unpaid' } };
    expect((await clerk.send('PUT', path, { body: changed })).status).toBe(200);
    const colleague = await env.signIn('clerk');
    expect((await colleague.get('/v1/views')).body.items).toEqual([]);
    expect((await colleague.send('DELETE', path)).status).toBe(404);
    const names = async () =>
      (await clerk.get('/v1/views')).body.items.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(['急ぎ']);
    expect((await clerk.send('DELETE', path)).status).toBe(204);
    expect(await names()).toEqual([]);
  });

  test.each([
    [{ limit: 5 }, '/filter'],
    [{ kinds: 'cash' }, '/filter/kinds'],
    [{ kinds: ['card_fregi'] }, '/filter/kinds'],
    [{ billedMin: 1.5 }, '/filter/billedMin'],
    [{ placedFrom: '2026-02-30' }, '/filter/placedFrom'],
  ])('a view with a senseless filter is not kept: %j', async (filter, pointer) => {
    const body = { name: 'x', filter: { tab: 'unpaid', ...filter } };
    const reply = await clerk.post('/v1/views', { body });
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([422, pointer]);
  });

  test('a view is kept as a URL writes it, so that a server of another version reads it, too', async () => {
    const filter = {
      tab: 'unpaid',
      kinds: 'bank_transfer,card_fregi',
      paid: 'false',
      placedFrom: '2026-11-01',
      billedMin: 500,
      sort: 'billed',
      direction: 'asc',
    };
    const viewer = await env.signIn('clerk');
    const { id } = (await viewer.post('/v1/views', { body: { name: '同じ', filter } })).body;
    const stored = await env.db.query('select filter from list_views where id = $1', [id]);
    expect(stored.rows).toEqual([{ filter }]);

    const older = { ...filter, kinds: 'card_fregi,', unheardOf: 'true' };
    await env.db.query('update list_views set filter = $2 where id = $1', [id, older]);
    const { status, body } = await viewer.get('/v1/views');
    expect([status, body.items]).toEqual([
      200,
      [{ id, name: '同じ', filter: { ...filter, kinds: 'card_fregi,' } }],
    ]);
    const frozen = await viewer.post('/v1/selections', { body: body.items[0].filter });
    expect([frozen.status, frozen.body.filter]).toEqual([201, { ...filter, kinds: 'card_fregi' }]);
  });
});

describe('a frozen result', () => {
  test('a frozen result keeps its orders, their sequence and versions, whatever comes later', async () => {
    const numbers = [await env.order(billing(5_000)), await env.order(billing(4_000))];
    const filter = { q: numbers.join(' '), sort: 'billed', direction: 'asc' };
    const { status, body } = await clerk.post('/v1/selections', { body: filter });
    expect([status, body.count, body.billed]).toEqual([201, 2, 9_000]);
    await clerk.send('PUT', `/v1/orders/${numbers[0]}/amounts`, {
      body: billing(1),
      version: 1,
    });
    const orders = await clerk.get(`/v1/selections/${body.id}/orders`);
    expect(orders.body).toEqual({
      count: 2,
      items: [
        { orderNumber: numbers[1], version: 1, billed: 4_000 },
        { orderNumber: numbers[0], version: 1, billed: 1 },
      ],
    });
    const second = await clerk.get(`/v1/selections/${body.id}/orders?from=1&limit=1`);
    expect(second.body.items).toEqual([{ orderNumber: numbers[0], version: 1, billed: 1 }]);
  });

  test('a frozen result ends after its time, and belongs to one user', async () => {
    const { body } = await clerk.post('/v1/selections', { body: { tab: 'on_hold' } });
    expect(body.count).toBe(0);
    const stranger = await env.signIn('clerk', SHOPS[1].shopId);
    expect((await stranger.get(`/v1/selections/${body.id}`)).status).toBe(404);
    await env.db.query('update selections set expires_at = now() where id = $1', [body.id]);
    const { status, body: problem } = await clerk.get(`/v1/selections/${body.id}`);
    expect([status, problem.code]).toEqual([404, 'selection_not_found']);
  });
});
