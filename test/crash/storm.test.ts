import { expect, test } from 'vitest';
import { runDrills } from './drill.ts';
import { runFailover } from './failover.ts';
import { runCrash } from './run.ts';

test('after kills, sleeps and a database crash no work is lost and none is done twice', {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const report = await runCrash({
    storm: { kills: 6, pauses: 2, pauseMs: 5_000, pausesAtOnce: 2, crashes: 2 },
    operators: 4,
    ordersPerShop: 100,
    real: false,
    say: (line) => said.push(line),
  });
  expect(said.filter((line) => line.startsWith('VIOLATION'))).toEqual([]);
  // How soon servers are ready again is a figure of `npm run crash`, on a machine of its own.
  const wrong = report.filter(({ holds, wanted }) => !holds && !wanted.endsWith('ms'));
  expect(wrong).toEqual([]);
});

test('after the primary database is killed in a run, the standby takes over and each order is captured once', {
  timeout: 240_000,
}, async () => {
  const report = await runFailover(100);
  expect(report.filter(({ holds }) => !holds)).toEqual([]);
});

test('after a restore to the past Renkei notices it, moves no money, and agrees with F-REGI in the end', {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const report = await runDrills(1, (line) => said.push(line));
  expect(said).toEqual([]);
  expect(report.filter(({ holds }) => !holds)).toEqual([]);
});
