import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { loadComparisonFacts } from '../../src/store/attention/comparison.ts';
import { recordSighting } from '../../src/store/attention/observations.ts';
import type { Queryable } from '../../src/store/db/db.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

test('D13: an order looked at again during the read shows the result of that very look', async () => {
  const orderNumber = await place(database.db, incoming());
  await lookAt(orderNumber, 1);
  const busy = lookedAtBetween(database.db, orderNumber);

  const [facts] = await loadComparisonFacts(busy, SHOP, [orderNumber]);

  expect(facts?.sighted).toHaveLength(1);
  expect(facts?.sighted[0]?.seenAt).toBe(facts?.lookedAt);
});

test('an order that nobody has looked at is unknown at F-REGI, and not missing there', async () => {
  const orderNumber = await place(database.db, incoming());
  const [facts] = await loadComparisonFacts(database.db, SHOP, [orderNumber]);
  expect(facts).toMatchObject({ sighted: [], lookedAt: null });
});

/** Returns the database, with another server that looks at the order after each statement. */
function lookedAtBetween(db: Queryable, orderNumber: string): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  let looks = 1;
  const query = (...asked: Parameters<Queryable['query']>) => {
    const answer = last.then(async () => {
      const result = await db.query(...asked);
      looks += 1;
      await lookAt(orderNumber, looks);
      return result;
    });
    last = answer;
    return answer;
  };
  return { query } as Queryable;
}

/** Records a look at F-REGI, `second` seconds after nine in Japan. */
async function lookAt(slipId: string, second: number): Promise<void> {
  await recordSighting(database.db, {
    shopId: SHOP,
    seenAt: Date.UTC(2026, 10, 8, 0, 0, second),
    actor: TANAKA,
    of: { source: 'inquiry', slipId, complete: true },
    observed: [
      {
        seqno: slipId.padStart(20, '0'),
        slipId,
        authCode: 'A1b2C3',
        amount: 9_115,
        state: 'authorized',
        authorizedAt: null,
        capturedAt: null,
        cancelledAt: null,
      },
    ],
  });
}
