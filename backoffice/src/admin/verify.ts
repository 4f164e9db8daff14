import { Anchor } from '../audit/anchor.ts';
import { type Verdict, verify } from '../audit/verify.ts';
import { withAuditBook } from '../store/audit-book.ts';
import type { Db } from '../store/db.ts';

/** Checks the audit trail of a database against itself and against the seals outside of it. */
export async function verifyDatabase(db: Db, sealFile: string): Promise<Verdict> {
  const { marks } = await Anchor.open(sealFile);
  return withAuditBook(db, (book) => verify(book, marks));
}

/** What is printed of a verdict. */
export function formatVerdict({ orders, entries, seals, wrong }: Verdict): string {
  const counts = `${orders} orders, ${entries} entries, ${seals} seals`;
  return wrong === null ? `all is as it was written: ${counts}` : `NOT as written: ${wrong}`;
}
