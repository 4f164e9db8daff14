import type { Mark } from '@renkei/core/ports/marks.ts';
import type { AuditBook } from '../audit/book.ts';
import { type Verified, verify } from '../audit/verify.ts';
import { withAuditBook } from '../store/audit/audit-book.ts';
import type { Db } from '../store/db/db.ts';

export type VerifyTask = { readonly shopId: string; readonly marks: readonly Mark[] };

/**
 * Verifies a shop's records, beside the marks that are kept outside the database: a job of a
 * process. Tells how many entries it has read so far.
 */
export function verifyRecords(
  db: Db,
  { shopId, marks }: VerifyTask,
  onRead: (entries: number) => void,
): Promise<Verified> {
  return withAuditBook(db, (book) => verifyAloud(book, { shopId, marks }, onRead), shopId);
}

async function verifyAloud(
  book: AuditBook,
  { shopId, marks }: VerifyTask,
  onRead: (entries: number) => void,
): Promise<Verified> {
  const read: { entries: number; head: Verified['head'] } = { entries: 0, head: null };
  async function* histories(shop: string): ReturnType<AuditBook['histories']> {
    for await (const some of book.histories(shop)) {
      yield some;
      for (const history of some) read.entries += history.entries.length;
      onRead(read.entries);
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
