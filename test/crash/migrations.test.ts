import { expect, test } from 'vitest';
import { killMigrations } from './migrations.ts';

/**
 * The short form of `npm run crash -- migrations`: the last migration that rewrites every order, on
 * few orders.
 */
test('F39: a migration killed halfway leaves the schema old or new, never between', {
  timeout: 120_000,
}, async () => {
  const said: string[] = [];
  const report = await killMigrations({ orders: 200, kills: 4, which: [31] }, (line) =>
    said.push(line),
  );
  expect(said.filter((line) => line.startsWith('VIOLATION'))).toEqual([]);
  expect(report.filter((line) => !line.holds)).toEqual([]);
  expect(report).toHaveLength(3);
});
