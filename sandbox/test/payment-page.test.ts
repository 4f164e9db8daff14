import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import {
  paymentPageChecksum,
  type ReturnValues,
  registrationChecksum,
  returnChecksum,
} from '../src/payment-page/checksum.ts';
import type { SandboxShop } from '../src/shops.ts';
import { listenForNotices } from './notice-receiver.ts';
import { api, ask, authm, cardEnding, SHOP, start, stateOf, until } from './support.ts';

/** The browser's side without a browser: checksums, payment page, 3-D Secure, tokens. */
const RETURN = 'https://shop.example.jp/return?from=fregi';

function shopWith(settings: Partial<SandboxShop> = {}): { shops: SandboxShop[] } {
  const shop = { shopId: SHOP, name: '店', inquiry: true, returnUrl: RETURN };
  return { shops: [{ ...shop, challengeReturnUrl: RETURN, ...settings }] };
}

describe('checksums: the documented vectors (§9)', () => {
  const paid: ReturnValues = {
    STATUS: 'OK',
    SETTLENO: '00000000000000002596',
    ID: '999-110101-003',
    AUTHCODE: '000123',
    SEQNO: '00000000000000002954',
    FREE: 'FREE',
    UA: '1',
  };
  test.each([
    [
      'payment page',
      paymentPageChecksum('00001', 'abcdefg', '00000000000000000001', '123456789'),
      '91c8328dc2f0d47c9d020ba077b0176a',
    ],
    [
      'registration page',
      registrationChecksum('00001', 'abcdefg', 'testuser01'),
      '6ac4e6cf33ff34dc6304a57dbb4f1b06',
    ],
    ['return', returnChecksum(paid, 'abcdefg'), 'b14aca96a78b214b0b498c3da9da919b'],
    [
      'return without FREE',
      returnChecksum({ ...paid, FREE: null }, 'abcdefg'),
      '6d6ea7290c982818e2cdecf3416f40e8',
    ],
    [
      'return of NG',
      returnChecksum({ ...paid, STATUS: 'NG', AUTHCODE: '', SEQNO: '', FREE: null }, 'abcdefg'),
      '5f87bd157fb2c2cd0bebf4da1c22e498',
    ],
  ])('the checksum of %s equals the documented vector', (_name, checksum, vector) => {
    expect(checksum).toBe(vector);
  });
});

type Issued = { readonly settleno: string; readonly form: Record<string, string> };

async function issue(sandbox: Sandbox, more: Record<string, string> = {}): Promise<Issued> {
  const asked = { ID: 'R-1', PAY: '5000', ...more };
  const [, settleno = ''] = await ask(sandbox, 'compsettleapply.cgi', asked);
  const CHECKSUM = paymentPageChecksum(SHOP, 'abcdefg', settleno, asked.ID);
  return { settleno, form: { SHOPID: SHOP, SETTLENO: settleno, CHECKSUM } };
}

const CARD = {
  action: '11',
  pan: '4980 1111 1111 1111',
  month: '12',
  year: '69',
  cardname: 'TARO YAMADA',
  scode: '111',
};

/** Presses a button of the payment page; resolves to the browser's next address and page. */
async function press(sandbox: Sandbox, form: Record<string, string>, path = '/usertest/') {
  const body = new URLSearchParams(form);
  const url = new URL(path, sandbox.url);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}

async function statusOf(sandbox: Sandbox, SETTLENO: string): Promise<string[]> {
  return ask(sandbox, 'compsettleinfo.cgi', { SETTLENO, GETDETAIL: '1' });
}

describe('the payment page', () => {
  test('a payment by card completes the issue, goes back with a checksum, and sends a notice', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start(shopWith({ completionNoticeUrl: receiver.url }));
    const { settleno, form } = await issue(sandbox, { FREE: 'a&b=c' });
    const page = await fetch(`${sandbox.url}/usertest/?${new URLSearchParams(form)}`);
    expect(await page.text()).toContain('5,000円');
    expect((await statusOf(sandbox, settleno))[3]).toBe('3');
    const { status, to } = await press(sandbox, { ...form, ...CARD });
    expect(status).toBe(303);
    const back = new URL(String(to));
    const { from, CHECKSUM, ...values } = Object.fromEntries(back.searchParams);
    const [, , , state, payType, SEQNO = '', AUTHCODE = ''] = await statusOf(sandbox, settleno);
    expect([state, payType, stateOf(sandbox, SEQNO)]).toEqual(['4', '11', 'authorized']);
    const told = { STATUS: 'OK', SETTLENO: settleno, ID: 'R-1', AUTHCODE, SEQNO } as const;
    expect(values).toEqual({ ...told, FREE: 'a&b=c', UA: '1' });
    expect(from).toBe('fregi');
    expect(CHECKSUM).toBe(returnChecksum({ ...told, FREE: 'a&b=c', UA: '1' }, 'abcdefg'));
    await until(() => receiver.notices.length === 1);
    expect(receiver.notices[0]?.values).toEqual({
      settleno,
      seqno: SEQNO,
      paymenttype: '11',
      code: 'R-1',
      authcode: AUTHCODE,
    });
    // A payment that is cancelled later is 6.
    await ask(sandbox, 'authcancel.cgi', { CANCELSEQNO: SEQNO });
    expect((await statusOf(sandbox, settleno))[3]).toBe('6');
  });

  test('a payment at a store has no approval number', async () => {
    const sandbox = await start(shopWith());
    const { settleno, form } = await issue(sandbox);
    const { to } = await press(sandbox, { ...form, action: '22' });
    expect(new URL(String(to)).searchParams.get('AUTHCODE')).toBe('');
    expect((await statusOf(sandbox, settleno)).slice(3, 5)).toEqual(['4', '22']);
  });

  test('three refusals in a row break a payment off', async () => {
    const sandbox = await start(shopWith());
    const { settleno, form } = await issue(sandbox);
    const over = { ...form, ...CARD, pan: '4980111111111155' };
    for (const _ of [1, 2]) {
      const { status, text } = await press(sandbox, over);
      expect([status, text.includes('利用限度額を超えています')]).toEqual([200, true]);
    }
    const { to } = await press(sandbox, over);
    expect(new URL(String(to)).searchParams.get('STATUS')).toBe('NG');
    expect((await statusOf(sandbox, settleno))[3]).toBe('5');
  });

  test('the customer goes back, and may come again', async () => {
    const sandbox = await start(shopWith());
    const { settleno, form } = await issue(sandbox);
    const { to } = await press(sandbox, { ...form, action: 'cancel' });
    expect(new URL(String(to)).searchParams.get('STATUS')).toBe('CANCEL');
    expect((await statusOf(sandbox, settleno))[3]).toBe('3');
    expect((await press(sandbox, { ...form, ...CARD })).status).toBe(303);
  });

  test('a second press on a paid issue takes nothing', async () => {
    const sandbox = await start(shopWith());
    const { form } = await issue(sandbox);
    await press(sandbox, { ...form, ...CARD });
    expect((await press(sandbox, { ...form, ...CARD })).text).toContain('お支払いは完了しています');
    expect(sandbox.gateway.ledger.list()).toHaveLength(1);
  });

  test('of two presses at the same time one pays, and of two challenges as well', async () => {
    const sandbox = await start(shopWith());
    const { form } = await issue(sandbox);
    await Promise.all([press(sandbox, { ...form, ...CARD }), press(sandbox, { ...form, ...CARD })]);
    expect(sandbox.gateway.ledger.list()).toHaveLength(1);
    const other = await issue(sandbox, { ID: 'R-2' });
    const asked = { ...other.form, ...CARD, pan: '4980111111111133' };
    const challenges = await Promise.all([press(sandbox, asked), press(sandbox, asked)]);
    for (const { to } of challenges) await press(sandbox, { action: 'pass' }, String(to));
    expect(sandbox.gateway.ledger.ofSlip(SHOP, 'R-2')).toHaveLength(1);
  });

  test.each([
    ['a wrong checksum', { CHECKSUM: '0'.repeat(32) }],
    ['a number that nobody has', { SETTLENO: '1' }],
    ['another shop', { SHOPID: '00002' }],
  ])('the payment page shows nothing of it to %s', async (_name, wrong) => {
    const sandbox = await start();
    const { form } = await issue(sandbox);
    const answer = await fetch(
      `${sandbox.url}/user/?${new URLSearchParams({ ...form, ...wrong })}`,
    );
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('5,000円');
  });

  test('nobody can press a way that is not offered', async () => {
    const sandbox = await start(shopWith());
    const { settleno, form } = await issue(sandbox, { PAYTYPESPECIFY: '10' });
    expect((await press(sandbox, { ...form, action: '71' })).text).toContain('決済方法を選択');
    expect((await statusOf(sandbox, settleno))[3]).toBe('3');
  });

  test('a user’s card is kept, and charged again by its 顧客番号', async () => {
    const sandbox = await start(shopWith({ capturesRedirect: true }));
    const { form } = await issue(sandbox, { USERID: 'u-1', AUTOREGISTER: '1' });
    await press(sandbox, { ...form, ...CARD });
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ state: 'captured_untransmitted' }]);
    expect((await authm(sandbox, { CUSTOMERID: 'u-1' }))[0]).toBe('OK');
  });

  test('the registration page takes another card', async () => {
    const sandbox = await start();
    const CHECKSUM = registrationChecksum(SHOP, 'abcdefg', 'u-1');
    const path = '/paytest/usermypage/Login/first/';
    const form = { SHOPID: SHOP, USERID: 'u-1', CHECKSUM };
    const { text } = await press(sandbox, { ...form, ...CARD, pan: '4980111111111112' }, path);
    expect(text).toContain('************1112');
    const info = await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID: 'u-1', GETEXPIRE: '1' });
    expect(info).toEqual(['OK', '1112', '12', '69']);
    const wrong = await press(sandbox, { ...form, CHECKSUM: 'x', ...CARD }, path);
    expect(wrong.status).toBe(400);
  });
});

describe('3-D Secure', () => {
  async function begin(sandbox: Sandbox, more: Record<string, string> = {}): Promise<string> {
    const [first, ...html] = await authm(sandbox, { ...cardEnding('1133'), ID: 'T-1', ...more });
    expect(first).toBe('OUTPUT');
    const url = /action="([^"]+)"/.exec(html.join('\n'))?.[1] ?? '';
    expect((await fetch(url)).status).toBe(200);
    return new URL(url).pathname;
  }

  test('authm answers OUTPUT and HTML; nothing is authorized until the challenge is passed, then STATUS, AUTHCODE, SEQNO', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start(shopWith({ authorizationNoticeUrl: receiver.url }));
    const path = await begin(sandbox);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
    const { to } = await press(sandbox, { action: 'pass' }, path);
    const [found] = sandbox.gateway.ledger.list();
    expect(found).toMatchObject({ id: 'T-1', state: 'authorized', amount: 5_000 });
    const { from: _, ...told } = Object.fromEntries(new URL(String(to)).searchParams);
    expect(told).toEqual({ STATUS: 'OK', AUTHCODE: found?.authCode, SEQNO: found?.seqno });
    expect((await ask(sandbox, 'sale.cgi', { SEQNO: String(found?.seqno) }))[0]).toBe('OK');
    await until(() => receiver.notices.length === 1);
  });

  test('a failed challenge is NG and authorizes nothing; a challenge is answered once', async () => {
    const sandbox = await start(shopWith());
    const path = await begin(sandbox);
    const { to } = await press(sandbox, { action: 'fail' }, path);
    expect(new URL(String(to)).searchParams.get('STATUS')).toBe('NG');
    expect((await press(sandbox, { action: 'pass' }, path)).status).toBe(410);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
  });

  test('a challenge ends after a quarter of an hour', async () => {
    const sandbox = await start(shopWith());
    const path = await begin(sandbox);
    await sandbox.gateway.moveClock(16 * 60_000);
    expect((await press(sandbox, { action: 'pass' }, path)).status).toBe(410);
  });

  test('a shop challenges every card or none, but never a stored card', async () => {
    const sandbox = await start(shopWith({ threeDSecure: 'always' }));
    const customer = { shopId: SHOP, customerId: 'c-1', pan: '4980111111111133' };
    await api(sandbox, 'POST', 'customers', customer);
    expect((await authm(sandbox, cardEnding('1111')))[0]).toBe('OUTPUT');
    expect((await authm(sandbox, { CUSTOMERID: 'c-1' }))[0]).toBe('OK');
    await api(sandbox, 'PUT', `shops/${SHOP}`, { threeDSecure: 'never' });
    expect((await authm(sandbox, cardEnding('1133')))[0]).toBe('OK');
  });

  test('the payment page challenges a card, too', async () => {
    const sandbox = await start(shopWith());
    const { settleno, form } = await issue(sandbox);
    const asked = { ...form, ...CARD, pan: '4980111111111133' };
    const failed = await press(sandbox, asked);
    expect((await press(sandbox, { action: 'fail' }, String(failed.to))).to).toMatch(
      /^\/usertest\/\?/,
    );
    const passed = await press(sandbox, asked);
    const { to } = await press(sandbox, { action: 'pass' }, String(passed.to));
    expect(new URL(String(to)).searchParams.get('STATUS')).toBe('OK');
    expect((await statusOf(sandbox, settleno))[3]).toBe('4');
  });
});

describe('the token script’s server', () => {
  const card = {
    shopid: SHOP,
    key: '',
    pan: '4980111111111111',
    expiry_mm: '12',
    expiry_yy: '69',
    cardname: 'TARO YAMADA',
    scode: '111',
  };
  async function getToken(sandbox: Sandbox, changes: Record<string, string> = {}) {
    const body = new URLSearchParams({ ...card, ...changes });
    const answer = await fetch(`${sandbox.url}/tokentest/sandbox/issue`, { method: 'POST', body });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    return (await answer.json()) as { result: string; cardobject: { token: string } | null };
  }

  test.each<[string, Record<string, string>]>([
    ['000', {}],
    ['101', { shopid: '99999' }],
    ['102', { key: 'wrong' }],
    ['201', { pan: '4111111111111111' }],
    ['202', { expiry_mm: '13' }],
    ['203', { expiry_yy: '20' }],
    ['204', { cardname: '' }],
    ['204', { cardname: '山田' }],
    ['205', { scode: 'abc' }],
    ['205', { scode: '1111' }],
  ])("the token script's server answers %s for %o", async (result, changes) => {
    const sandbox = await start(shopWith({ tokenKey: '0123456789abcdef' }));
    const key = '0123456789abcdef';
    const said = await getToken(sandbox, { key, ...changes });
    expect(said.result).toBe(result);
    expect(said.cardobject === null).toBe(result !== '000');
  });

  test('a token is good once, in its shop, and knows the security code and the expiry', async () => {
    const sandbox = await start();
    const bad = (await getToken(sandbox, { scode: '123' })).cardobject?.token ?? '';
    expect((await authm(sandbox, { TOKEN: bad, SHOPID: '00002' }))[1]).toMatch(/^A1-1-170/);
    expect((await authm(sandbox, { TOKEN: bad }))[1]).toMatch(/^JCN-G44/);
    const TOKEN = (await getToken(sandbox)).cardobject?.token ?? '';
    expect((await authm(sandbox, { TOKEN, CUSTOMERID: 'c-1', MONTHLY: '1' }))[0]).toBe('OK');
    expect((await authm(sandbox, { TOKEN }))[1]).toMatch(/^A1-1-170/);
    const info = await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID: 'c-1', GETEXPIRE: '1' });
    expect(info.slice(2)).toEqual(['12', '69']);
  });
});
