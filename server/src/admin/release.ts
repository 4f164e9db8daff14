import type { Lack, SafeMode } from '@renkei/core/ports/safe-mode.ts';
import { loadSafeMode, releaseSafeMode } from '../store/audit/safe-mode.ts';
import type { Db } from '../store/db/db.ts';
import { UsageError } from './usage.ts';

/** Prints whether safe mode holds, since when and why. */
export async function printSafeMode(db: Db): Promise<void> {
  const safeMode = await loadSafeMode(db);
  console.log(safeMode === null ? 'There is no safe mode.' : formatSafeMode(safeMode));
}

/**
 * Ends safe mode at a person's word. Throws a UsageError if there is none, or if it is too soon.
 */
export async function release(db: Db, by: string, uncompared: boolean): Promise<void> {
  const safeMode = await loadSafeMode(db);
  if (safeMode === null) throw new UsageError('There is no safe mode to end.');
  if (safeMode.comparedAt === null && !uncompared) {
    throw new UsageError(
      `${formatSafeMode(safeMode)}\n  Let the server finish the comparison, or add --uncompared.`,
    );
  }
  await releaseSafeMode(db, by);
  console.log('Safe mode is over: payments and cancellations go on.');
}

function formatSafeMode({ enteredAt, cause, comparedAt, report }: SafeMode): string {
  const shops = cause.map((lack) => `  shop ${lack.shopId}: the database ${formatLack(lack)}`);
  const compared =
    comparedAt === null
      ? 'Not yet compared with F-REGI.'
      : `Compared at ${iso(comparedAt)}; ${report?.parked ?? 0} operations were parked.`;
  return [`Safe mode since ${iso(enteredAt)}.`, ...shops, compared].join('\n');
}

function formatLack(lack: Lack): string {
  const { kind, n, at } = lack;
  if (kind !== 'forgotten')
    return `${kind === 'behind' ? 'lacks' : 'has another'} seal ${n} of ${iso(at)}`;
  return `does not know of ${SENT[lack.what]} ${lack.id} (${n}), which left at ${iso(at)}`;
}

const SENT = {
  step: 'step of operation',
  mail: 'mail',
  revocation: 'call to revoke payment',
} as const;

function iso(at: number): string {
  return new Date(at).toISOString();
}
