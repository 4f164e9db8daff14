import type { StoredRun } from '@renkei/core/ports/runs.ts';
import { loadRun } from '../../../store/runs/runs.ts';
import { orNotFound } from '../../problems/problems.ts';
import type { Call } from '../../route.ts';

/** Returns the run in the URL. Throws 404 if there is none. */
export async function runOf({ backoffice, shopId, locale }: Call, id: string): Promise<StoredRun> {
  return orNotFound(await loadRun(backoffice.db, shopId, id), locale);
}
