import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { type LedgerState, STATES } from '../src/ledger/states.ts';
import { lastDueAt, parseTimeOfDay } from '../src/time.ts';
import { api, ask, HOUR_MS, SEQNO, seed, start, stateOf } from './support.ts';

/** 伝送: by hand, and daily at a set time in Japan by the sandbox's clock. */
const ELEVEN = '23:00';
afterEach(() => {
  vi.useRealTimers();
});

/** Sets the sandbox's clock to an instant. */
async function setClock(sandbox: Sandbox, instant: string): Promise<void> {
  const advanceMs = Date.parse(instant) - sandbox.gateway.now();
  expect((await api(sandbox, 'POST', 'clock', { advanceMs })).status).toBe(200);
}

describe('the transmission by hand', () => {
  test.each(Object.keys(STATES) as LedgerState[])(
    'a transmission by hand transmits %s only if it is untransmitted',
    async (state) => {
      const sandbox = await start();
      await seed(sandbox, state);
      const waits = state.endsWith('_untransmitted');
      const { body } = await api(sandbox, 'POST', 'transmission');
      expect(body).toEqual({ transmitted: waits ? 1 : 0 });
      const after = waits ? state.replace('_untransmitted', '_transmitted') : state;
      expect(stateOf(sandbox)).toBe(after);
      const last = sandbox.gateway.ledger.transactions.get(SEQNO)?.history.at(-1);
      expect(last?.by).toBe(waits ? 'batch' : 'seed');
    },
  );

  test('a transmitted capture is not sent again, and can still be refunded', async () => {
    const sandbox = await start();
    await seed(sandbox, 'captured_untransmitted');
    await api(sandbox, 'POST', 'transmission');
    expect((await api(sandbox, 'POST', 'transmission')).body).toEqual({ transmitted: 0 });
    expect(await ask(sandbox, 'salecancel.cgi', { CANCELSEQNO: SEQNO })).toEqual(['OK', SEQNO]);
    expect(stateOf(sandbox)).toBe('refunded_untransmitted');
  });
});

describe('the daily transmission', () => {
  test('the daily transmission runs at eleven in the evening in Japan, and not a minute before', async () => {
    const sandbox = await start({ transmissionAt: ELEVEN });
    await setClock(sandbox, '2030-05-05T13:00:00Z');
    await seed(sandbox, 'authorized');
    await ask(sandbox, 'sale.cgi', { SEQNO });
    await setClock(sandbox, '2030-05-05T13:59:00Z');
    expect(stateOf(sandbox)).toBe('captured_untransmitted');
    await setClock(sandbox, '2030-05-05T14:00:00Z');
    expect(stateOf(sandbox)).toBe('captured_transmitted');
  });

  test('a capture after the transmission waits for the next day', async () => {
    const sandbox = await start({ transmissionAt: ELEVEN });
    await setClock(sandbox, '2030-05-05T14:00:01Z');
    await seed(sandbox, 'captured_untransmitted');
    await setClock(sandbox, '2030-05-06T13:59:59Z');
    expect(stateOf(sandbox)).toBe('captured_untransmitted');
    await setClock(sandbox, '2030-05-06T14:00:01Z');
    expect(stateOf(sandbox)).toBe('captured_transmitted');
  });

  test('a sandbox that was not running catches up on its transmission', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sandbox-transmission-'));
    const first = await start({ directory });
    await seed(first, 'captured_untransmitted');
    await api(first, 'POST', 'clock', { advanceMs: 25 * HOUR_MS });
    await first.close();
    const second = await start({ directory, transmissionAt: ELEVEN });
    expect(stateOf(second)).toBe('captured_transmitted');
    await second.close();
    await rm(directory, { recursive: true });
  });

  test('a restart sends nothing that has come since the last transmission', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sandbox-transmission-'));
    const first = await start({ directory, transmissionAt: ELEVEN });
    await setClock(first, '2030-05-05T15:00:00Z');
    await seed(first, 'captured_untransmitted');
    await first.close();
    const second = await start({ directory, transmissionAt: ELEVEN });
    expect(stateOf(second)).toBe('captured_untransmitted');
    await second.close();
    await rm(directory, { recursive: true });
  });

  test('the daily transmission comes by itself', async () => {
    const now = new Date('2030-05-05T13:59:58Z');
    vi.useFakeTimers({ now, toFake: ['Date', 'setInterval', 'clearInterval'] });
    const sandbox = await start({ transmissionAt: ELEVEN });
    await seed(sandbox, 'captured_untransmitted');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stateOf(sandbox)).toBe('captured_transmitted');
  });

  test('no daily transmission runs unless a time is set', async () => {
    const sandbox = await start();
    await seed(sandbox, 'captured_untransmitted');
    await api(sandbox, 'POST', 'clock', { advanceMs: 72 * HOUR_MS });
    expect(stateOf(sandbox)).toBe('captured_untransmitted');
  });

  test.each(['24:00', '9:00', '23:60', 'noon', ''])(
    'the sandbox refuses %s as a time',
    async (transmissionAt) => {
      await expect(start({ transmissionAt })).rejects.toThrow('at a time like 23:00');
    },
  );
});

describe('the last time that it was due', () => {
  test.each([
    ['00:00', '2030-05-05T14:59:59Z', '2030-05-04T15:00:00Z'],
    ['00:00', '2030-05-05T15:00:00Z', '2030-05-05T15:00:00Z'],
    ['23:00', '2030-05-05T13:59:59Z', '2030-05-04T14:00:00Z'],
    ['23:00', '2030-05-05T14:00:00Z', '2030-05-05T14:00:00Z'],
    ['09:00', '2030-05-05T00:00:00Z', '2030-05-05T00:00:00Z'],
    ['08:59', '2030-05-05T00:00:00Z', '2030-05-04T23:59:00Z'],
  ])('%s, asked at %s, was last due at %s', (time, now, due) => {
    const at = lastDueAt(Date.parse(now), parseTimeOfDay(time) ?? Number.NaN);
    expect(new Date(at).toISOString().replace('.000', '')).toBe(due);
  });
});
