import type { FastifyRequest } from 'fastify';
import type { JobResult, Task } from '../jobs/job-processes.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Call } from './route.ts';

type FileJob = Extract<keyof Jobs, `import_${string}`>;

/** Has a process read and judge the file of a request. For routes that declare `file`. */
export function readFile<K extends FileJob>(
  call: Call,
  job: K,
  task: Task<K>,
): Promise<JobResult<K>> {
  const { fileSeat }: FastifyRequest = call.request;
  if (fileSeat === null) throw new Error('a route without `file` reads a file');
  return fileSeat.read(() => call.backoffice.files.run(job, call.shopId, task));
}
