import { describe, expect, test } from 'vitest';
import type { SandboxShop } from '../src/shops.ts';
import {
  ask,
  authm,
  authorize,
  CARD,
  cardEnding,
  DAY_MS,
  OTHER_SHOP,
  SEQNO,
  SHOP,
  seed,
  start,
  stateOf,
} from './support.ts';

/** Every parameter of the card CGIs: its allowed values, and a shop's settings for it. */
function shopWith(settings: Partial<SandboxShop>): { shops: SandboxShop[] } {
  return { shops: [{ shopId: SHOP, name: '店', inquiry: true, ...settings }] };
}

describe('authm takes', () => {
  test.each<[string, Record<string, string>]>([
    ['an ID of 20', { ID: 'A'.repeat(20) }],
    ['every way to pay', { PAYMODE: '24' }],
    ['a mail address of 254', { HOLDERMAIL: `${'a'.repeat(242)}@example.com` }],
    ['telephones', { HOLDERHOMETEL: '0312345678', HOLDERMOBILTEL: '+819012345678' }],
    ['255 of FREE, half-width kana among them', { FREE: `ｱ${'x'.repeat(254)}` }],
    ['a holder of 45', { CARDNAME: 'A'.repeat(45) }],
    ['flags', { MONTHLYMODE: '1', MONTHLY: '0', SALETOGETHER: '0', QUIET: '1', MOBILE: '1' }],
    ['an address', { IP: '192.0.2.15' }],
    ['what it does not know', { WHATEVER: '1', pan1: 'x' }],
  ])('authm takes %s', async (_name, more) => {
    expect((await authm(await start(), { ...CARD, ...more, CHARCODE: 'utf8' }))[0]).toBe('OK');
  });

  test.each<[string, Record<string, string>, string]>([
    ['PAYMODE', { PAYMODE: '07' }, 'A1-1-91'],
    ['MONTHLY', { MONTHLY: '2' }, 'A1-1-101'],
    ['MONTHLYMODE', { MONTHLYMODE: 'x' }, 'A1-1-111'],
    ['SALETOGETHER', { SALETOGETHER: 'yes' }, 'A1-1-141'],
    ['HOLDERMAIL without an at', { HOLDERMAIL: 'nobody' }, 'A1-1-151'],
    ['HOLDERMAIL of 255', { HOLDERMAIL: `${'a'.repeat(243)}@example.com` }, 'A1-1-151'],
    ['a telephone of 16', { HOLDERHOMETEL: '0'.repeat(16) }, 'A1-1-161'],
    ['IP', { IP: 'localhost' }, 'A1-1-191'],
    ['FREE of 256', { FREE: 'x'.repeat(256) }, 'A1-1-201'],
    ['FREE in full width', { FREE: '花' }, 'A1-1-201'],
    ['a holder of 46', { CARDNAME: 'A'.repeat(46) }, 'A1-1-71'],
    ['a holder in kanji', { CARDNAME: '山田太郎' }, 'A1-1-71'],
    ['no holder', { CARDNAME: '' }, 'A1-1-70'],
    ['a security code of 5', { SCODE: '11111' }, 'A1-1-131'],
    ['a security code of letters', { SCODE: 'abc' }, 'A1-1-132'],
    ['an Amex code for a Visa', { SCODE: '1111' }, 'A1-1-131'],
    ['a card cut short', { PAN4: '11' }, 'A1-1-31'],
    ['a card too long', { PAN4: '11111' }, 'A1-1-31'],
  ])('authm refuses %s', async (_name, more, code) => {
    const sandbox = await start();
    const [first, line] = await authm(sandbox, { ...CARD, ...more, CHARCODE: 'utf8' });
    expect([first, line?.split('(')[0]]).toEqual(['NG', code]);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
  });

  test('authm takes the first of a repeated name', async () => {
    const sandbox = await start();
    const form = new URLSearchParams({ SHOPID: SHOP, ...CARD, PAY: '5000' });
    const url = `${sandbox.url}/connect/authm.cgi?${form}&PAY=6000&SHOPID=${OTHER_SHOP}`;
    expect((await (await fetch(url)).text()).startsWith('OK\n')).toBe(true);
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ shopId: SHOP, amount: 5_000 }]);
  });

  test.each([
    [{ REQUIRECOM: '1' }, 'VISA'],
    [{ REQUIREAREA: '1' }, 'JP'],
    [{ REQUIRECOM: '1', REQUIREAREA: '1', REQUIRELID: '0' }, 'VISA,JP'],
    [{ REQUIRECOM: '0' }, undefined],
  ])('authm answers the extras %o', async (asked, extras) => {
    expect((await authm(await start(), { ...CARD, ...asked }))[3]).toBe(extras);
  });
});

describe('the brand of 15 digits', () => {
  const AMEX = { ...CARD, PAN1: '3498', PAN4: '111' };

  test('the brand of 15 digits has a security code of four digits', async () => {
    const sandbox = await start();
    expect((await authm(sandbox, { ...AMEX, SCODE: '1111' }))[0]).toBe('OK');
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ pan: `${'*'.repeat(11)}1111` }]);
  });

  test('the brand of 15 digits approves up to its own limit, at a change as well', async () => {
    const sandbox = await start();
    expect((await authm(sandbox, { ...AMEX, PAY: '3000001' }))[1]).toMatch(/^JCN-G55/);
    const [, , SEQ = ''] = await authm(sandbox, { ...AMEX, PAY: '3000000' });
    const changed = await ask(sandbox, 'authchange.cgi', { SEQNO: SEQ, PAY: '3000001' });
    expect(changed[1]).toMatch(/^JCN-G55/);
    expect(stateOf(sandbox, SEQ)).toBe('authorized');
  });

  test('the brand of 15 digits has an earlier capture deadline', async () => {
    const sandbox = await start();
    const [, , SEQ = ''] = await authm(sandbox, AMEX);
    await sandbox.gateway.moveClock(31 * DAY_MS);
    expect((await ask(sandbox, 'sale.cgi', { SEQNO: SEQ }))[1]).toMatch(/^S1-1-125/);
  });
});

describe('auth, as of 2009', () => {
  test('auth answers 承認番号 and 取引番号, and nothing after them', async () => {
    const sandbox = await start();
    const lines = await ask(sandbox, 'auth.cgi', { ...CARD, PAY: '5000', REQUIRECOM: '1' });
    expect(lines).toEqual([
      'OK',
      expect.stringMatching(/^\w{6}$/),
      expect.stringMatching(/^\d{20}$/),
    ]);
  });

  test.each([
    [{}, '00'],
    [{ PAYMODE: '10' }, '00'],
    [{ PAYMODE: '80' }, '01'],
    [{ PAYMODE: '61', PAYACOUNT: '3' }, '03'],
    [{ PAYMODE: '61', PAYACOUNT: '12' }, '12'],
  ])('auth takes the way to pay %o as %s', async (mode, payMode) => {
    const sandbox = await start();
    await ask(sandbox, 'auth.cgi', { ...CARD, PAY: '5000', ...mode });
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ payMode }]);
  });

  test.each([{ PAYMODE: '00' }, { PAYMODE: '61' }, { PAYMODE: '61', PAYACOUNT: '4' }])(
    'auth does not take %o',
    async (mode) => {
      const lines = await ask(await start(), 'auth.cgi', { ...CARD, PAY: '5000', ...mode });
      expect(lines[0]).toBe('NG');
    },
  );

  test('auth registers no customer', async () => {
    const sandbox = await start();
    await ask(sandbox, 'auth.cgi', { ...CARD, PAY: '5000', CUSTOMERID: 'c-1', MONTHLY: '1' });
    expect(sandbox.gateway.ledger.customers.size).toBe(0);
  });
});

describe("a shop's settings", () => {
  test('a shop can require a security code, except of a stored card or where it is skipped', async () => {
    const sandbox = await start(shopWith({ needsSecurityCode: true }));
    expect((await authm(sandbox, CARD))[1]).toMatch(/^A1-1-130/);
    const asked = { ...CARD, SCODE: '111', CUSTOMERID: 'c-1', MONTHLY: '1' };
    expect((await authm(sandbox, asked))[0]).toBe('OK');
    expect((await authm(sandbox, { CUSTOMERID: 'c-1' }))[0]).toBe('OK');
    expect((await authm(sandbox, { ...CARD, SKIPSCODE: '1' }))[0]).toBe('OK');
  });

  test('a shop can refuse a repeated 伝票番号', async () => {
    const sandbox = await start(shopWith({ uniqueSlips: true }));
    expect((await authm(sandbox, { ...CARD, ID: 'A-1' }))[0]).toBe('OK');
    expect((await authm(sandbox, { ...CARD, ID: 'A-1' }))[1]).toMatch(/^A1-1-12\(/);
  });

  test('a shop can have AUTHCODE compared at sale', async () => {
    const sandbox = await start(shopWith({ comparesAuthCode: true }));
    await seed(sandbox, 'authorized');
    expect((await ask(sandbox, 'sale.cgi', { SEQNO, AUTHCODE: '000999' }))[1]).toMatch(/^S1-1-111/);
    expect((await ask(sandbox, 'sale.cgi', { SEQNO, AUTHCODE: '000123' }))[0]).toBe('OK');
  });

  test('a shop can have salecancel answer a number of its own', async () => {
    const sandbox = await start(shopWith({ numbersRefunds: true }));
    await seed(sandbox, 'captured_transmitted');
    const [first, number] = await ask(sandbox, 'salecancel.cgi', { CANCELSEQNO: SEQNO });
    expect(first).toBe('OK');
    expect(number).toMatch(/^\d{20}$/);
    expect(number).not.toBe(SEQNO);
  });
});

describe('CANCELFIRST', () => {
  test.each(['authchange.cgi', 'salechange.cgi'])(
    'CANCELFIRST is refused without the setting, at %s',
    async (cgi) => {
      const sandbox = await start();
      const before = cgi === 'authchange.cgi' ? 'authorized' : 'captured_untransmitted';
      await seed(sandbox, before);
      const [, line] = await ask(sandbox, cgi, { SEQNO, PAY: '6000', CANCELFIRST: '1' });
      expect(line).toMatch(/取消順序は指定できません\)$/);
      expect(stateOf(sandbox)).toBe(before);
      const zero = await ask(sandbox, cgi, { SEQNO, PAY: '6000', CANCELFIRST: '0' });
      expect(zero[0]).toBe('OK');
    },
  );

  test.each([
    ['0', 'authorized'],
    ['1', 'voided'],
  ] as const)('%s: a decline leaves the old transaction %s', async (CANCELFIRST, state) => {
    const sandbox = await start(shopWith({ mayCancelFirst: true }));
    const old = await authorize(sandbox, cardEnding('1156'));
    const [first] = await ask(sandbox, 'authchange.cgi', { SEQNO: old, PAY: '6000', CANCELFIRST });
    expect(first).toBe('NG');
    expect(stateOf(sandbox, old)).toBe(state);
  });
});

describe('invented cards', () => {
  test('card …1154 is expired, card …1198 fails when it is captured', async () => {
    const sandbox = await start();
    expect((await authm(sandbox, cardEnding('1154')))[1]).toMatch(/^JCN-G83\(/);
    const seqno = await authorize(sandbox, cardEnding('1198'));
    expect((await ask(sandbox, 'sale.cgi', { SEQNO: seqno }))[1]).toMatch(/^JCN-G98\(/);
    expect(stateOf(sandbox, seqno)).toBe('capture_failed');
    expect((await ask(sandbox, 'sale.cgi', { SEQNO: seqno }))[1]).toMatch(/^S1-1-127\(/);
  });
});
