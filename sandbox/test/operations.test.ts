import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { type LedgerState, STATES } from '../src/ledger/states.ts';
import { ask, DAY_MS, SEQNO, SHOP, seed, start, stateOf } from './support.ts';

/**
 * Every operation in every state: the answer, and the ledger afterwards. The table is written out
 * from the protocol, independently of the table in the code.
 */
const CGIS = ['sale', 'authcancel', 'authchange', 'salecancel', 'salechange'] as const;
type Cgi = (typeof CGIS)[number];

const NAMES: Record<Cgi, [code: string, name: string]> = {
  sale: ['S1-1', '売上処理'],
  authcancel: ['A2-1', '承認取消'],
  authchange: ['A3-1', '承認金額変更'],
  salecancel: ['S2-1', '売上取消'],
  salechange: ['S3-1', '売上金額変更'],
};

const ENDS: Record<string, string> = {
  '121': '存在しません',
  '122': '売上受付済みです',
  '123': '承認取消済みです',
  '124': '売上取消済みです',
  '125': '売上処理期限を超過しています',
  '126': '売上処理されていません',
  '127': '承認されていません',
};

/** The columns are those of CGIS; a number is the end of the refusal's code. */
type Cell = LedgerState | keyof typeof ENDS;
const CAPTURED = ['122', '122', '122', 'refunded_untransmitted', 'refunded_untransmitted'] as const;
const TABLE: Record<LedgerState, readonly [Cell, Cell, Cell, Cell, Cell]> = {
  authorized: ['captured_untransmitted', 'voided', 'voided', '126', '126'],
  voided: ['123', '123', '123', '123', '123'],
  authorization_failed: ['127', '127', '127', '126', '126'],
  captured_untransmitted: CAPTURED,
  captured_transmitted: CAPTURED,
  refunded_untransmitted: ['124', '124', '124', '124', '124'],
  refunded_transmitted: ['124', '124', '124', '124', '124'],
  capture_failed: ['127', '127', '127', '126', '126'],
};

function operate(sandbox: Sandbox, cgi: Cgi, seqno = SEQNO): Promise<string[]> {
  const name = cgi.endsWith('cancel') ? 'CANCELSEQNO' : 'SEQNO';
  const amount: Record<string, string> = cgi.endsWith('change') ? { PAY: '6000' } : {};
  return ask(sandbox, `${cgi}.cgi`, { [name]: seqno, ...amount });
}

function refusal(cgi: Cgi, end: string): string[] {
  const [code, name] = NAMES[cgi];
  return ['NG', `${code}-${end}(${name}時の指定された取引は${ENDS[end]})`];
}

/** The lines of an OK after the first, for operations that open no new transaction. */
const SAID: Partial<Record<Cgi, string[]>> = {
  sale: ['OK', SEQNO],
  authcancel: ['OK'],
  salecancel: ['OK', SEQNO],
};

const ROWS = (Object.keys(STATES) as LedgerState[]).flatMap((state) =>
  CGIS.map((cgi, column) => [state, cgi, TABLE[state][column] ?? ''] as const),
);

describe('every operation in every state', () => {
  test.each(ROWS)('in %s, %s.cgi leads to %s', async (state, cgi, cell) => {
    const sandbox = await start();
    await seed(sandbox, state);
    const lines = await operate(sandbox, cgi);
    if (Object.hasOwn(ENDS, cell)) {
      expect(lines).toEqual(refusal(cgi, cell));
      expect(stateOf(sandbox)).toBe(state);
      expect(sandbox.gateway.ledger.list()).toHaveLength(1);
      return;
    }
    expect(stateOf(sandbox)).toBe(cell);
    if (SAID[cgi] !== undefined) expect(lines).toEqual(SAID[cgi]);
    else expectNewTransaction(sandbox, cgi, lines);
  });

  test.each(CGIS)('%s.cgi refuses a number that nobody has', async (cgi) => {
    const sandbox = await start();
    expect(await operate(sandbox, cgi)).toEqual(refusal(cgi, '121'));
  });

  test.each(CGIS)('%s.cgi refuses a request without a number', async (cgi) => {
    const sandbox = await start();
    const [code, name] = NAMES[cgi];
    const line = `${code}-120(${name}時の取引番号が指定されていません)`;
    expect(await operate(sandbox, cgi, '')).toEqual(['NG', line]);
  });
});

/** A change answers the new 取引番号 before the new 承認番号, and keeps the slip. */
function expectNewTransaction({ gateway }: Sandbox, cgi: Cgi, lines: string[]): void {
  const [first, seqno = '', authCode] = lines;
  expect(first).toBe('OK');
  expect(lines).toHaveLength(3);
  expect(seqno).not.toBe(SEQNO);
  expect(gateway.ledger.find(SHOP, seqno)).toMatchObject({
    seqno,
    authCode,
    amount: 6_000,
    id: '100000394011',
    changedFrom: SEQNO,
    state: cgi === 'authchange' ? 'authorized' : 'captured_untransmitted',
  });
  expect(gateway.ledger.find(SHOP, SEQNO)?.amount).toBe(5_000);
}

describe('the capture deadline', () => {
  test.each<[Cgi, Cell]>([
    ['sale', '125'],
    ['authchange', '125'],
    ['authcancel', 'voided'],
    ['salecancel', '126'],
    ['salechange', '126'],
  ])('after the capture deadline %s.cgi leads to %s', async (cgi, cell) => {
    const sandbox = await start({ captureDays: 10 });
    await seed(sandbox, 'authorized');
    await sandbox.gateway.moveClock(10 * DAY_MS + 1_000);
    const lines = await operate(sandbox, cgi);
    if (Object.hasOwn(ENDS, cell)) expect(lines).toEqual(refusal(cgi, cell));
    else expect(stateOf(sandbox)).toBe(cell);
  });

  test('the deadline is sixty days from the authorization unless set otherwise', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await sandbox.gateway.moveClock(60 * DAY_MS - 5_000);
    expect((await operate(sandbox, 'sale'))[0]).toBe('OK');
  });

  test('the deadline begins anew with a changed amount', async () => {
    const sandbox = await start({ captureDays: 10 });
    await seed(sandbox, 'authorized');
    await sandbox.gateway.moveClock(9 * DAY_MS);
    const [, seqno = ''] = await operate(sandbox, 'authchange');
    await sandbox.gateway.moveClock(9 * DAY_MS);
    expect((await operate(sandbox, 'sale', seqno))[0]).toBe('OK');
  });

  test('the deadline does not touch a captured transaction', async () => {
    const sandbox = await start({ captureDays: 10 });
    await seed(sandbox, 'captured_transmitted');
    await sandbox.gateway.moveClock(100 * DAY_MS);
    expect((await operate(sandbox, 'salecancel'))[0]).toBe('OK');
  });
});

describe('two at the same time', () => {
  test.each<[Cgi, Cgi]>([
    ['sale', 'sale'],
    ['sale', 'authcancel'],
    ['sale', 'authchange'],
    ['authchange', 'authchange'],
  ])('of %s.cgi and %s.cgi at the same time one wins', async (one, other) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const answers = await Promise.all([operate(sandbox, one), operate(sandbox, other)]);
    expect(answers.map(([first]) => first).sort()).toEqual(['NG', 'OK']);
  });
});
