import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '@renkei/contract/runs.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { Call, HttpAnswer } from './route.ts';
import { RunProgress } from './routes/runs/run-progress.ts';
import { seenRecords } from './views/seen-records.ts';

const FRESH_MS = 200;
const REREAD_MS = 2_000;
const OPEN_MAX_MS = 30 * 60_000;
/** The time for which a listener counts as admitted: a removed member hears nothing after it. */
const ADMITTED_MS = 5_000;
/** A comment: it keeps proxies from closing a quiet stream. */
const STILL_HERE = ': still here\n\n';

/**
 * Streams a run: first every row in its present state, then each change, until the run has ended
 * and every row is final. Each event carries the whole row, so a listener who missed some loses
 * nothing by connecting again. Fastify reads on only as fast as the listener does.
 */
export function streamRun(call: Call, run: StoredRun): HttpAnswer {
  const gone = new AbortController();
  call.backoffice.streamSeats.take(call.user.id, call.locale, call.reply);
  call.reply.raw.once('close', () => gone.abort());
  const { closing } = call.backoffice;
  const over = AbortSignal.any([gone.signal, closing, AbortSignal.timeout(OPEN_MAX_MS)]);
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close', // a stopping server would wait for an idle connection
      'x-accel-buffering': 'no',
    },
    body: Readable.from(eventsOf(call, run, over)),
  };
}

/**
 * Yields the events of a run, as text, until `over`. It looks again when this process reports a
 * change, and every two seconds for changes by other processes.
 */
async function* eventsOf(
  { backoffice, shopId, actor, locale, isStillAdmitted }: Call,
  run: StoredRun,
  over: AbortSignal,
): AsyncGenerator<string> {
  let bell = new AbortController();
  const ring = () => bell.abort();
  const unwatch = backoffice.bulk.watch(run.id, ring);
  over.addEventListener('abort', ring);
  try {
    const progress = new RunProgress(backoffice.db, run, locale);
    let told = '';
    let admittedAt = performance.now();
    while (!over.aborted) {
      if (performance.now() - admittedAt > ADMITTED_MS) {
        if (!(await isStillAdmitted())) return;
        admittedAt = performance.now();
      }
      bell = new AbortController();
      const { changed, run: current, over: ended } = await progress.look();
      backoffice.readLog.note({ shopId, actor }, seenRecords(changed));
      for (const row of changed) yield textOf({ type: 'row', row });
      const text = textOf({ type: 'run', run: current });
      yield text === told ? STILL_HERE : text;
      told = text;
      if (ended) return;
      await sleep(REREAD_MS, undefined, { signal: bell.signal }).catch(() => {});
      await sleep(FRESH_MS); // gathers changes that come together
    }
  } finally {
    unwatch();
  }
}

function textOf({ type, ...data }: RunEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
