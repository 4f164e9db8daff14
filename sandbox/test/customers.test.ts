import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import {
  api,
  ask,
  authm,
  authorize,
  CARD,
  cardEnding,
  OTHER_SHOP,
  SHOP,
  start,
} from './support.ts';

/** authm.cgi by a token or by a customer's number, and the data of a customer. */
const MINUTE_MS = 60_000;

async function tokenFor(sandbox: Sandbox, last = '1111'): Promise<string> {
  const { body } = await api(sandbox, 'POST', 'tokens', { pan: `498011111111${last}` });
  return String(body.token);
}

describe('a token', () => {
  test('a token is good once', async () => {
    const sandbox = await start();
    const TOKEN = await tokenFor(sandbox);
    expect((await authm(sandbox, { TOKEN }))[0]).toBe('OK');
    expect((await authm(sandbox, { TOKEN }))[1]).toMatch(/^A1-1-170\(/);
  });

  test('a declined authorization uses its token up, too', async () => {
    const sandbox = await start();
    const TOKEN = await tokenFor(sandbox, '1155');
    expect((await authm(sandbox, { TOKEN }))[1]).toMatch(/^JCN-G55\(/);
    expect((await authm(sandbox, { TOKEN }))[1]).toMatch(/^A1-1-170\(/);
  });

  test('of two uses of a token at the same time, one wins', async () => {
    const sandbox = await start();
    const TOKEN = await tokenFor(sandbox);
    const answers = await Promise.all([authm(sandbox, { TOKEN }), authm(sandbox, { TOKEN })]);
    expect(answers.map(([first]) => first).sort()).toEqual(['NG', 'OK']);
  });

  test('a token is forgotten after ten thousand newer ones', async () => {
    const { ledger } = (await start()).gateway;
    for (let count = 0; count <= 10_000; count += 1) {
      const token = { token: `tok-${count}`, pan: '************1111', expiresAt: 0 };
      ledger.apply({ kind: 'token_issued', token });
    }
    expect([ledger.tokens.size, ledger.tokens.has('tok-0')]).toEqual([10_000, false]);
  });

  test('a token expires after twenty minutes', async () => {
    const sandbox = await start();
    const TOKEN = await tokenFor(sandbox);
    await api(sandbox, 'POST', 'clock', { advanceMs: 21 * MINUTE_MS });
    expect((await authm(sandbox, { TOKEN }))[1]).toMatch(/^A1-1-171\(/);
  });
});

describe('a customer', () => {
  test('MONTHLY=1 registers; then CUSTOMERID alone names the card', async () => {
    const sandbox = await start();
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    const seqno = await authorize(sandbox, {
      PAN1: '',
      PAN2: '',
      PAN3: '',
      PAN4: '',
      CUSTOMERID: 'c-1',
    });
    expect(sandbox.gateway.ledger.find(SHOP, seqno)).toMatchObject({ customerId: 'c-1' });
  });

  test.each([
    ['MONTHLY=0 registers nobody', { ...CARD, MONTHLY: '0' }],
    ['a declined card registers nobody', { ...cardEnding('1155'), MONTHLY: '1' }],
  ])('%s', async (_name, parameters) => {
    const sandbox = await start();
    await authm(sandbox, { ...parameters, CUSTOMERID: 'c-1' });
    expect((await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID: 'c-1' }))[0]).toBe('NG');
  });

  test('customerinfo tells the last four digits, leavecustomer forgets', async () => {
    const sandbox = await start();
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    const CUSTOMERID = 'c-1';
    expect(await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID })).toEqual(['OK', '1111']);
    const withExpiry = await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID, GETEXPIRE: '1' });
    expect(withExpiry).toEqual(['OK', '1111', '12', '69']);
    expect(await ask(sandbox, 'leavecustomer.cgi', { CUSTOMERID })).toEqual(['OK']);
    expect((await ask(sandbox, 'leavecustomer.cgi', { CUSTOMERID }))[1]).toMatch(/存在しません/);
    expect((await authm(sandbox, { CUSTOMERID }))[0]).toBe('NG');
  });

  test('a customer belongs to one shop', async () => {
    const sandbox = await start();
    const customer = { shopId: SHOP, customerId: 'c-1', pan: '4980111111111111' };
    expect((await api(sandbox, 'POST', 'customers', customer)).status).toBe(201);
    expect((await authm(sandbox, { CUSTOMERID: 'c-1' }))[0]).toBe('OK');
    expect((await authm(sandbox, { CUSTOMERID: 'c-1', SHOPID: OTHER_SHOP }))[0]).toBe('NG');
  });
});
