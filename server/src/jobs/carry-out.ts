import { createDb, type Db } from '../store/db/db.ts';
import { errorToSend } from './errors.ts';
import type { FromProcess, ToProcess } from './job-process.ts';
import { JOBS } from './jobs.ts';

/** The program of a process that does jobs, one at a time: see job-process.ts. */

/** A statement here imports a whole file or month beside all other work. */
const STATEMENT_MS = 60_000;
let database: Db | null = null;

process.on('message', (message: ToProcess) => {
  if (message.kind === 'database') {
    database = createDb(message.url, { max: 2, statementMs: STATEMENT_MS });
  } else void carryOut(message.job, message.task).then(say);
});
// It ends with the server, or when the server has no more work for it.
process.on('disconnect', () => process.exit());
// A terminal or systemd tells all processes to end at once: the server lets a job come to its end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

/** Carries out a job and returns its result, or its error in a form that can be sent. */
async function carryOut(job: string, task: unknown): Promise<FromProcess> {
  try {
    if (database === null) throw new Error('a job came before the address of the database');
    // The table gives each job its own kind of task; types hold the caller to it (run()).
    const work = JOBS[job as keyof typeof JOBS] as (
      db: Db,
      task: unknown,
      onProgress: (progress: unknown) => void,
    ) => Promise<unknown>;
    const result = await work(database, task, (progress) => say({ kind: 'progress', progress }));
    return { kind: 'done', result };
  } catch (error) {
    return { kind: 'failed', error: errorToSend(error) };
  }
}

function say(message: FromProcess): void {
  process.send?.(message);
}
