import { beforeAll, expect, test } from 'vitest';
import { Client } from '../kit/clients.ts';
import { isCaptured, readLedger } from './ledger.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

/**
 * M4: the server is killed twice in the middle of a bulk run of 200, with real calls under way. The
 * next server goes on; in the end F-REGI's ledger shows each order captured once.
 */
const ROWS = 200;

let town: Town;
beforeAll(async () => {
  town = await openTown({ servers: 1, latencyMs: 60 });
}, 120_000);

test.each(SHOPS)(
  'M4, M5: after kill -9 in a run of 200 at $shopId every order is captured once',
  { timeout: 180_000 },
  async (shop) => {
    const { shopId, fregiShopId } = shop;
    const numbers = await town.placeOrders(shop, ROWS);
    const signIn = () => Client.signIn(town.servers[0]?.url ?? '', EMAIL, PASSWORD);
    const body = { rows: numbers.map((orderNumber) => ({ orderNumber, version: 1 })) };
    const headers = { 'renkei-confirm': String(ROWS) };
    const started = await (await signIn()).post(`/v1/runs?shop=${shopId}`, { body, headers });
    expect(started.status).toBe(202);
    const ledger = () => readLedger(town.sandbox.url, `&shopid=${fregiShopId}`);
    const captured = async () => (await ledger()).filter(isCaptured).length;

    for (const enough of [40, 110]) {
      await expect.poll(captured, { timeout: 30_000, interval: 5 }).toBeGreaterThan(enough);
      await town.servers[0]?.kill();
      expect(await captured()).toBeLessThan(ROWS);
      await town.startServer(0);
    }

    const client = await signIn();
    const path = `/v1/runs/${started.body.id}?shop=${shopId}`;
    const counts = async () => (await client.get(path)).body.counts;
    await expect
      .poll(counts, { timeout: 60_000, interval: 200 })
      .toMatchObject({ succeeded: ROWS });
    // Each order has one captured transaction, and no history has a second capture.
    const held = await ledger();
    expect(held).toHaveLength(ROWS);
    for (const { state, history } of held) {
      expect(state).toBe('captured_untransmitted');
      expect(history.filter(({ by }) => by === 'shop')).toHaveLength(1);
    }
    const doubt = await town.db.query(
      `select 1 from steps where shop_id = $1 and (n > 1 or state <> 'done')`,
      [shopId],
    );
    expect(doubt.rowCount).toBeGreaterThan(0); // calls were under way at the kill
  },
);
