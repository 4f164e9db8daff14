import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { openShop, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { DIFFERENCES, MONTH, seedDifferences } from '../../../test/kit/seeded-differences.ts';
import { importConsoleCsv } from '../../src/services/import-console-csv.ts';
import { reconcile } from '../../src/services/reconciliation-report.ts';
import { loadShop } from '../../src/store/shops/shops.ts';

/** The smaller form of `node bench/reconcile.ts`: it finds every difference, and nothing else. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

test('the report of 600 orders finds 24 differences of 12 kinds: recall and precision 100 %, every yen explained', async () => {
  const { db } = database;
  const { file, expected, theirNet } = await seedDifferences(db, 600, 24);
  const shop = await loadShop(db, SHOP);
  if (shop === null) throw new Error('no shop');
  const wanted = {
    ...({ bytes: file, encoding: 'cp932', name: 'october.csv', mode: 'import' } as const),
    exportedAt: Date.parse('2026-11-10T00:00:00Z'),
    // The whole of the month's authorizations: a transaction outside of it is not at F-REGI (M8).
    from: '2026-09-30',
    to: '2026-11-09',
    ...({ shop, actor: TANAKA, locale: 'en' } as const),
  };
  const imported = await importConsoleCsv(db, wanted);
  expect(imported).toMatchObject({ report: { imported: true, errors: [] } });

  const { lines, equation } = await reconcile(db, SHOP, MONTH);
  const found = lines
    .filter(({ bucket }) => bucket !== 'matched')
    .map(({ bucket, kind, seqno }) => `${bucket} ${kind} ${seqno}`)
    .sort();
  expect(expected).toHaveLength(24);
  expect(DIFFERENCES).toHaveLength(12);
  expect(found).toEqual(expected);
  expect(equation.theirs.net).toBe(theirNet);
  expect(equation.unexplained).toBe(0);
});
