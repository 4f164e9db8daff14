import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { type LedgerState, STATES } from '../src/ledger/states.ts';
import { api, ask, newSeqno, OTHER_SHOP, SEQNO, SHOP, seed, start, stateOf } from './support.ts';

/** The console: its pages, the escaping of every value, and the right to press. */
const EVIL = `"><script>alert('1')</script>&`;

async function page({ url }: Sandbox, query = ''): Promise<string> {
  const response = await fetch(`${url}/sandbox/console${query}`);
  expect(response.status).toBe(200);
  return response.text();
}

type Pressed = { readonly status: number; readonly location: string };

/** Presses a button, as a browser or a program with these headers would. */
function press(
  { url }: Sandbox,
  path: string,
  form = '',
  headers: Record<string, string> = {},
): Promise<Pressed> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { connection: 'close', ...headers } };
    const asked = request(`${url}/sandbox/console/${path}`, options, (response) => {
      response.resume();
      const { location = '' } = response.headers;
      resolve({ status: response.statusCode ?? 0, location });
    });
    asked.on('error', reject).end(form);
  });
}

describe('the page', () => {
  test('the page is in Japanese or English, and always names itself a sandbox', async () => {
    const sandbox = await start();
    expect(await page(sandbox)).toMatch(/<html lang="ja">.*これはサンドボックスです/s);
    expect(await page(sandbox, '?lang=en')).toMatch(/<html lang="en">.*This is a sandbox/s);
  });

  test.each(Object.entries(STATES))(
    'the page shows %s as %s, with the operations allowed then',
    async (state, label) => {
      const sandbox = await start();
      await seed(sandbox, state as LedgerState);
      const shown = await page(sandbox);
      expect(shown).toContain(`${label}</span>`);
      expect(shown).toContain('¥5,000');
      const buttons = [...shown.matchAll(/console\/\d{20}\/(\w+)/g)].map(([, name]) => name);
      const held = ['capture', 'void', 'change_amount'];
      const captured = ['refund', 'change_captured_amount'];
      const expected = state === 'authorized' ? held : state.startsWith('captured') ? captured : [];
      expect(buttons.sort()).toEqual(expected.sort());
    },
  );

  test('the page searches by slip, shop and state', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: 'AAA' });
    const seqno = newSeqno(sandbox);
    await seed(sandbox, 'voided', { id: 'BBB', shopId: OTHER_SHOP, seqno });
    const rows = (text: string) => text.match(/scope="row"/g)?.length ?? 0;
    expect(rows(await page(sandbox))).toBe(2);
    for (const query of ['?q=AA', `?q=${seqno}`, `?shop=${OTHER_SHOP}`, '?state=voided']) {
      expect(rows(await page(sandbox, query))).toBe(1);
    }
    expect(await page(sandbox, '?q=CCC')).toContain('該当するデータはありません');
  });

  test('the page shows the log of the wire, and a call with its bytes and as curl', async () => {
    const sandbox = await start();
    await ask(sandbox, 'sale.cgi', { SEQNO });
    const said = 'S1-1-121(売上処理時の指定された取引は存在しません)';
    expect(await page(sandbox, '/wire')).toContain(said);
    const one = await page(sandbox, '/wire/1');
    expect(one).toContain(said);
    expect(one).toContain('0000  4e 47 0a 53 31');
    expect(one).toContain(`/connecttest/sale.cgi&#39; -d &#39;SHOPID=${SHOP}&#38;SEQNO=${SEQNO}`);
  });

  test('the page forbids foreign scripts, frames and caching', async () => {
    const { headers } = await fetch(`${(await start()).url}/sandbox/console`);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('values from outside are text', () => {
  test('a slip, an approval, a request, a search and a message are escaped', async () => {
    const shops = [{ shopId: '00001', name: EVIL, inquiry: true }];
    const sandbox = await start({ shops });
    await seed(sandbox, 'authorized', { id: EVIL, authCode: EVIL });
    await ask(sandbox, 'sale.cgi', { SEQNO, ID: EVIL, [EVIL]: EVIL });
    const query = new URLSearchParams({ q: '<script>', said: EVIL, state: EVIL, lang: EVIL });
    const pages = [
      '',
      '/customers',
      '/issues',
      '/notices',
      '/errors',
      '/trouble',
      '/wire',
      '/wire/1',
    ];
    for (const path of [...pages, `/transactions/${SEQNO}`]) {
      for (const shown of [await page(sandbox, path), await page(sandbox, `${path}?${query}`)]) {
        expect(shown, path).not.toContain('<script>');
        expect(shown, path).not.toContain(`alert('`);
      }
    }
    expect(await page(sandbox)).toContain('&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)');
  });
});

describe("the console's buttons", () => {
  test.each([
    ['capture', '', 'authorized', 'captured_untransmitted'],
    ['void', '', 'authorized', 'voided'],
    ['refund', '', 'captured_transmitted', 'refunded_untransmitted'],
    ['change_amount', 'amount=6000', 'authorized', 'voided'],
    ['change_captured_amount', 'amount=6000', 'captured_transmitted', 'refunded_untransmitted'],
  ] as const)(
    'the button %s does what the API does, and comes back',
    async (name, form, before, after) => {
      const [pressed, asked] = [await start(), await start()];
      await seed(pressed, before);
      await seed(asked, before);
      const { status, location } = await press(pressed, `${SEQNO}/${name}?lang=en`, form);
      await api(asked, 'POST', `transactions/${SEQNO}/${name}`, { amount: 6_000 });
      expect(status).toBe(303);
      expect(location).toMatch(/^\/sandbox\/console\?lang=en&said=0{16}2954%3A\+OK/);
      expect(stateOf(pressed)).toBe(after);
      expect(deeds(pressed)).toEqual(deeds(asked));
    },
  );

  test('the button 伝送 transmits captures', async () => {
    const sandbox = await start();
    await seed(sandbox, 'captured_untransmitted');
    expect((await press(sandbox, 'transmission')).status).toBe(303);
    expect(stateOf(sandbox)).toBe('captured_transmitted');
  });

  test("the console tells a refusal in F-REGI's words", async () => {
    const sandbox = await start();
    await seed(sandbox, 'voided');
    const { location } = await press(sandbox, `${SEQNO}/capture`);
    expect(decodeURIComponent(location)).toMatch(/承認取消済みです\)$/);
  });

  test.each([`${SEQNO}/constructor`, 'nothing', `1/capture`])(
    'a press of %s does nothing',
    async (path) => {
      const sandbox = await start();
      await seed(sandbox, 'authorized');
      expect((await press(sandbox, path)).location).toContain('404');
      expect(stateOf(sandbox)).toBe('authorized');
    },
  );

  test('opening an address presses nothing', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await fetch(`${sandbox.url}/sandbox/console/${SEQNO}/capture`);
    expect(stateOf(sandbox)).toBe('authorized');
  });

  test.each<[string, Record<string, string>, number]>([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['another site, as browsers say it', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 303],
    ['a program', {}, 303],
  ])('a press by %s %j gets %d', async (_name, headers, status) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    expect((await press(sandbox, `${SEQNO}/capture`, '', headers)).status).toBe(status);
    const after = status === 303 ? 'captured_untransmitted' : 'authorized';
    expect(stateOf(sandbox)).toBe(after);
  });
});

/** Returns each deed with its amount and actor; numbers and times differ between sandboxes. */
function deeds({ gateway }: Sandbox): unknown {
  return gateway.ledger.list().map(({ state, amount, history }) => ({
    state,
    amount,
    history: history.map(({ what, by }) => ({ what, by })),
  }));
}
