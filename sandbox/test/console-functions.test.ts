import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import type { SandboxShop } from '../src/shops.ts';
import {
  api,
  ask,
  authorize,
  DAY_MS,
  newSeqno,
  OTHER_SHOP,
  SEQNO,
  SHOP,
  seed,
  start,
  stateOf,
} from './support.ts';

/** The console's other functions; each shop sees only its own transactions. */
async function press(
  { url }: Sandbox,
  path: string,
  form: Record<string, string> = {},
  cookie = '',
): Promise<{ status: number; to: string; cookie: string }> {
  const answer = await fetch(`${url}/sandbox/console/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { cookie },
  });
  const to = decodeURIComponent(answer.headers.get('location') ?? '').replaceAll('+', ' ');
  const set = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: answer.status, to, cookie: set };
}

async function page({ url }: Sandbox, path = '', cookie = ''): Promise<string> {
  const answer = await fetch(`${url}/sandbox/console${path}`, { headers: { cookie } });
  return answer.text();
}

describe('monthly charges', () => {
  test('the console charges one customer, charges many, and deletes one', async () => {
    const sandbox = await start();
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    expect(await page(sandbox, '/customers')).toContain('c-1');
    const customer = { shopId: SHOP, customerId: 'c-1' };
    expect((await press(sandbox, 'charge', { ...customer, amount: '700' })).to).toMatch(/said=OK /);
    const csv = 'A-1,c-1,800,\r\n,c-1,900,2026/05/01';
    expect((await press(sandbox, 'charge-many', { shopId: SHOP, csv })).to).toMatch(/said=OK$/);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const amounts = sandbox.gateway.ledger.list().map(({ amount }) => amount);
    expect(amounts).toEqual([900, 800, 700, 5_000]);
    await press(sandbox, 'leave-customer', customer);
    expect(await page(sandbox, '/customers')).not.toContain('>c-1<');
  });
});

describe('redirect payments and slips', () => {
  test('the console shows, cancels and pays redirect payments and slips', async () => {
    const sandbox = await start();
    const [, settleno = ''] = await ask(sandbox, 'compsettleapply.cgi', { ID: 'R-1', PAY: '5000' });
    const order = { PAY: '300', CUSTOMERNAME1: 'A', CUSTOMERTEL: '03', CONVENI: 'famima' };
    const [, number, seqno = ''] = await ask(sandbox, 'convorder.cgi', order);
    const shown = await page(sandbox, '/issues');
    for (const text of [settleno, '1 発行受付', String(number), 'ファミリーマート']) {
      expect(shown).toContain(text);
    }
    await press(sandbox, 'cancel-issue', { settleno });
    await press(sandbox, 'pay-slip', { seqno });
    const after = await page(sandbox, '/issues?lang=en');
    expect(after).toContain('2 Cancelled');
    expect(after).toContain('Paid</td>');
  });
});

describe("a shop's settings", () => {
  test('the console shows settings and changes them at once; a malformed one changes nothing', async () => {
    const sandbox = await start();
    const shown = await page(sandbox, '/settings');
    for (const text of ['店舗設定', SHOP, 'threeDSecure', '接続パスワード']) {
      expect(shown).toContain(text);
    }
    const form = { shopId: SHOP, name: '花屋', inquiry: 'true' };
    const more = { threeDSecure: 'never', allowedIps: '127.0.0.1, ::1', uniqueSlips: 'true' };
    const { to } = await press(sandbox, 'settings', { ...form, ...more, returnUrl: '' });
    expect(to).toMatch(/said=完了しました: \d{5} .*allowedIps.*threeDSecure.*uniqueSlips$/);
    expect(sandbox.gateway.shop(SHOP)).toMatchObject({
      name: '花屋',
      threeDSecure: 'never',
      allowedIps: ['127.0.0.1', '::1'],
      uniqueSlips: true,
    });
    expect(sandbox.gateway.shop(SHOP)?.returnUrl).toBeUndefined();
    const again = await press(sandbox, 'settings', { ...form, ...more });
    expect(again.to).toMatch(/変更はありません/);
    const wrong = await press(sandbox, 'settings', { ...form, returnUrl: 'nowhere', name: 'x' });
    expect(wrong.to).toMatch(/said=NG: returnUrl の形式/);
    expect(sandbox.gateway.shop(SHOP)?.name).toBe('花屋');
    expect((await press(sandbox, 'settings', { shopId: '00000' })).to).toContain('404');
  });

  test('a signed-in shop sees and changes only its own settings', async () => {
    const sandbox = await start();
    await press(sandbox, 'settings', { shopId: SHOP, consolePassword: 'a secret' });
    const { cookie } = await press(sandbox, 'sign-in', { shopId: SHOP, password: 'a secret' });
    const shown = await page(sandbox, '/settings', cookie);
    expect(shown).not.toContain('a secret');
    const other = sandbox.gateway.listShops().find(({ shopId }) => shopId !== SHOP);
    if (other !== undefined) expect(shown).not.toContain(`value="${other.shopId}"`);
    const refused = await press(
      sandbox,
      'settings',
      { shopId: other?.shopId ?? '', name: 'x' },
      cookie,
    );
    expect(refused.to).toContain('404');
  });
});

describe('scenarios', () => {
  test('the console starts a rule and a pack, and ends them', async () => {
    const sandbox = await start();
    await press(sandbox, 'faults', { kind: 'empty', cgi: 'sale.cgi', share: '0.5', times: '3' });
    const { faults } = sandbox.gateway;
    expect(faults.rules).toEqual([{ kind: 'empty', cgi: 'sale.cgi', share: 0.5, times: 3 }]);
    expect((await press(sandbox, 'faults', { kind: 'flood' })).to).toMatch(/said=NG/);
    expect((await press(sandbox, 'faults', { kind: 'empty', share: '7' })).to).toMatch(/said=NG/);
    await press(sandbox, 'pack/card_company_down');
    expect((await ask(sandbox, 'sale.cgi', { SEQNO }))[1]).toMatch(/^JCN-G95\(/);
    await press(sandbox, 'faults-clear');
    expect(faults.rules).toEqual([]);
    expect((await press(sandbox, 'pack/constructor')).to).toContain('404');
  });

  test('the console moves the clock, takes a snapshot and resets', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const before = sandbox.gateway.now();
    await press(sandbox, 'clock', { days: '61', minutes: '1' });
    expect(sandbox.gateway.now() - before).toBeGreaterThan(61 * DAY_MS);
    expect((await press(sandbox, 'clock', { days: 'x' })).to).toMatch(/said=NG/);
    await press(sandbox, 'clock-stop');
    expect((await api(sandbox, 'GET', 'clock')).body.stopped).toBe(true);
    await press(sandbox, 'clock-go');
    const { body } = await api(sandbox, 'GET', 'snapshot');
    await press(sandbox, 'reset', { seed: '5' });
    expect(stateOf(sandbox)).toBeNull();
    await press(sandbox, 'restore', { snapshot: JSON.stringify(body) });
    expect(stateOf(sandbox)).toBe('authorized');
    for (const snapshot of ['{', '[{"kind":"flood"}]']) {
      expect((await press(sandbox, 'restore', { snapshot })).to).toMatch(/said=NG/);
    }
  });
});

describe('the CSV', () => {
  test('the CSV is CP932 with CR LF, by the console and by the API, and harmless in a spreadsheet', async () => {
    const sandbox = await start({ shops: [{ shopId: SHOP, name: '髙橋①〜−𠮷', inquiry: true }] });
    await seed(sandbox, 'captured_untransmitted', { id: '=HYPERLINK("x")' });
    const read = async (path: string) => {
      const answer = await fetch(`${sandbox.url}/sandbox/${path}`);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=Shift_JIS');
      const bytes = Buffer.from(await answer.arrayBuffer());
      return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
    };
    const text = await read('console/transactions.csv');
    expect(await read('v1/transactions.csv')).toBe(text);
    const [head, row, end] = text.split('\r\n');
    expect(head).toMatch(
      /^"取引番号","伝票番号","ステータス","金額","承認日時","売上日時","取消日時","承認番号","店舗"/,
    );
    expect(row).toContain(`"${SEQNO}","'=HYPERLINK(""x"")","売上済（未伝送）","5000",`);
    expect(row).toContain('髙橋①～－〓');
    expect(end).toBe('');
  });

  test('the CSV has the rows that the search finds', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: 'AAA' });
    await seed(sandbox, 'voided', { id: 'BBB', seqno: newSeqno(sandbox) });
    const answer = await fetch(`${sandbox.url}/sandbox/console/transactions.csv?q=BBB`);
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('BBB');
  });
});

describe('the error list', () => {
  test('the search finds an error by its code', async () => {
    const shown = await page(await start(), '/errors?q=S1-1-125');
    expect(shown).toContain('売上処理期限を超過しています');
    expect(shown).not.toContain('A1-1-30');
  });
});

describe('signing in', () => {
  const shops: SandboxShop[] = [
    { shopId: SHOP, name: '店', inquiry: true, consolePassword: 'himitsu' },
    { shopId: OTHER_SHOP, name: '別の店', inquiry: true, consolePassword: 'another' },
  ];

  test('the console asks for a sign-in once a shop has a password; a wrong password gets the same answer as a wrong shop', async () => {
    const sandbox = await start({ shops });
    await seed(sandbox, 'authorized');
    expect(await page(sandbox)).toContain('name="password"');
    expect((await press(sandbox, `${SEQNO}/capture`)).to).toBe('/sandbox/console/sign-in');
    expect(stateOf(sandbox)).toBe('authorized');
    for (const wrong of [
      { shopId: SHOP, password: 'x' },
      { shopId: '99999', password: 'himitsu' },
    ]) {
      const { to, cookie } = await press(sandbox, 'sign-in', wrong);
      expect([to, cookie]).toEqual([
        '/sandbox/console/sign-in?said=店舗IDまたはパスワードが違います。',
        '',
      ]);
    }
  });

  test('a signed-in shop sees and touches only its own transactions', async () => {
    const sandbox = await start({ shops });
    await seed(sandbox, 'authorized');
    const other = SEQNO.replace('2954', '2999');
    await seed(sandbox, 'authorized', { shopId: OTHER_SHOP, seqno: other, id: 'OTHERS' });
    await ask(sandbox, 'sale.cgi', { SEQNO: '1', SHOPID: OTHER_SHOP });
    const { cookie } = await press(sandbox, 'sign-in', { shopId: SHOP, password: 'himitsu' });
    const shown = await page(sandbox, '', cookie);
    expect(shown).toContain(SEQNO);
    expect(shown).not.toContain('OTHERS');
    for (const path of [`/transactions/${other}`, '/wire/1']) {
      expect(await page(sandbox, path, cookie)).toContain('対象が見つかりません');
    }
    expect(await page(sandbox, '/transactions.csv', cookie)).not.toContain('OTHERS');
    for (const path of [`${other}/void`, 'drift/missing']) {
      expect((await press(sandbox, path, { seqno: other }, cookie)).to).toContain('404');
    }
    expect((await press(sandbox, 'charge', { shopId: OTHER_SHOP }, cookie)).to).toContain('404');
    expect(stateOf(sandbox, other)).toBe('authorized');
    await press(sandbox, `${SEQNO}/capture`, {}, cookie);
    await press(sandbox, 'transmission', {}, cookie);
    expect(stateOf(sandbox)).toBe('captured_transmitted');
    await press(sandbox, 'sign-out', {}, cookie);
    expect(await page(sandbox, '', cookie)).toContain('name="password"');
  });
});
