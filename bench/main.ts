import { parseArgs } from 'node:util';
import { bulkRun, footprint, singleCaptures } from './captures.ts';
import { faults } from './faults.ts';
import { lists, listUnderHangingGateway } from './lists.ts';
import { print, type Result } from './report.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

/**
 * `npm run bench`: all workloads beside their floor, in one run, as one table and as JSON. `npm run
 * bench -- W1 W3` runs some; `--million` adds a million orders to W3.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    million: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const sizes = [10_000, 100_000, ...(values.million ? [1_000_000] : [])];

const WORKLOADS: Readonly<Record<string, (world: BenchWorld) => Promise<Result[]>>> = {
  W1: (world) => singleCaptures(world, rounds),
  W2: (world) => bulkRun(world, rounds),
  W3: (world) => lists(world, rounds, sizes),
  W4: (world) => footprint(world),
  W8: (world) => listUnderHangingGateway(world),
  W10: (world) => faults(world),
};

const chosen = positionals.length === 0 ? Object.keys(WORKLOADS) : positionals;
const world = await openBenchWorld();
const results: Result[] = [];
try {
  for (const name of chosen) {
    const workload = WORKLOADS[name];
    if (workload === undefined) throw new Error(`workloads: ${Object.keys(WORKLOADS).join(', ')}`);
    console.log(`${name} …`);
    results.push(...(await workload(world)));
  }
} finally {
  await world.close();
}
print(results);
