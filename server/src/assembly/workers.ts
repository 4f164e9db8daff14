import type { Room } from '../disks.ts';
import { createRedirectInquiry, createRevocationCall } from '../fregi/redirect.ts';
import { createPgSafeModes } from '../store/audit/safe-mode.ts';
import { createPgRedirectPayments } from '../store/payments/pg-redirect-payments.ts';
import { createPgRuns } from '../store/runs/pg-runs.ts';
import { ReadLog } from '../workers/audit/read-log.ts';
import { Streamer } from '../workers/audit/streamer.ts';
import { Bulk } from '../workers/bulk.ts';
import { Confirmer } from '../workers/confirmer.ts';
import { Deliverer } from '../workers/deliverer.ts';
import { Eraser } from '../workers/eraser.ts';
import { Proposals } from '../workers/proposals.ts';
import { Restorer, sweepShops } from '../workers/restorer.ts';
import type { Worker } from '../workers/rounds.ts';
import { Tidier } from '../workers/tidier.ts';
import type { DeskParts } from './desk.ts';
import type { Fregi } from './fregi.ts';
import type { Ground } from './ground.ts';
import type { RenkeiOptions } from './options.ts';

/** The bulk runs, and the work in the background that only a clock calls. */
export type Workers = {
  readonly bulk: Bulk;
  readonly confirmer: Worker;
  readonly restorer: Worker;
  readonly deliverer: Worker;
  readonly proposals: Worker;
  readonly tidier: Worker;
  readonly readLog: ReadLog;
  readonly streamer: Worker | null;
  readonly eraser: Worker;
};

/** Makes the workers over the background's pool. */
export function hireWorkers(
  options: RenkeiOptions,
  ground: Ground,
  { line }: Fregi,
  desk: DeskParts,
): Workers {
  const { databases, clock, timing, measureRoom, onError } = ground;
  const db = databases.background;
  const { office } = desk;
  const { now } = clock;
  const { runsMax, deliverEveryMs, auditStream = null } = options;
  return {
    bulk: new Bulk({ runs: createPgRuns(db), office, onError, runsMax }),
    confirmer: new Confirmer({
      payments: createPgRedirectPayments(db, desk.world.timing),
      office,
      inquire: createRedirectInquiry(line),
      revoke: createRevocationCall(line, timing.callMs),
      world: desk.world,
      now,
      onError,
    }),
    restorer: new Restorer({
      safeModes: createPgSafeModes(db),
      world: desk.world,
      compareAll: (isOver) => sweepShops(db, desk.lookout, isOver),
      onError,
    }),
    deliverer: new Deliverer({ db, office, now, everyMs: deliverEveryMs, onError }),
    streamer: auditStream === null ? null : new Streamer({ db, to: auditStream, onError }),
    readLog: new ReadLog({ db, now, onError }),
    eraser: new Eraser({
      db,
      command: (ref, wanted) => office.command(ref, wanted),
      list: ground.erasureList,
      onError,
    }),
    proposals: new Proposals({ db, publicUrl: options.publicUrl, onError }),
    tidier: new Tidier({
      db,
      measureRoom,
      onLowRoom: (room) => tellLowRoom(ground, room),
      onError,
    }),
  };
}

function tellLowRoom({ log }: Ground, room: Room): void {
  log.error({ at: 'disk', ...room }, new Error(`the disk of the ${room.disk} is nearly full`));
}
