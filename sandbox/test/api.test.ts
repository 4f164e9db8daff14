import { describe, expect, test } from 'vitest';
import {
  api,
  ask,
  authorize,
  cardEnding,
  newSeqno,
  OTHER_SHOP,
  SEQNO,
  SHOP,
  seed,
  start,
  stateOf,
} from './support.ts';

/** The sandbox's own API: inquiry, the console's operations, clock, reset. */
const SLIP = '100000394011';

describe('the inquiry', () => {
  test('the inquiry returns all transactions of a slip, the newest first', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const [, fresh, authCode] = await ask(sandbox, 'authchange.cgi', { SEQNO, PAY: '6000' });
    const { status, body } = await api(sandbox, 'GET', `inquiry?shopid=${SHOP}&id=${SLIP}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      transactions: [
        { seqno: fresh, state: 'authorized', amount: 6_000, authCode },
        { seqno: SEQNO, state: 'voided', amount: 5_000, authCode: '000123' },
      ],
    });
  });

  test('the inquiry returns a declined authorization without an approval', async () => {
    const sandbox = await start();
    await ask(sandbox, 'authm.cgi', { ...cardEnding('1155'), PAY: '5000', ID: SLIP });
    const { body } = await api(sandbox, 'GET', `inquiry?shopid=${SHOP}&id=${SLIP}`);
    expect(body.transactions).toMatchObject([{ state: 'authorization_failed', authCode: null }]);
  });

  test('the inquiry finds nothing for an unknown slip, a part of a slip, or another shop', async () => {
    const sandbox = await start({
      shops: [SHOP, OTHER_SHOP].map((shopId) => ({ shopId, name: '店', inquiry: true })),
    });
    await seed(sandbox, 'authorized');
    for (const query of [
      `shopid=${SHOP}&id=1`,
      `shopid=${SHOP}`,
      `shopid=${OTHER_SHOP}&id=${SLIP}`,
    ]) {
      expect((await api(sandbox, 'GET', `inquiry?${query}`)).body).toEqual({ transactions: [] });
    }
  });

  test('the inquiry does not exist for a shop without one, as at F-REGI', async () => {
    const sandbox = await start();
    const { status } = await api(sandbox, 'GET', `inquiry?shopid=${OTHER_SHOP}&id=${SLIP}`);
    expect(status).toBe(404);
  });
});

describe('the list', () => {
  test('the list filters by shop, slip, number and state, up to a limit', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    for (const [id, state] of [
      ['A', 'voided'],
      ['A', 'authorized'],
    ] as const) {
      await seed(sandbox, state, {
        shopId: OTHER_SHOP,
        id,
        seqno: newSeqno(sandbox),
      });
    }
    const count = async (query: string) =>
      (await api(sandbox, 'GET', `transactions?${query}`)).body.count;
    expect(await count('')).toBe(3);
    expect(await count(`shopid=${OTHER_SHOP}`)).toBe(2);
    expect(await count('id=A&state=voided')).toBe(1);
    expect(await count(`seqno=${SEQNO}`)).toBe(1);
    const { body } = await api(sandbox, 'GET', 'transactions?limit=1');
    expect(body).toMatchObject({ count: 3, transactions: [{ id: 'A', card: '…1111' }] });
  });
});

describe("the console's operations", () => {
  test.each([
    ['capture', 'authorized', 'captured_untransmitted'],
    ['void', 'authorized', 'voided'],
    ['refund', 'captured_transmitted', 'refunded_untransmitted'],
    ['change_amount', 'authorized', 'voided'],
    ['change_captured_amount', 'captured_transmitted', 'refunded_untransmitted'],
  ] as const)('%s turns %s into %s', async (operation, before, after) => {
    const sandbox = await start();
    await seed(sandbox, before);
    const path = `transactions/${SEQNO}/${operation}`;
    const { status, body } = await api(sandbox, 'POST', path, { amount: 6_000 });
    expect([status, (body.lines as string[])[0]]).toEqual([200, 'OK']);
    expect(stateOf(sandbox)).toBe(after);
    const last = sandbox.gateway.ledger.transactions.get(SEQNO)?.history.at(-1);
    expect(last?.by).toBe('console');
    const again = await api(sandbox, 'POST', path, { amount: 6_000 });
    expect([again.status, (again.body.lines as string[])[0]]).toEqual([409, 'NG']);
  });

  test.each([
    `transactions/${SEQNO}/constructor`,
    `transactions/${SEQNO}/burn`,
    'transactions/1/capture',
    'nothing',
  ])('the address %s is 404', async (path) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    expect((await api(sandbox, 'POST', path, {})).status).toBe(404);
  });
});

describe('tokens and customers', () => {
  test.each([
    ['tokens', { pan: '4111111111111111' }],
    ['tokens', {}],
    ['customers', { shopId: SHOP, customerId: 'c', pan: '4111111111111111' }],
    ['customers', { shopId: '99999', customerId: 'c', pan: '4980111111111111' }],
    ['customers', {}],
  ])('the API refuses %s %j', async (path, body) => {
    expect((await api(await start(), 'POST', path, body)).status).toBe(400);
  });
});

describe('the clock', () => {
  test('the clock moves by the requested time, and a reset puts it back', async () => {
    const sandbox = await start();
    await api(sandbox, 'POST', 'clock', { advanceMs: 3_600_000 });
    const ahead = async () => {
      const { body } = await api(sandbox, 'GET', 'clock');
      return Date.parse(String(body.now)) - Date.now();
    };
    expect(Math.abs((await ahead()) - 3_600_000)).toBeLessThan(1_000);
    await api(sandbox, 'POST', 'reset');
    expect(Math.abs(await ahead())).toBeLessThan(1_000);
  });

  test.each([{}, { advanceMs: '1' }, { advanceMs: 1e15 }])('the clock refuses %j', async (body) => {
    expect((await api(await start(), 'POST', 'clock', body)).status).toBe(400);
  });
});

describe('the log of the wire', () => {
  test('the log of the wire lists requests and answers, the newest first', async () => {
    const sandbox = await start();
    const seqno = await authorize(sandbox, { ID: 'A-1' });
    await ask(sandbox, 'sale.cgi', { SEQNO: seqno });
    const { body } = await api(sandbox, 'GET', 'wire');
    expect(body.records).toMatchObject([
      { cgi: 'sale.cgi', request: `SHOPID=${SHOP}&SEQNO=${seqno}`, decoded: `OK\n${seqno}\n` },
      { cgi: 'authm.cgi', fault: null },
    ]);
    const limited = await api(sandbox, 'GET', 'wire?limit=1');
    expect(limited.body.records).toHaveLength(1);
    expect((await api(sandbox, 'GET', 'wire?limit=x')).status).toBe(200);
  });
});

describe('a bad request', () => {
  test('a body without JSON is 400, a request from another site is 403', async () => {
    const sandbox = await start();
    await authorize(sandbox);
    const url = `${sandbox.url}/sandbox/v1/reset`;
    expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400);
    const headers = { origin: 'https://evil.example' };
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(403);
    expect(sandbox.gateway.ledger.list()).toHaveLength(1);
  });
});
