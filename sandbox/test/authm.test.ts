import { describe, expect, test } from 'vitest';
import { authm, authorize, CARD, cardEnding, SHOP, start, stateOf } from './support.ts';

/** authm.cgi: the cards that it authorizes, and the ledger's record. */
const MINUTE_MS = 60_000;

describe('a card number', () => {
  test('the test card is authorized: 承認番号, then 取引番号', async () => {
    const sandbox = await start();
    const [first, authCode, seqno = ''] = await authm(sandbox, { ...CARD, ID: 'A-1' });
    expect(first).toBe('OK');
    expect(authCode).toMatch(/^[A-Za-z0-9]{6}$/);
    expect(seqno).toMatch(/^\d{20}$/);
    expect(sandbox.gateway.ledger.find(SHOP, seqno)).toMatchObject({
      id: 'A-1',
      amount: 5_000,
      state: 'authorized',
      authCode,
      customerId: null,
      changedFrom: null,
    });
  });

  test.each([
    ['1155', 'JCN-G55(利用限度額を超えています)'],
    ['1161', 'JCN-G61(無効なカードです)'],
    ['1195', 'JCN-G95(カード会社がオンライン停止中です)'],
  ])('a card ending in %s is declined, and the refusal is recorded', async (last, line) => {
    const sandbox = await start();
    expect(await authm(sandbox, cardEnding(last))).toEqual(['NG', line]);
    const [found] = sandbox.gateway.ledger.list(SHOP);
    expect(found).toMatchObject({ state: 'authorization_failed', authCode: '' });
  });

  test('security code 111 is approved, 123 is declined', async () => {
    const sandbox = await start();
    expect((await authm(sandbox, { ...CARD, SCODE: '111' }))[0]).toBe('OK');
    expect((await authm(sandbox, { ...CARD, SCODE: '123' }))[1]).toMatch(/^JCN-G44\(/);
  });

  test('SALETOGETHER captures at once', async () => {
    const sandbox = await start();
    const seqno = await authorize(sandbox, { SALETOGETHER: '1' });
    expect(stateOf(sandbox, seqno)).toBe('captured_untransmitted');
  });

  test('a slip number that is left out or empty gets a new number each time', async () => {
    const sandbox = await start();
    await Promise.all([{}, { ID: '' }, {}].map((slip) => authorize(sandbox, slip)));
    const slips = sandbox.gateway.ledger.list(SHOP).map(({ id }) => id);
    expect(new Set(slips).size).toBe(3);
    for (const slip of slips) expect(slip).toMatch(/^[A-Za-z0-9-]{1,20}$/);
  });
});

describe('wrong requests', () => {
  test.each<[string, Record<string, string>, string]>([
    ['no card', {}, 'A1-1-30(承認処理時のカード番号が指定されていません)'],
    [
      'a card of the real world',
      { ...CARD, PAN1: '4111' },
      'A1-1-31(承認処理時のカード番号が正しくありません)',
    ],
    [
      'a zero in the number',
      cardEnding('1110'),
      'A1-1-31(承認処理時のカード番号が正しくありません)',
    ],
    [
      'no month',
      { ...CARD, CARDEXPIRY1: '' },
      'A1-1-40(承認処理時の有効期限（月）が指定されていません)',
    ],
    [
      'month 13',
      { ...CARD, CARDEXPIRY1: '13' },
      'A1-1-41(承認処理時の有効期限（月）が正しくありません)',
    ],
    [
      'no year',
      { ...CARD, CARDEXPIRY2: '' },
      'A1-1-50(承認処理時の有効期限（年）が指定されていません)',
    ],
    [
      'a year of letters',
      { ...CARD, CARDEXPIRY2: 'ab' },
      'A1-1-51(承認処理時の有効期限（年）が正しくありません)',
    ],
    [
      'an expired card',
      { ...CARD, CARDEXPIRY2: '20' },
      'A1-1-52(承認処理時の有効期限が切れています)',
    ],
    [
      'a slip with an underscore',
      { ...CARD, ID: 'a_b' },
      'A1-1-11(承認処理時の伝票番号が正しくありません)',
    ],
    [
      'a slip of 21',
      { ...CARD, ID: 'x'.repeat(21) },
      'A1-1-11(承認処理時の伝票番号が正しくありません)',
    ],
    [
      'a customer in kana',
      { ...CARD, CUSTOMERID: 'ア' },
      'A1-1-61(承認処理時の顧客番号が正しくありません)',
    ],
    ['an unknown token', { TOKEN: 'tok-1' }, 'A1-1-170(承認処理時のトークンが正しくありません)'],
    [
      'an unknown customer',
      { CUSTOMERID: 'c-1' },
      'A1-1-30(承認処理時のカード番号が指定されていません)',
    ],
  ])('authm refuses %s, and records nothing', async (_name, parameters, line) => {
    const sandbox = await start();
    expect(await authm(sandbox, parameters)).toEqual(['NG', line]);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
  });

  test('a card is good to the last moment of its month in Japan', async () => {
    const sandbox = await start();
    const endsAt = Date.parse('2030-01-31T23:59:59+09:00');
    await sandbox.gateway.moveClock(endsAt - MINUTE_MS - sandbox.gateway.now());
    const card = { ...CARD, CARDEXPIRY1: '01', CARDEXPIRY2: '30' };
    expect((await authm(sandbox, card))[0]).toBe('OK');
    await sandbox.gateway.moveClock(2 * MINUTE_MS);
    expect((await authm(sandbox, card))[1]).toMatch(/^A1-1-52\(/);
  });
});
