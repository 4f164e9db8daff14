import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Db } from '../../store/db/db.ts';
import { readSelectedOrders } from '../../store/lists/export-orders.ts';
import type { Losses } from './losses.ts';
import { type Exported, type ExportPlan, writeExport } from './write-export.ts';

export type ExportMade =
  | {
      readonly kind: 'made';
      readonly bytes: number;
      readonly exported: Exported;
      readonly stream: Readable;
    }
  | { readonly kind: 'refused'; readonly losses: Losses };

/**
 * Makes a file of a selection's orders, whole or not at all. It is first written to the disk under
 * no name, so that a loss in the last row still refuses the file, a slow download holds no
 * transaction, and 100,000 orders take no more memory than 500.
 */
export async function makeExport(
  db: Db,
  shopId: string,
  selectionId: string,
  plan: ExportPlan,
): Promise<ExportMade> {
  const file = await openNameless();
  let bytes = 0;
  try {
    const batches = readSelectedOrders(db, shopId, selectionId);
    const exported = await writeExport(batches, plan, async (chunk) => {
      await file.writeFile(chunk); // writes everything; `write` may stop early
      bytes += chunk.byteLength;
    });
    if (!plan.leavesOut && exported.losses.orders.length > 0) {
      await file.close();
      return { kind: 'refused', losses: exported.losses };
    }
    return { kind: 'made', bytes, exported, stream: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Says what a file would lose, and makes none. */
export async function checkExport(
  db: Db,
  shopId: string,
  selectionId: string,
  plan: ExportPlan,
): Promise<Exported> {
  return writeExport(readSelectedOrders(db, shopId, selectionId), plan, async () => undefined);
}

/**
 * Opens a file that is already removed from its directory: it disappears with the process at the
 * latest.
 */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `renkei-export-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
