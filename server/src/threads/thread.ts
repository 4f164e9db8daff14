import { workerData } from 'piscina';
import { createDb, type Db } from '../store/db/db.ts';
import { errorToSend } from './errors.ts';
import { JOBS } from './jobs.ts';
import type { ThreadReply, ThreadTask } from './threads.ts';

/** A thread that does jobs, one at a time: see threads.ts. */
const { databaseUrl }: { readonly databaseUrl: string } = workerData;
/** A statement here imports a whole file or month beside all other work. */
const STATEMENT_MS = 60_000;
const db = createDb(databaseUrl, { max: 2, statementMs: STATEMENT_MS });

/** Carries out a job and returns its result, or its error in a form that can be sent. */
export async function carryOut({ job, task }: ThreadTask): Promise<ThreadReply> {
  // The table gives each job its own kind of task; types hold the caller to it.
  const work = JOBS[job] as (db: Db, task: unknown) => Promise<unknown>;
  try {
    return { kind: 'done', result: await work(db, task) };
  } catch (error) {
    return { kind: 'failed', error: errorToSend(error) };
  }
}
