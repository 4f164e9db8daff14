import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres.ts';
import type { Queryable } from '../../src/store/db.ts';
import { loadSlips, recordSighting } from '../../src/store/observations.ts';
import { openShop, SHOP, TANAKA } from '../support/orders.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});
afterAll(() => database.drop());

const SLIP = '100000394011';

test('D13: a slip that is looked at again while it is read shows what that very look has seen', async () => {
  await lookAt(1);
  const busy = lookedAtBetween(database.db);

  const slip = (await loadSlips(busy, SHOP, [SLIP])).get(SLIP);

  expect(slip?.sighted).toHaveLength(1);
  expect(slip?.sighted[0]?.seenAt).toBe(slip?.lookedAt);
});

test('a slip that nobody has looked at is unknown, and not empty', async () => {
  const slips = await loadSlips(database.db, SHOP, ['100000999011']);
  expect(slips.get('100000999011')).toEqual({ sighted: [], lookedAt: null });
});

/** The database, with another server that looks at the slip after each statement. */
function lookedAtBetween(db: Queryable): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  let looks = 1;
  const query = (...asked: Parameters<Queryable['query']>) => {
    const answer = last.then(async () => {
      const result = await db.query(...asked);
      looks += 1;
      await lookAt(looks);
      return result;
    });
    last = answer;
    return answer;
  };
  return { query } as Queryable;
}

async function lookAt(second: number): Promise<void> {
  await recordSighting(database.db, {
    ...{ shopId: SHOP, seenAt: Date.UTC(2026, 10, 8, 0, 0, second), actor: TANAKA },
    of: { source: 'inquiry', slipId: SLIP, complete: true },
    observed: [
      {
        ...{ seqno: SLIP.padStart(20, '0'), slipId: SLIP, authCode: 'A1b2C3', amount: 9_115 },
        ...{ state: 'authorized', authorizedAt: null, capturedAt: null, cancelledAt: null },
      },
    ],
  });
}
