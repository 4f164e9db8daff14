import type { RunEvent } from '@renkei/contract/runs.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { Call } from './route.ts';
import { RunProgress } from './routes/runs/run-progress.ts';

const FRESH_MS = 200;
const REREAD_MS = 2_000;
const HEARTBEAT_MS = 15_000;
const OPEN_MAX_MS = 30 * 60_000;

/**
 * Streams a run: first every row as it stands, then whatever has changed, until the run has ended
 * and every row is final. Each event carries the whole row, so that a listener who has lost some
 * loses nothing by connecting again. It looks again when this process hears of a change, and every
 * two seconds for what other processes do.
 */
export async function streamRun(call: Call, run: StoredRun): Promise<void> {
  const { reply, backoffice, request, locale } = call;
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const send = ({ type, ...data }: RunEvent) => {
    out.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const bell = new Bell();
  const unwatch = backoffice.bulk.watch(run.id, () => bell.ring());
  const heartbeat = setInterval(() => out.write(': still here\n\n'), HEARTBEAT_MS);
  request.raw.on('close', () => bell.close());
  backoffice.closing.addEventListener('abort', () => bell.close(), { once: true });
  try {
    const progress = new RunProgress(backoffice.db, run, locale);
    const until = performance.now() + OPEN_MAX_MS;
    let told = '';
    while (!bell.closed && performance.now() < until) {
      const { changed, run: current, over } = await progress.look();
      for (const row of changed) send({ type: 'row', row });
      const text = JSON.stringify(current);
      if (text !== told) send({ type: 'run', run: current });
      told = text;
      if (over) break;
      await bell.wait(REREAD_MS);
      await new Promise((resolve) => setTimeout(resolve, FRESH_MS)); // gather what comes together
    }
  } finally {
    clearInterval(heartbeat);
    unwatch();
    out.end();
  }
}

/** Wakes whoever waits, at once if it was rung in the meantime. */
class Bell {
  closed = false;
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  close(): void {
    this.closed = true;
    this.#wake?.();
  }

  async wait(timeoutMs: number): Promise<void> {
    if (!this.#rung && !this.closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = null;
  }
}
