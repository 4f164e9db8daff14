import { describe, expect, test } from 'vitest';
import { FAULTS, type FaultKind, type FaultRule } from '../src/faults/rules.ts';
import type { LedgerState } from '../src/ledger/states.ts';
import {
  api,
  ask,
  OTHER_SHOP,
  post,
  SEQNO,
  SHOP,
  seed,
  sees,
  setFaults,
  start,
  stateOf,
  text,
  until,
} from './support.ts';

/**
 * Every kind of fault does what it says, and the ledger has the truth: the client's view and the
 * real deed, side by side.
 */
const OK = `OK\n${SEQNO}\n`;

const DECLINED = 'NG\nJCN-G55(利用限度額を超えています)\n';
const UNAVAILABLE = '<html><body>Service Temporarily Unavailable</body></html>';
const CAPTURED = 'captured_untransmitted';

/** By kind: the client's view of sale.cgi, and the state afterwards. */
const TOLD: Record<Exclude<FaultKind, 'decline'>, readonly [sees: unknown, state: LedgerState]> = {
  drop_before: ['broken', 'authorized'],
  drop_after: ['broken', CAPTURED],
  late_act: [text(200, OK), CAPTURED],
  late_answer: [text(200, OK), CAPTURED],
  http_500_before: [text(500, 'Internal Server Error\n', 'text/plain'), 'authorized'],
  http_500_after: [text(500, 'Internal Server Error\n', 'text/plain'), CAPTURED],
  garbage: [{ ...text(200, ''), bytes: Buffer.from(OK).map((byte) => byte ^ 0xa5) }, CAPTURED],
  html: [text(200, UNAVAILABLE, 'text/html'), CAPTURED],
  empty: [text(200, ''), CAPTURED],
  cut_off: [text(200, OK.slice(0, 12)), CAPTURED],
  wrong_charset: [
    { ...text(200, '', 'text/plain; charset=UTF-16'), bytes: Buffer.from(OK, 'utf16le') },
    CAPTURED,
  ],
  half_change: [text(200, OK), CAPTURED],
  slow_drip: [text(200, OK), CAPTURED],
  duplicate_notice: [text(200, OK), CAPTURED],
};

describe('each kind, at sale.cgi', () => {
  test('the table has every kind of fault', () => {
    expect([...Object.keys(TOLD), 'decline'].sort()).toEqual([...FAULTS].sort());
  });

  test.each(Object.entries(TOLD))(
    'the client sees the fault %s, and the ledger has the truth',
    async (kind, [seen, state]) => {
      const sandbox = await start();
      await seed(sandbox, 'authorized');
      await setFaults(sandbox, [{ kind: kind as FaultKind, delayMs: 50 }]);
      expect(await sees(sandbox, 'sale.cgi', { SEQNO })).toEqual(seen);
      expect(stateOf(sandbox)).toBe(state);
      const { body } = await api(sandbox, 'GET', 'wire');
      const hit = kind === 'half_change' || kind === 'duplicate_notice' ? null : kind;
      expect(body.records).toMatchObject([{ cgi: 'sale.cgi', shopId: SHOP, fault: hit }]);
    },
  );

  test("decline refuses in F-REGI's words or in the rule's own, and does nothing", async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await setFaults(sandbox, [
      { kind: 'decline', times: 1 },
      { kind: 'decline', code: 'X', text: '理由' },
    ]);
    expect((await ask(sandbox, 'sale.cgi', { SEQNO })).join('\n')).toBe(DECLINED.trim());
    expect(await ask(sandbox, 'sale.cgi', { SEQNO })).toEqual(['NG', 'X(理由)']);
    expect(stateOf(sandbox)).toBe('authorized');
  });

  test('late_answer has acted before it answers, late_act has not', async () => {
    const sandbox = await start();
    for (const [kind, state] of [
      ['late_answer', CAPTURED],
      ['late_act', 'authorized'],
    ] as const) {
      await seed(sandbox, 'authorized');
      await setFaults(sandbox, [{ kind, delayMs: 300 }]);
      const asked = sees(sandbox, 'sale.cgi', { SEQNO });
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(stateOf(sandbox)).toBe(state);
      expect(await asked).toEqual(text(200, OK));
      expect(stateOf(sandbox)).toBe(CAPTURED);
    }
  });

  test('late_act acts although the client has long gone away', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await setFaults(sandbox, [{ kind: 'late_act', delayMs: 150 }]);
    const url = `${sandbox.url}/connect/sale.cgi?SHOPID=${SHOP}&SEQNO=${SEQNO}`;
    await expect(fetch(url, { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    expect(stateOf(sandbox)).toBe('authorized');
    await until(() => stateOf(sandbox) === CAPTURED);
  });
});

describe('half_change', () => {
  test.each([
    ['authchange.cgi', 'authorized', 'authorized'],
    ['salechange.cgi', CAPTURED, CAPTURED],
  ] as const)(
    'half_change at %s leaves two live transactions, and no answer',
    async (cgi, before, after) => {
      const sandbox = await start();
      await seed(sandbox, before);
      await setFaults(sandbox, [{ kind: 'half_change' }]);
      expect(await sees(sandbox, cgi, { SEQNO, PAY: '6000' })).toBe('broken');
      const [fresh, old] = sandbox.gateway.ledger.list(SHOP);
      expect(old).toMatchObject({ seqno: SEQNO, state: before, amount: 5_000 });
      expect(fresh).toMatchObject({ changedFrom: SEQNO, state: after, amount: 6_000 });
    },
  );

  test('half_change opens nothing if the change would have been refused', async () => {
    const sandbox = await start();
    await seed(sandbox, 'voided');
    await setFaults(sandbox, [{ kind: 'half_change' }]);
    expect(await sees(sandbox, 'authchange.cgi', { SEQNO, PAY: '6000' })).toBe('broken');
    expect(sandbox.gateway.ledger.list()).toHaveLength(1);
  });
});

describe('the calls that a rule strikes', () => {
  test('a rule strikes one shop and one CGI, a fixed number of times', async () => {
    const sandbox = await start();
    const rule: FaultRule = { kind: 'http_500_before', shopId: SHOP, cgi: 'sale.cgi', times: 2 };
    await setFaults(sandbox, [rule]);
    const status = async (cgi: string, shop: string) =>
      (await post(`${sandbox.url}/connect/${cgi}`, { SHOPID: shop, SEQNO })).status;
    expect(await status('sale.cgi', OTHER_SHOP)).toBe(200);
    expect(await status('authcancel.cgi', SHOP)).toBe(200);
    expect(await status('sale.cgi', SHOP)).toBe(500);
    expect(await status('sale.cgi', SHOP)).toBe(500);
    expect(await status('sale.cgi', SHOP)).toBe(200);
  });

  test('the first rule that fits strikes; a used-up rule lets the next one in', async () => {
    const sandbox = await start();
    await setFaults(sandbox, [{ kind: 'empty', times: 1 }, { kind: 'http_500_before' }]);
    expect(await sees(sandbox, 'sale.cgi', { SEQNO })).toMatchObject({ status: 200 });
    expect(await sees(sandbox, 'sale.cgi', { SEQNO })).toMatchObject({ status: 500 });
  });

  test('a rule strikes a share of the calls, the same ones for the same seed', async () => {
    const sandbox = await start();
    const pattern = async (dice: number) => {
      await setFaults(sandbox, [{ kind: 'http_500_before', share: 0.3 }], dice);
      const struck: boolean[] = [];
      for (let call = 0; call < 100; call += 1) {
        struck.push((await post(`${sandbox.url}/connect/sale.cgi`, { SEQNO })).status === 500);
      }
      return struck;
    };
    const first = await pattern(7);
    expect(await pattern(7)).toEqual(first);
    expect(await pattern(8)).not.toEqual(first);
    const share = first.filter(Boolean).length;
    expect(share).toBeGreaterThan(15);
    expect(share).toBeLessThan(45);
  });

  test('no call is struck after the rules are taken away', async () => {
    const sandbox = await start();
    await setFaults(sandbox, [{ kind: 'drop_before' }]);
    expect((await api(sandbox, 'DELETE', 'faults')).body).toEqual({ rules: [] });
    expect(await sees(sandbox, 'sale.cgi', { SEQNO })).toMatchObject({ status: 200 });
  });

  test('a rule does not strike the console', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await setFaults(sandbox, [{ kind: 'drop_before' }]);
    const { status } = await api(sandbox, 'POST', `transactions/${SEQNO}/capture`);
    expect(status).toBe(200);
    expect(stateOf(sandbox)).toBe(CAPTURED);
  });

  test.each<[string, unknown]>([
    ['no array', {}],
    ['an unknown kind', [{ kind: 'flood' }]],
    ['a misspelt member', [{ kind: 'empty', shopID: SHOP }]],
    ['a share above one', [{ kind: 'empty', share: 1.5 }]],
    ['half a time', [{ kind: 'empty', times: 0.5 }]],
    ['a text for a number', [{ kind: 'late_act', delayMs: '50' }]],
    ['an hour of delay', [{ kind: 'late_act', delayMs: 3_600_000 }]],
    ['a CGI that is none', [{ kind: 'empty', cgi: 'sale' }]],
  ])('%s is refused, and the rules stay', async (_name, rules) => {
    const sandbox = await start();
    await setFaults(sandbox, [{ kind: 'html' }]);
    expect((await api(sandbox, 'POST', 'faults', { rules })).status).toBe(400);
    expect((await api(sandbox, 'GET', 'faults')).body.rules).toEqual([{ kind: 'html' }]);
  });
});
