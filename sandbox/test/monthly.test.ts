import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { listenForNotices } from './notice-receiver.ts';
import { api, ask, authorize, OTHER_SHOP, SHOP, start, until } from './support.ts';

/** salem and csvsalem: charges of registered customers (protocol §4.7, §4.8, §8.3). */
async function register(sandbox: Sandbox, customerId: string, last = '1111'): Promise<void> {
  const customer = { shopId: SHOP, customerId, pan: `498011111111${last}` };
  expect((await api(sandbox, 'POST', 'customers', customer)).status).toBe(201);
}

describe('salem', () => {
  test('salem authorizes and captures: 承認番号, then 取引番号', async () => {
    const sandbox = await start();
    await register(sandbox, 'c-1');
    const asked = { CUSTOMERID: 'c-1', PAY: '5000', SALEDATE: '20260531' };
    const [first, authCode, seqno = ''] = await ask(sandbox, 'salem.cgi', asked);
    expect(first).toBe('OK');
    expect(authCode).toMatch(/^\w{6}$/);
    expect(sandbox.gateway.ledger.find(SHOP, seqno)).toMatchObject({
      state: 'captured_untransmitted',
      customerId: 'c-1',
      authCode,
      amount: 5_000,
      saleOn: '2026/05/31',
    });
  });

  test('without SALEDATE the sale date is the first of the month in Japan', async () => {
    const sandbox = await start();
    await register(sandbox, 'c-1');
    await api(sandbox, 'POST', 'clock', { to: '2030-01-31T15:30:00Z', stopped: true });
    await ask(sandbox, 'salem.cgi', { CUSTOMERID: 'c-1', PAY: '5000' });
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ saleOn: '2030/02/01' }]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no customer', { CUSTOMERID: '' }, 'S4-1-60'],
    ['a customer that nobody has', { CUSTOMERID: 'c-9' }, 'S4-1-21'],
    ["another shop's customer", { SHOPID: OTHER_SHOP }, 'S4-1-21'],
    ['no amount', { PAY: '' }, 'S4-1-20'],
    ['a yen', { PAY: '1' }, 'S4-1-22'],
    ['a day that is none', { SALEDATE: '20260230' }, 'S4-1-91'],
    ['half a slash', { SALEDATE: '2026/0201' }, 'S4-1-91'],
  ])('salem refuses %s', async (_name, changes, code) => {
    const sandbox = await start();
    await register(sandbox, 'c-1');
    const asked = { CUSTOMERID: 'c-1', PAY: '5000', ...changes };
    expect((await ask(sandbox, 'salem.cgi', asked))[1]?.split('(')[0]).toBe(code);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
  });

  test('salem takes no 伝票番号, and ignores an ID', async () => {
    const sandbox = await start();
    await register(sandbox, 'c-1');
    const asked = { CUSTOMERID: 'c-1', PAY: '5000', ID: '<b>' };
    const [, , seqno] = await ask(sandbox, 'salem.cgi', asked);
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ id: seqno }]);
  });

  test('a decline is 売上失敗', async () => {
    const sandbox = await start();
    await register(sandbox, 'c-1', '1155');
    const [, line] = await ask(sandbox, 'salem.cgi', { CUSTOMERID: 'c-1', PAY: '5000' });
    expect(line).toMatch(/^JCN-G55\(/);
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ state: 'capture_failed' }]);
  });
});

describe('csvsalem', () => {
  const CSVDATA = 'A-1,c-1,5000,20260501\r\n,c-2,6000,\r\nA-3,c-9,7000,2026/05/01\r\n,c-1,x\r\n';

  test('csvsalem takes the lines, carries them out, and tells the results', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start();
    await api(sandbox, 'PUT', `shops/${SHOP}`, { bulkNoticeUrl: receiver.url });
    await register(sandbox, 'c-1');
    await register(sandbox, 'c-2', '1155');
    expect(await ask(sandbox, 'csvsalem.cgi', { CSVDATA })).toEqual(['OK']);
    await until(() => receiver.notices.length > 0);
    const { ledger } = sandbox.gateway;
    expect(ledger.list(SHOP).map(({ state }) => state)).toEqual([
      'capture_failed',
      'captured_untransmitted',
    ]);
    const lines = receiver.notices[0]?.values.CSVDATA?.split('\r\n') ?? [];
    const captured = ledger.ofSlip(SHOP, 'A-1')[0]?.seqno;
    expect(lines).toEqual([
      `A-1,c-1,5000,20260501,OK,${captured},`,
      ',c-2,6000,,NG,,JCN-G55(利用限度額を超えています)',
      'A-3,c-9,7000,2026/05/01,NG,,S4-1-21(月次売上処理時の指定された顧客は存在しません)',
      ',c-1,x,,NG,,S4-1-21(月次売上処理時の金額が正しくありません)',
      '',
    ]);
  });

  test('csvsalem works by POST only', async () => {
    const sandbox = await start();
    const query = new URLSearchParams({ SHOPID: SHOP, CSVDATA });
    const answer = await fetch(`${sandbox.url}/connect/csvsalem.cgi?${query}`);
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^NG\nS5-1-1\(/);
  });

  test.each([
    ['nothing', '', 'S5-1-30'],
    ['a line of two', 'c-1,5000', 'S5-1-31'],
    ['a line of five', 'A,c-1,5000,,', 'S5-1-31'],
    ['more than ten thousand lines', ',c,2\n'.repeat(10_001), 'S5-1-31'],
  ])('csvsalem refuses %s, and does nothing', async (_name, csv, code) => {
    const sandbox = await start();
    const [, line] = await ask(sandbox, 'csvsalem.cgi', { CSVDATA: csv });
    expect(line?.split('(')[0]).toBe(code);
    expect(sandbox.gateway.ledger.bulks.size).toBe(0);
  });

  test('csvsalem charges a customer who was registered by authm', async () => {
    const sandbox = await start();
    await authorize(sandbox, { CUSTOMERID: 'c-7', MONTHLY: '1', MONTHLYMODE: '1' });
    expect((await ask(sandbox, 'salem.cgi', { CUSTOMERID: 'c-7', PAY: '900' }))[0]).toBe('OK');
    expect(sandbox.gateway.ledger.customer(SHOP, 'c-7')).toMatchObject({ mode: 'at_will' });
  });
});
