import { cpuMs, memoryMiB } from './child.ts';
import { call, type Load, measure, median, payAll } from './load.ts';
import { clearOrders, placeForCapture } from './orders.ts';
import { limit, type Result, rate, time } from './report.ts';
import type { BenchWorld } from './world.ts';

const WIDTHS = [1, 16, 64] as const;

/** W1, W1b, W9: marks one order paid, end to end, until the capture is final. */
export async function singleCaptures(world: BenchWorld, rounds: number): Promise<Result[]> {
  const results: Result[] = [];
  const { child, cookie } = await world.startRenkei();
  const pairs = async (count: number, width: number) => {
    const ours: Load[] = [];
    const floor: Load[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const orders = await freshOrders(world, count * 2);
      floor.push(await payAll(world.floor.url, '', orders.slice(0, count), width));
      ours.push(await payAll(child.url, cookie, orders.slice(count), width));
    }
    const pick = (of: 'perSecond' | 'p50', from: typeof ours) =>
      median(from.map((load) => load[of]));
    return { ours, floor, pick };
  };

  await world.behave({ latencyMs: 0 });
  await payAll(child.url, cookie, await freshOrders(world, 200), 16); // warm-up
  await world.db.query('analyze'); // autovacuum has long done this where orders come in every day
  for (const width of WIDTHS) {
    const { ours, floor, pick } = await pairs(width === 1 ? 150 : 600, width);
    const what = `${width} at a time, gateway 0 ms`;
    const least = width === 1 ? 1 / 3 : 0.5;
    results.push(
      width === 1
        ? time('W1', `p50, ${what}`, pick('p50', ours), pick('p50', floor), 3)
        : rate('W1', what, pick('perSecond', ours), pick('perSecond', floor), least),
    );
  }
  for (const latencyMs of [50, 300]) {
    await world.behave({ latencyMs });
    for (const width of [1, 16]) {
      const { ours, pick } = await pairs(width === 1 ? 10 : 160, width);
      const what = `p50 over gateway ${latencyMs} ms, ${width} at a time`;
      results.push(limit('W1b', what, pick('p50', ours) - latencyMs, 8, 'ms'));
    }
  }
  await world.behave({ latencyMs: 300 });
  const wide = await pairs(640, 64);
  const ideal = 64 / 0.3;
  results.push({
    ...rate('W9', 'gateway 300 ms, 64 at a time', wide.pick('perSecond', wide.ours), ideal, 0.9),
    floor: `${ideal.toFixed(0)}/s ideal`,
  });
  await child.kill();
  return results;
}

/** W4, W5: start, memory, and CPU per capture. */
export async function footprint(world: BenchWorld): Promise<Result[]> {
  const { child, cookie } = await world.startRenkei();
  await world.behave({ latencyMs: 0 });
  const idle = memoryMiB(child.pid);
  const orders = await freshOrders(world, 1_000);
  await payAll(child.url, cookie, orders.slice(0, 500), 16);
  await world.db.query('analyze');
  const after = memoryMiB(child.pid);
  const before = {
    own: cpuMs(child.pid),
    postgres: world.postgresCpuMs(),
    statements: await statementsSoFar(world),
  };
  await payAll(child.url, cookie, orders.slice(500), 16);
  const own = (cpuMs(child.pid) - before.own) / 500;
  const postgres = (world.postgresCpuMs() - before.postgres) / 500;
  const statements = ((await statementsSoFar(world)) - before.statements) / 500;
  await child.kill();
  return [
    limit('W4', 'cold start to listening', child.startedMs, 1_000, 'ms'),
    limit('W4', 'memory, idle', idle, 110, 'MiB'),
    limit('W4', 'memory after 500 captures', after, 160, 'MiB'),
    limit('W5', 'CPU per capture, server', own, 2.5, 'ms'),
    limit('W5', 'CPU per capture, PostgreSQL', postgres, 1.8, 'ms'),
    limit('W5', 'SQL statements per capture', statements, 12, ''),
  ];
}

/** PostgreSQL counts transactions, and each statement outside a transaction block is one. */
async function statementsSoFar({ db }: BenchWorld): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // sessions report once a second
  const { rows } = await db.query<{ n: number }>(
    'select xact_commit as n from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.n ?? 0;
}

const LONG_RUN = 10_000;

/** W2: one press on 200 orders, gateway 50 ms, until every row is final. */
export async function bulkRun(world: BenchWorld, rounds: number): Promise<Result[]> {
  const { child, cookie } = await world.startRenkei();
  await world.behave({ latencyMs: 50 });
  await payAll(child.url, cookie, await freshOrders(world, 200), 16); // warm-up
  await world.db.query('analyze');
  const ours: number[] = [];
  const floor: number[] = [];
  const first: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const orders = await freshOrders(world, 400);
    const began = performance.now();
    await measure(orders.slice(0, 200), 16, async (number) => {
      await call('POST', `${world.floor.url}/v1/orders/${number}/payment`);
    });
    floor.push(performance.now() - began);
    const run = await runOf(child.url, cookie, orders.slice(200));
    ours.push(run.tookMs);
    first.push(run.firstMs);
  }
  const perRowShort = median(ours) / 200;
  const beforeMiB = memoryMiB(child.pid);
  const long = await runOf(child.url, cookie, await freshOrders(world, LONG_RUN));
  const perRow = long.tookMs / LONG_RUN;
  const grownMiB = memoryMiB(child.pid) - beforeMiB;
  await child.kill();
  return [
    time('W2', '200 orders, gateway 50 ms', median(ours), median(floor), 1.3),
    limit('W2', 'first row’s event', median(first), 300, 'ms'),
    time('W2', 'per row of 10,000 beside per row of 200', perRow, perRowShort, 1.3),
    limit('W2', 'memory that 10,000 rows have added', grownMiB, 64, 'MiB'),
  ];
}

/** Starts a run and waits for its end. */
async function runOf(url: string, cookie: string, orders: readonly string[]) {
  const rows = orders.map((number) => ({ orderNumber: number, version: 1 }));
  const began = performance.now();
  const started = await call('POST', `${url}/v1/runs`, cookie, { rows });
  const { id } = JSON.parse(started.body);
  const answer = await fetch(`${url}/v1/runs/${id}/events`, { headers: { cookie } });
  let firstMs = 0;
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text = text.slice(-200) + Buffer.from(chunk).toString('utf8');
    if (firstMs === 0 && text.includes('event: row')) firstMs = performance.now() - began;
  }
  const tookMs = performance.now() - began;
  const run = JSON.parse((await call('GET', `${url}/v1/runs/${id}`, cookie)).body);
  if (run.counts.succeeded !== orders.length) {
    const failed = run.rows.filter(({ state }: { state: string }) => state === 'failed');
    throw new Error(JSON.stringify([run.counts, failed.slice(0, 3)]));
  }
  return { tookMs, firstMs };
}

export async function freshOrders(world: BenchWorld, count: number): Promise<string[]> {
  await clearOrders(world.db);
  await world.forget();
  return placeForCapture(world.db, count);
}
