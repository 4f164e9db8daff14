import { parentPort, workerData } from 'node:worker_threads';
import type { AuditBook } from '../../audit/book.ts';
import { type Verified, verify } from '../../audit/verify.ts';
import { withAuditBook } from '../../store/audit/audit-book.ts';
import { createDb } from '../../store/db/db.ts';
import type { VerifySaid, VerifyTask } from './verifier.ts';

/** The thread that verifies a shop's records: see verifier.ts. */
const { databaseUrl, shopId, marks }: VerifyTask = workerData;
const db = createDb(databaseUrl, { max: 1 });
const verified = await withAuditBook(db, verifyAloud, shopId);
await db.end();
say({ kind: 'verified', verified });

/** Verifies the book, and reports how much of it has been read. */
async function verifyAloud(book: AuditBook): Promise<Verified> {
  const read: { entries: number; head: Verified['head'] } = { entries: 0, head: null };
  async function* histories(shop: string): ReturnType<AuditBook['histories']> {
    for await (const some of book.histories(shop)) {
      yield some;
      for (const history of some) read.entries += history.entries.length;
      say({ kind: 'read', entries: read.entries });
    }
  }
  async function* seals(shop: string): ReturnType<AuditBook['seals']> {
    for await (const some of book.seals(shop)) {
      const last = some.at(-1);
      if (last !== undefined) read.head = { n: last.n, hash: last.hash, at: last.at };
      yield some;
    }
  }
  const verdict = await verify({ ...book, histories, seals }, marks);
  const mark = marks.find((known) => known.shopId === shopId);
  return { verdict, head: read.head, outside: mark ? { n: mark.n, at: mark.at } : null };
}

function say(said: VerifySaid): void {
  parentPort?.postMessage(said);
}
