import { dirname } from 'node:path';
import { TIMING, type Timing } from '@renkei/core/turns/timing.ts';
import { type ErasureList, erasureListBeside } from '../audit/erasure-list.ts';
import { type Disks, measureRoom, type Room } from '../disks.ts';
import { createMetrics, type Metrics } from '../http/metrics.ts';
import { type Clock, createClock } from '../store/db/clock.ts';
import { migrate } from '../store/db/migrate.ts';
import { POOLS, type Pools } from '../store/db/pools.ts';
import { createSealer, type Sealer } from '../workers/audit/sealer.ts';
import { Databases } from './databases.ts';
import type { Log, RenkeiOptions } from './options.ts';

/** The basis of every part of a server. */
export type Ground = {
  readonly databases: Databases;
  readonly pools: Pools;
  readonly sealer: Sealer;
  /** The list of erased customers outside of the database; null: none is kept. */
  readonly erasureList: ErasureList | null;
  readonly clock: Clock;
  /** Milliseconds on a clock that nobody sets. */
  readonly stopwatch: () => number;
  readonly timing: Timing;
  /** True: a batch of turns has orders of one shop only. */
  readonly batchesWithinShop: boolean;
  readonly metrics: Metrics;
  /** Measures the disks of this machine that must not run full. */
  readonly measureRoom: () => Promise<readonly Room[]>;
  readonly log: Log;
  /** Hears each error in the background. */
  readonly onError: (error: unknown) => void;
};

/**
 * Opens and migrates the database, reads its clock, and checks whether somebody restored it to the
 * past: before any work, and then on each new connection.
 */
export async function layGround(options: RenkeiOptions): Promise<Ground> {
  const { databaseUrl, sealFile, otherSealFiles = [], log, timing = TIMING } = options;
  const onError = (error: unknown) => log.error({ at: 'background' }, error);
  const stopwatch = () => performance.now();
  const pools = { ...POOLS, ...options.pools };
  const databases = new Databases(databaseUrl, pools);
  const db = databases.background;
  await migrate(databases.people);
  const clock = await createClock({ db, stopwatch, onError });
  const sealer = await createSealer({ db, file: sealFile, others: otherSealFiles, onError });
  await sealer.check();
  databases.guardBy(sealer);
  return {
    databases,
    pools,
    sealer,
    erasureList: sealFile === null ? null : erasureListBeside(sealFile, otherSealFiles),
    clock,
    stopwatch,
    timing,
    batchesWithinShop: options.batchesWithinShop ?? false,
    metrics: createMetrics(),
    measureRoom: () => (options.measureRoom ?? measureRoom)(disksOf(options)),
    log,
    onError,
  };
}

function disksOf({ sealFile, databaseDirectory }: RenkeiOptions): Disks {
  return {
    ...(sealFile === null ? {} : { marks: dirname(sealFile) }),
    ...(databaseDirectory === undefined ? {} : { database: databaseDirectory }),
  };
}
