import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { Client } from '../kit/clients.ts';
import { judge } from './judge.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

/** Proves the judge: it reports a lost or doubled payment. */
let town: Town;
let numbers: string[];
beforeAll(async () => {
  town = await openTown({ servers: 1, latencyMs: 0 });
  numbers = await town.placeOrders(SHOPS[0], 3);
  const client = await Client.signIn(town.servers[0]?.url ?? '', EMAIL, PASSWORD);
  for (const number of numbers) {
    const url = `/v1/orders/${number}/payment?shop=${SHOPS[0].shopId}`;
    expect((await client.post(url, { body: {}, version: 1 })).status).toBe(200);
  }
}, 120_000);

test('the judge finds no violation while all is well, and finds each one afterwards', {
  timeout: 120_000,
}, async () => {
  expect((await judge(town, [])).violations).toEqual([]);
  const [behindOurBack, rewritten] = numbers;

  const seqno = behindOurBack?.padStart(20, '0');
  const refund = `${town.sandbox.url}/sandbox/v1/transactions/${seqno}/refund`;
  expect((await fetch(refund, { method: 'POST' })).status).toBe(200);
  await town.db.query('update orders set paid_on = null where order_number = $1', [rewritten]);
  const lost = { shopId: SHOPS[0].shopId, orderNumber: '1', key: randomUUID(), succeeded: true };

  const { violations } = await judge(town, [{ ...lost, operationId: randomUUID() }]);
  expect(violations).toEqual([
    `${behindOurBack}: captured_untransmitted 9115 here, refunded_untransmitted 9115 there`,
    `${behindOurBack} is 入金済, and not captured`,
    expect.stringContaining('was acknowledged, and undefined is there'),
    '1: it was said to be done, and is undefined',
    `shop ${SHOPS[0].shopId}: order ${rewritten} is not what its journal says`,
  ]);
});
