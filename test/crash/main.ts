import { parseArgs } from 'node:util';
import { TIMING } from '../../core/src/turns/timing.ts';
import { bulk } from './bulk.ts';
import { setClocksWrong } from './clocks.ts';
import { runDisk } from './disk.ts';
import { runDrills } from './drill.ts';
import { runFailover } from './failover.ts';
import { killMigrations } from './migrations.ts';
import { outage } from './outage.ts';
import { race } from './race.ts';
import { runCrash } from './run.ts';
import { NeedsRoot } from './small-disk.ts';
import { LOAD, runSteady, SOAK, type Steady } from './steady.ts';
import { type Line, print } from './table.ts';
import { openTown, type Town, type TownOptions } from './town.ts';
import { update } from './update.ts';

/**
 * `npm run crash`: real servers, a real PostgreSQL and the sandbox, each in a process of its own,
 * in trouble. Prints a table; fails if a line does not hold.
 */
const USAGE = `npm run crash -- storm      servers killed and put to sleep, their database ended
npm run crash -- failover   the primary database killed in a bulk run, the standby promoted
npm run crash -- restore    the database restored to the past, noticed, compared, released
npm run crash -- race       the same press 16 times at once; five people at one order; --rounds <n>
npm run crash -- bulk       runs of 入金済 whose server is killed; --rounds <n> --rows <n>
npm run crash -- clocks     two servers, their clocks a day ahead and a day behind, and jumping
npm run crash -- outage     F-REGI out of reach for --away <seconds> while people press; its return
npm run crash -- migrations each killed at 20 points on 100,000 orders
  --kills <n> --orders <n> --only <number>,<number>
npm run crash -- update     servers of the version before replaced while people work; --commit <c>
npm run crash -- disk       the disks of the database and of the marks run full; --rounds <n>; as root
npm run crash -- load       40 looks and 5 payments a second at a shop of 100,000 orders
npm run crash -- soak       60,000 payments at 67 a second, for memory and files
  load and soak: --steady <orders> --minutes <n> --pays <a second>`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string' },
    pauses: { type: 'string', default: '30' },
    'pause-ms': { type: 'string', default: '90000' },
    'pauses-at-once': { type: 'string', default: '6' },
    crashes: { type: 'string', default: '50' },
    operators: { type: 'string', default: '4' },
    orders: { type: 'string' },
    rows: { type: 'string' },
    drills: { type: 'string', default: '50' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    commit: { type: 'string' },
    away: { type: 'string', default: '120' },
    steady: { type: 'string' },
    minutes: { type: 'string' },
    pays: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});

const PRESSES_PER_SECOND = 2.5;
const say = (line: string) => console.log(`… ${line}`);

function steady(usual: Steady): Steady {
  return {
    ...usual,
    orders: Number(values.steady ?? usual.orders),
    minutes: Number(values.minutes ?? usual.minutes),
    paysPerSecond: Number(values.pays ?? usual.paysPerSecond),
  };
}

const RUNS: Readonly<Record<string, () => Promise<Line[]>>> = {
  storm: () =>
    runCrash({
      storm: {
        kills: Number(values.kills ?? 300),
        pauses: Number(values.pauses),
        pauseMs: Number(values['pause-ms']),
        pausesAtOnce: Number(values['pauses-at-once']),
        crashes: Number(values.crashes),
      },
      operators: Number(values.operators),
      ordersPerShop: Number(values.orders ?? 1_500),
      real: !values.quick,
      say,
    }),
  failover: () => runFailover(Number(values.rows ?? 500)),
  race: () =>
    inTown({ servers: 2, latencyMs: 10 }, (town) =>
      race(town, Number(values.rounds ?? 1_000), say),
    ),
  bulk: () =>
    inTown({ servers: 2, latencyMs: 10 }, (town) =>
      bulk(town, { rounds: Number(values.rounds ?? 20), rows: Number(values.rows ?? 200) }, say),
    ),
  clocks: () =>
    inTown({ servers: 2, latencyMs: 40, real: !values.quick }, (town) =>
      setClocksWrong(town, {
        seconds: 60 * Number(values.minutes ?? 3),
        kills: 6,
        operators: Number(values.operators),
        ordersPerShop: Number(values.orders ?? 1_500),
        real: !values.quick,
        say,
      }),
    ),
  outage: () =>
    inTown({ servers: 2, latencyMs: 500, cabled: true, real: true }, (town) =>
      outage(
        town,
        { awaySeconds: Number(values.away), pressesPerSecond: PRESSES_PER_SECOND, timing: TIMING },
        say,
      ),
    ),
  migrations: () =>
    killMigrations(
      {
        orders: Number(values.orders ?? 100_000),
        kills: Number(values.kills ?? 20),
        ...(values.only === undefined ? {} : { which: values.only.split(',').map(Number) }),
      },
      say,
    ),
  update: () =>
    update(
      {
        ordersPerShop: Number(values.orders ?? 400),
        operators: Number(values.operators),
        seconds: 10,
        ...(values.commit === undefined ? {} : { commit: values.commit }),
      },
      say,
    ),
  disk: () =>
    runDisk({
      rounds: Number(values.rounds ?? 5),
      operators: Number(values.operators),
      ordersPerShop: Number(values.orders ?? 1_500),
      say,
    }),
  load: () => runSteady(steady(LOAD), say),
  soak: () => runSteady(steady(SOAK), say),
  restore: () => runDrills(Number(values.drills), say),
};

for (const name of positionals.length === 0 ? ['storm'] : positionals) {
  const run = RUNS[name];
  if (run === undefined) {
    console.error(USAGE);
    process.exitCode = 1;
    break;
  }
  try {
    if (!print(await run())) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof NeedsRoot)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function inTown(options: TownOptions, run: (town: Town) => Promise<Line[]>): Promise<Line[]> {
  const town = await openTown(options);
  try {
    return await run(town);
  } finally {
    await town.close();
  }
}
