import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseParameters } from '../src/wire/form.ts';
import {
  ask,
  authorize,
  bytesOf,
  CARD,
  linesOf,
  OTHER_SHOP,
  post,
  SEQNO,
  SHOP,
  seed,
  start,
  stateOf,
} from './support.ts';

/** The transport: methods, paths, charsets, callers, and the contents of a request. */
describe('a request', () => {
  test.each(['connect', 'connecttest'])(
    'the wire takes a request by GET and by POST under /%s/',
    async (area) => {
      const sandbox = await start();
      await seed(sandbox, 'authorized');
      const asked = new URLSearchParams({ SHOPID: SHOP, SEQNO });
      const got = await fetch(`${sandbox.url}/${area}/sale.cgi?${asked}`);
      expect(await linesOf(got)).toEqual(['OK', SEQNO]);
      const posted = await post(`${sandbox.url}/${area}/sale.cgi`, { SEQNO });
      expect((await linesOf(posted))[1]).toMatch(/売上受付済みです\)$/);
    },
  );

  test('an NG is HTTP 200, EUC-JP, and says that it comes from a sandbox', async () => {
    const sandbox = await start();
    const response = await post(`${sandbox.url}/connect/sale.cgi`, { SEQNO, CHARCODE: 'utf8' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=EUC-JP');
    expect(response.headers.get('x-sandbox')).toBe('1');
    const bytes = await bytesOf(response);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(bytes.at(-1)).toBe(0x0a);
  });

  test.each(['HEAD', 'PUT', 'DELETE'])(
    'a request by %s is refused, and nothing happens',
    async (method) => {
      const sandbox = await start();
      await seed(sandbox, 'authorized');
      const url = `${sandbox.url}/connect/sale.cgi?SHOPID=${SHOP}&SEQNO=${SEQNO}`;
      expect((await fetch(url, { method })).status).toBe(400);
      expect(stateOf(sandbox)).toBe('authorized');
    },
  );

  test('a request of many parts is refused', async () => {
    const sandbox = await start();
    const body = new FormData();
    body.set('SHOPID', SHOP);
    const url = `${sandbox.url}/connect/sale.cgi`;
    expect((await fetch(url, { method: 'POST', body })).status).toBe(400);
  });

  test('a request that is too long is refused, and nothing happens', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const FREE = 'x'.repeat(1_100_000);
    const url = `${sandbox.url}/connect/sale.cgi`;
    expect((await post(url, { SEQNO, FREE })).status).toBe(400);
    expect((await fetch(`${url}?SHOPID=${SHOP}&SEQNO=${SEQNO}&FREE=${FREE}`)).status).toBe(431);
    expect(stateOf(sandbox)).toBe('authorized');
    expect(await ask(sandbox, 'sale.cgi', { SEQNO, FREE: FREE.slice(0, 900_000) })).toEqual([
      'OK',
      SEQNO,
    ]);
    const { form } = sandbox.gateway.wireLog.latest(1)[0] ?? { form: '' };
    expect(form.length).toBeLessThan(20_000);
  });

  test.each(['nothing.cgi', 'constructor', '__proto__', ''])(
    'a request to %s is 404',
    async (cgi) => {
      const sandbox = await start();
      expect((await post(`${sandbox.url}/connect/${cgi}`, {})).status).toBe(404);
    },
  );

  test('a CGI ignores parameters that it does not know: AUTHCODE at sale, MOBILE', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const extras = { AUTHCODE: 'wrong', MOBILE: '0', NONSENSE: '1' };
    expect(await ask(sandbox, 'sale.cgi', { SEQNO, ...extras })).toEqual(['OK', SEQNO]);
  });
});

describe('amounts', () => {
  test.each([
    ['', '20', 'が指定されていません'],
    ['0', '22', 'が小さすぎます'],
    ['1', '22', 'が小さすぎます'],
    ['2', null, ''],
    ['9999999', null, ''],
    ['10000000', '21', 'が大きすぎます'],
    ['99999999999999999999', '21', 'が大きすぎます'],
    ['1,000', '21', 'が正しくありません'],
    ['-5', '21', 'が正しくありません'],
    ['5.5', '21', 'が正しくありません'],
    ['1e3', '21', 'が正しくありません'],
  ])('PAY=%s gets the refusal %s', async (PAY, end, text) => {
    const sandbox = await start();
    await seed(sandbox, 'captured_untransmitted', { seqno: SEQNO.replace('2954', '9999') });
    await seed(sandbox, 'authorized');
    const answers = await Promise.all([
      ask(sandbox, 'authm.cgi', { ...CARD, PAY }),
      ask(sandbox, 'authchange.cgi', { SEQNO, PAY }),
      ask(sandbox, 'salechange.cgi', { SEQNO: SEQNO.replace('2954', '9999'), PAY }),
    ]);
    if (end === null) return expect(answers.map(([first]) => first)).toEqual(['OK', 'OK', 'OK']);
    expect(answers.map(([, line]) => line)).toEqual([
      `A1-1-${end}(承認処理時の金額${text})`,
      `A3-1-${end}(承認金額変更時の金額${text})`,
      `S3-1-${end}(売上金額変更時の金額${text})`,
    ]);
    expect(stateOf(sandbox)).toBe('authorized');
  });
});

describe('charsets of a request', () => {
  test.each([
    ['CHARCODE=euc&FREE=%B2%D6', '花'],
    ['CHARCODE=sjis&FREE=%89%D4', '花'],
    ['CHARCODE=utf8&FREE=%E8%8A%B1', '花'],
    ['FREE=%B2%D6', '花'],
    ['FREE=%E8%8A%B1', '花'],
    ['FREE=%89%D4', '花'],
    ['FREE=a+b%26c%3Dd', 'a b&c=d'],
    ['FREE=100%', '100%'],
    ['FREE=1&FREE=2', '1'],
    ['FREE', ''],
    ['CHARCODE=constructor&FREE=a', 'a'],
  ])('the wire reads the form %s in its charset', (form, value) => {
    expect(parseParameters(form).get('FREE')).toBe(value);
  });

  test('the wire reads any text without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseParameters(text);
      }),
    );
  });

  test('a value comes out as it was put in', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const form = `CHARCODE=utf8&FREE=${encodeURIComponent(value)}`;
        expect(parseParameters(form).get('FREE')).toBe(value);
      }),
    );
  });
});

describe('callers', () => {
  test.each([{ SHOPID: '99999' }, { SHOPID: '' }])(
    'a call as shop $SHOPID is refused',
    async (shop) => {
      const sandbox = await start();
      expect((await post(`${sandbox.url}/connect/sale.cgi`, shop)).status).toBe(403);
    },
  );

  test('a call from an address that the shop has not named is refused', async () => {
    const shop = { shopId: SHOP, name: '店', inquiry: true, allowedIps: ['192.0.2.1'] };
    const sandbox = await start({ shops: [shop] });
    expect((await post(`${sandbox.url}/connect/sale.cgi`, { SEQNO })).status).toBe(403);
  });

  test('the sandbox listens on loopback and nowhere else', async () => {
    const sandbox = await start();
    expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    const { port } = new URL(sandbox.url);
    for (const { address } of outside) expect(await answers(address, port)).toBe(false);
  });
});

describe("another shop's transaction does not exist", () => {
  test.each([
    ['sale.cgi', 'S1-1-121'],
    ['authcancel.cgi', 'A2-1-121'],
    ['authchange.cgi', 'A3-1-121'],
    ['salecancel.cgi', 'S2-1-121'],
    ['salechange.cgi', 'S3-1-121'],
  ])("%s does not find another shop's transaction", async (cgi, code) => {
    const sandbox = await start();
    const seqno = await authorize(sandbox);
    const asked = { SHOPID: OTHER_SHOP, SEQNO: seqno, CANCELSEQNO: seqno, PAY: '6000' };
    const [, line] = await ask(sandbox, cgi, asked);
    expect(line).toMatch(new RegExp(`^${code}\\(.*存在しません\\)$`));
    expect(stateOf(sandbox, seqno)).toBe('authorized');
  });
});

function answers(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, timeout: 1_000 }, () => resolve(true));
    asked.on('error', () => resolve(false));
    asked.on('timeout', () => resolve(false));
    asked.end();
  });
}
