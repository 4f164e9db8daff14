import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importConsoleCsv } from '../server/src/services/import-console-csv.ts';
import { reconcile } from '../server/src/services/reconciliation-report.ts';
import { migrate } from '../server/src/store/db/migrate.ts';
import { loadShop } from '../server/src/store/shops/shops.ts';
import { openShop, SHOP, TANAKA } from '../test/kit/orders.ts';
import { connect, openPostgres } from '../test/kit/postgres.ts';
import { MONTH, seedDifferences } from '../test/kit/seeded-differences.ts';

/**
 * `node bench/reconcile.ts [orders] [differences]`: a month of a shop with seeded differences of
 * twelve kinds. Measures the time of its reconciliation, and checks that it finds exactly those.
 * Exits with 1 if it does not, or if it takes over a minute.
 */
const [orders = 10_000, differences = 200] = process.argv.slice(2).map(Number);
const directory = await mkdtemp(join(tmpdir(), 'renkei-reconcile-'));
const postgres = await openPostgres({ directory });
const db = connect(postgres.url);
await migrate(db);
await openShop(db);
const { file, expected, theirNet } = await seedDifferences(db, orders, differences);
const shop = await loadShop(db, SHOP);
if (shop === null) throw new Error('no shop');

const began = performance.now();
const wanted = {
  ...({ bytes: file, encoding: 'cp932', name: 'october.csv', mode: 'import' } as const),
  exportedAt: Date.parse('2026-11-10T00:00:00Z'),
  from: '2026-09-30',
  to: '2026-11-09',
  ...({ shop, actor: TANAKA, locale: 'en' } as const),
};
await importConsoleCsv(db, wanted);
const importedMs = performance.now() - began;
const { lines, equation } = await reconcile(db, SHOP, MONTH);
const tookMs = performance.now() - began;
await db.end();
await postgres.stop();
await rm(directory, { recursive: true, force: true });

const found = new Set(
  lines
    .filter(({ bucket }) => bucket !== 'matched')
    .map(({ bucket, kind, seqno }) => `${bucket} ${kind} ${seqno}`),
);
const hits = expected.filter((line) => found.has(line)).length;
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
console.log(`orders            ${orders}`);
console.log(`differences       ${expected.length} of 12 kinds`);
console.log(`recall            ${percent(hits / expected.length)}`);
console.log(`precision         ${percent(hits / found.size)}`);
console.log(`ours              ${equation.ours.net} yen`);
console.log(`theirs            ${equation.theirs.net} yen, by hand ${theirNet}`);
console.log(`unexplained       ${equation.unexplained} yen`);
console.log(`read the file     ${Math.round(importedMs)} ms`);
console.log(`in all            ${Math.round(tookMs)} ms`);
const right = hits === expected.length && hits === found.size;
const explained = equation.unexplained === 0 && equation.theirs.net === theirNet;
process.exitCode = right && explained && tookMs <= 60_000 ? 0 : 1;
