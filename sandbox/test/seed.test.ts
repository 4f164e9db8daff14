import { describe, expect, test } from 'vitest';
import { api, OTHER_SHOP, SEQNO, SHOP, seed, start, stateOf } from './support.ts';

/** Transactions put into the ledger as given. */
const SLIP = '100000394011';

describe('seeding', () => {
  test('ten thousand seeds at once are ten thousand transactions', async () => {
    const sandbox = await start();
    const one = { shopId: SHOP, id: SLIP, amount: 1, state: 'authorized' };
    const { body } = await api(sandbox, 'POST', 'transactions', Array(10_000).fill(one));
    expect(body).toEqual({ seeded: 10_000 });
    expect(sandbox.gateway.ledger.list()).toHaveLength(10_000);
  });

  test('new numbers pass over those that are taken', async () => {
    const sandbox = await start({ seed: 7 });
    const one = { shopId: SHOP, id: SLIP, amount: 1, state: 'authorized' };
    const stop = { at: '2026-05-01T00:00:00Z', seed: 7 };
    await api(sandbox, 'POST', 'reset', stop);
    await api(sandbox, 'POST', 'transactions', [one, one]);
    const taken = sandbox.gateway.ledger.list().map(({ seqno }) => seqno);
    await api(sandbox, 'POST', 'reset', stop);
    await api(sandbox, 'POST', 'transactions', [{ ...one, seqno: taken[0] }]);
    await api(sandbox, 'POST', 'transactions', [one, one]);
    expect(sandbox.gateway.ledger.list()).toHaveLength(3);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown shop', { shopId: '99999' }],
    ['an unknown state', { state: 'lost' }],
    ['a state that objects have', { state: 'constructor' }],
    ['half a yen', { amount: 0.5 }],
    ['a debt', { amount: -1 }],
    ['a number of nineteen digits', { seqno: SEQNO.slice(1) }],
    ['a time that is none', { authorizedAt: 'yesterday' }],
    ['a customer that is a number', { customerId: 7 }],
    ['the same number twice', { seqno: SEQNO }],
  ])('%s is refused, and nothing is seeded', async (_name, changes) => {
    const sandbox = await start();
    const one = { shopId: SHOP, id: SLIP, seqno: SEQNO, amount: 5_000, state: 'authorized' };
    const other = { ...one, seqno: undefined, ...changes };
    expect((await api(sandbox, 'POST', 'transactions', [one, other])).status).toBe(400);
    expect(sandbox.gateway.ledger.list()).toEqual([]);
  });

  test("a seed replaces a shop's own transaction, and never another shop's", async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await seed(sandbox, 'voided');
    expect(stateOf(sandbox)).toBe('voided');
    await expect(seed(sandbox, 'authorized', { shopId: OTHER_SHOP })).rejects.toThrow(
      'there already',
    );
    expect(stateOf(sandbox)).toBe('voided');
  });
});
