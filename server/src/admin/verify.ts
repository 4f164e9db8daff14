import { describeFinding } from '../audit/findings.ts';
import { readMarks } from '../audit/marks.ts';
import { type AuditVerdict, verify } from '../audit/verify.ts';
import { withAuditBook } from '../store/audit/audit-book.ts';
import type { Db } from '../store/db/db.ts';

/** Checks the audit trail of a database against itself and against the seals outside of it. */
export async function verifyDatabase(db: Db, sealFile: string): Promise<AuditVerdict> {
  const { seals } = await readMarks(sealFile);
  return withAuditBook(db, (book) => verify(book, seals));
}

/** Returns the printed text of a verdict. */
export function formatVerdict({ orders, entries, logged, seals, wrong }: AuditVerdict): string {
  const counts = `${orders} orders, ${entries} entries, ${logged} of the shops’ logs, ${seals} seals`;
  if (wrong === null) return `everything is as written: ${counts}`;
  return `NOT as written: shop ${wrong.shopId}: ${describeFinding(wrong, 'en')}`;
}
