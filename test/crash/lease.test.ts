import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../kit/clients.ts';
import { isCaptured, readLedger } from './ledger.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

/**
 * A run has one holder at a time, as long as the holder shows signs of life. A server that slept
 * past its lease doubles nothing when it wakes; another server takes over from a killed one.
 */
const ROWS = 200;
const [SHOP] = SHOPS;

let town: Town;
beforeAll(async () => {
  town = await openTown({ servers: 2, latencyMs: 400 });
}, 120_000);
afterAll(() => town.close());

test('another server takes over a run after the lease, from a sleeping holder and from a dead one', {
  timeout: 240_000,
}, async () => {
  const [first, second] = town.servers;
  const numbers = await town.placeOrders(SHOP, ROWS);
  const client = await Client.signIn(first?.url ?? '', EMAIL, PASSWORD);
  const body = { rows: numbers.map((orderNumber) => ({ orderNumber, version: 1 })) };
  const headers = { 'renkei-confirm': String(ROWS) };
  const path = `/v1/runs?shop=${SHOP.shopId}`;
  expect((await client.post(path, { body, headers })).status).toBe(202);
  const ledger = () => readLedger(town.sandbox.url);
  const captured = async () => (await ledger()).filter(isCaptured).length;
  const holder = async () => (await town.db.query('select held_by from runs')).rows[0]?.held_by;
  const anotherThan = (one: string) =>
    expect
      .poll(holder, { timeout: 60_000, interval: 50 })
      .toSatisfy((other) => other !== null && other !== one);

  await expect.poll(captured, { timeout: 30_000, interval: 5 }).toBeGreaterThan(10);
  const asleep = await holder();
  first?.pause();
  await anotherThan(asleep);
  first?.wake();

  // Either server may hold it now; whichever dies, the other goes on.
  const before = await captured();
  await expect.poll(captured, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before);
  expect(before).toBeLessThan(ROWS);
  await second?.kill();

  const state = async () => (await town.db.query('select state from runs')).rows[0]?.state;
  await expect.poll(state, { timeout: 120_000, interval: 100 }).toBe('finished');
  await expect.poll(captured, { timeout: 60_000, interval: 100 }).toBe(ROWS);
  for (const { history } of await ledger()) {
    expect(history.filter(({ by }) => by === 'shop')).toHaveLength(1);
  }
});
