import { readFileSync } from 'node:fs';
import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Ask } from '@renkei/core/turns/asks.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasCardData, scrubCall, scrubText } from '../../src/fregi/scrub.ts';
import { decodeAnswer, encodeAsk, formBody } from '../../src/fregi/wire.ts';

type Fixture = {
  name: string;
  cgi: string;
  hex: string;
  kind: 'ok' | 'refused' | 'challenge';
  fields?: { seqno?: string; authCode?: string; code?: string; text?: string; refusal?: string };
};
const FIXTURES: Fixture[] = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/wire/answers.json', import.meta.url), 'utf8'),
);
const VERB_OF: Record<string, Verb> = {
  'authm.cgi': 'authorize',
  'sale.cgi': 'capture',
  'authcancel.cgi': 'void',
  'salecancel.cgi': 'refund',
  'authchange.cgi': 'change_amount',
  'salechange.cgi': 'change_captured_amount',
};
const SEQNO = '00000000000000002954';

function bytesOf({ hex }: Fixture): Buffer {
  return Buffer.from(hex, 'hex');
}

function askOf(cgi: string): { verb: Verb; seqno: string | null } {
  const verb = VERB_OF[cgi];
  if (verb === undefined) throw new Error(cgi);
  return { verb, seqno: verb === 'authorize' ? null : SEQNO };
}

describe('answers, byte for byte', () => {
  test.each(FIXTURES)('the answer “$name” is read byte for byte', (fixture) => {
    const answer = decodeAnswer(bytesOf(fixture), askOf(fixture.cgi));
    const { seqno = null, authCode = null, code = null, text, refusal } = fixture.fields ?? {};
    if (fixture.kind === 'challenge') {
      return expect(answer).toEqual({ kind: 'challenge', page: '<html></html>' });
    }
    if (fixture.kind === 'refused') {
      return expect(answer).toEqual({ kind: 'refused', refusal, code, text });
    }
    const makes = ['authm.cgi', 'authchange.cgi', 'salechange.cgi'].includes(fixture.cgi);
    return expect(answer).toEqual({
      kind: 'done',
      seqno: makes ? seqno : null,
      authCode: makes ? authCode : null,
    });
  });
});

describe('a malformed answer is unknown (M2)', () => {
  test.each([
    ['nothing', ''],
    ['HTML', '<html><body>OK</body></html>'],
    ['lower case', `ok\n${SEQNO}\n`],
    ['a blank before', ` OK\n${SEQNO}\n`],
    ['another transaction', `OK\n00000000000000002955\n`],
    ['nineteen digits', `OK\n0000000000000002954\n`],
    ['no echo', 'OK\n'],
    ['one line too many', `OK\n${SEQNO}\nmore\n`],
    ['NG without reason', 'NG\n'],
    ['cut off', 'O'],
  ])('the answer to a capture is unknown if it is: %s', (_name, text) => {
    expect(decodeAnswer(Buffer.from(text), { verb: 'capture', seqno: SEQNO }).kind).toBe('unknown');
  });

  test('an answer with bytes that are not EUC-JP, a BOM, or without an end is unknown', () => {
    const ask = { verb: 'capture', seqno: SEQNO } as const;
    const bad = [
      Buffer.from([0x4f, 0x4b, 0x0a, 0xff, 0xfe]),
      Buffer.from(`\ufeffOK\n${SEQNO}\n`),
      Buffer.alloc(70_000, 'OK\n'),
    ];
    for (const bytes of bad) expect(decodeAnswer(bytes, ask).kind).toBe('unknown');
  });

  test.each(['change_amount', 'change_captured_amount'] as const)(
    '%s that answers the old number has changed nothing that we can use',
    (verb) => {
      const bytes = Buffer.from(`OK\n${SEQNO}\n000124\n`);
      expect(decodeAnswer(bytes, { verb, seqno: SEQNO }).kind).toBe('unknown');
    },
  );

  test('a capture’s OK with any byte changed is no longer done, or is the same answer', () => {
    const good = Buffer.from(`OK\n${SEQNO}\n`);
    const position = fc.integer({ min: 0, max: good.length - 2 });
    fc.assert(
      fc.property(position, fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Buffer.from(good);
        if (bytes[at] === byte) return;
        bytes[at] = byte;
        expect(decodeAnswer(bytes, { verb: 'capture', seqno: SEQNO }).kind).not.toBe('done');
      }),
      { numRuns: 5_000 },
    );
  });

  test('mutated answers never throw', () => {
    const anyFixture = fc.constantFrom(...FIXTURES);
    const cuts = fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(anyFixture, cuts, fc.nat(160), (fixture, mutations, length) => {
        const bytes = Buffer.from(bytesOf(fixture));
        for (const [at, byte] of mutations) if (at < bytes.length) bytes[at] = byte;
        decodeAnswer(bytes.subarray(0, length), askOf(fixture.cgi));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('requests, byte for byte', () => {
  type Request = { name: string; verb: string; path: string; form: string };
  const REQUESTS: readonly Request[] = JSON.parse(
    readFileSync(new URL('../../../test/fixtures/wire/requests.json', import.meta.url), 'utf8'),
  );
  const CARDS: Record<string, Ask['card']> = {
    authorize_by_token: { token: 'tok-1' },
    authorize_by_customer: { customerId: 'C-1' },
  };

  test.each(REQUESTS)('the request “$name” is written byte for byte', ({ verb, path, form }) => {
    const card = CARDS[verb] ?? null;
    const call = encodeAsk('00001', {
      shopId: 'hanamichi',
      slipId: '100000394011',
      amount: yen(9_115),
      card,
      verb: card === null ? (verb as Verb) : 'authorize',
      seqno: card === null ? SEQNO : null,
      authCode: verb === 'capture' ? '000123' : null,
    });
    expect(call.path).toBe(path);
    expect(formBody(call.parameters)).toBe(form);
  });
});

describe('requests', () => {
  const ask: Ask = {
    shopId: 'hanamichi',
    verb: 'capture',
    seqno: SEQNO,
    authCode: 'A1b2C3',
    slipId: '100000394011',
    amount: yen(9_115),
    card: null,
  };
  test.each<[Verb, string, Record<string, string>]>([
    ['capture', 'sale.cgi', { SEQNO, AUTHCODE: 'A1b2C3' }],
    ['void', 'authcancel.cgi', { CANCELSEQNO: SEQNO }],
    ['refund', 'salecancel.cgi', { CANCELSEQNO: SEQNO }],
    ['change_amount', 'authchange.cgi', { SEQNO, PAY: '9115' }],
    ['change_captured_amount', 'salechange.cgi', { SEQNO, PAY: '9115' }],
  ])('%s goes to %s', (verb, path, own) => {
    const call = encodeAsk('90001', { ...ask, verb });
    expect(call.path).toBe(path);
    expect(call.parameters).toEqual({ SHOPID: '90001', CHARCODE: 'utf8', QUIET: '1', ...own });
  });

  test('authorize names the card by token or 顧客番号, and the shown request hides the token', () => {
    const byToken = encodeAsk('90001', { ...ask, verb: 'authorize', card: { token: 'tok-1' } });
    expect(byToken.parameters).toMatchObject({ PAY: '9115', ID: '100000394011', TOKEN: 'tok-1' });
    expect(JSON.stringify(scrubCall(byToken))).not.toContain('tok-1');
    const byCustomer = encodeAsk('90001', {
      ...ask,
      verb: 'authorize',
      card: { customerId: 'C-1' },
    });
    expect(byCustomer.parameters).toMatchObject({ CUSTOMERID: 'C-1', SKIPSCODE: '1' });
  });

  test('values survive & = space and Japanese', () => {
    expect(formBody({ A: 'a&b=c d', B: '(花)' })).toBe('A=a%26b%3Dc%20d&B=%28%E8%8A%B1%29');
  });
});

describe('no card number is ever shown', () => {
  const digit = fc.integer({ min: 0, max: 9 });
  const card = fc.array(digit, { minLength: 14, maxLength: 14 }).map((rest) => {
    const digits = [4, ...rest];
    const sum = digits.reduce((total, value, index) => {
      const weighed = index % 2 === 0 ? value * 2 : value;
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
    return [...digits, (10 - (sum % 10)) % 10].join('');
  });
  test('two hundred canaries, plain, spaced and hyphened, are never shown', () => {
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-'), (number, gap) => {
        const shape = number.replace(/(\d{4})(?=\d)/g, `$1${gap}`);
        expect(hasCardData(`memo ${shape} end`)).toBe(true);
        expect(scrubText(`memo ${shape} end`)).toBe('memo *** end');
      }),
      { numRuns: 200 },
    );
  });
  test('order numbers and 取引番号 are no card numbers', () => {
    expect(hasCardData('100000394011 00000000000000002954')).toBe(false);
  });
  test('the id of an operation is no card number, whatever its digits add up to', () => {
    const url = '/v1/operations/0b6a4f2e-93cd-4e41-8111-11111119abcd/check';
    expect(hasCardData(url)).toBe(false);
    expect(scrubText(url)).toBe(url);
    expect(hasCardData(`${url}?note=4111-1111-1111-1111`)).toBe(true);
  });
});
