import { describe, expect, test } from 'vitest';
import type { LedgerState } from '../src/ledger/states.ts';
import { CARD, SEQNO, SHOP, seed, sees, start, stateOf, text } from './support.ts';

/** 伝票番号 that strike by themselves, so that a person can get a fault by typing it. */
const OK = `OK\n${SEQNO}\n`;
const CAPTURED = 'captured_untransmitted';

describe('slips that strike by themselves', () => {
  test.each<[string, unknown, LedgerState]>([
    ['-DROPB', 'broken', 'authorized'],
    ['-DROPA', 'broken', CAPTURED],
    ['-500B', { status: 500 }, 'authorized'],
    ['-500A', { status: 500 }, CAPTURED],
    ['-HTML', { type: 'text/html' }, CAPTURED],
    ['-EMPTY', text(200, ''), CAPTURED],
    ['-GARB', { status: 200 }, CAPTURED],
    ['-CUT', text(200, OK.slice(0, 12)), CAPTURED],
    ['-DECL', { status: 200 }, 'authorized'],
    ['-HALF', text(200, OK), CAPTURED],
    ['-OTHER', text(200, OK), CAPTURED],
  ])('a slip ending in %s strikes its capture', async (suffix, seen, state) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: `100000394011${suffix}` });
    const told = await sees(sandbox, 'sale.cgi', { SEQNO });
    if (typeof seen === 'string') expect(told).toBe(seen);
    else expect(told).toMatchObject(seen as object);
    expect(stateOf(sandbox)).toBe(state);
  });

  test('a slip ending in -LATE answers after ninety seconds, but has acted', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: '100000394011-LATE' });
    const url = `${sandbox.url}/connect/sale.cgi?SHOPID=${SHOP}&SEQNO=${SEQNO}`;
    await expect(fetch(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    expect(stateOf(sandbox)).toBe(CAPTURED);
  });

  test('a slip ending in -HALF halves a change', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: '100000394011-HALF' });
    expect(await sees(sandbox, 'authchange.cgi', { SEQNO, PAY: '6000' })).toBe('broken');
    expect(sandbox.gateway.ledger.list().map(({ state }) => state)).toEqual([
      'authorized',
      'authorized',
    ]);
  });

  test('such slips strike an authorization, too', async () => {
    const sandbox = await start();
    const asked = { ...CARD, PAY: '5000', ID: '100000394011-DROPA' };
    expect(await sees(sandbox, 'authm.cgi', asked)).toBe('broken');
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ id: asked.ID, state: 'authorized' }]);
  });
});
