import type { Mark } from '../../src/audit/anchor.ts';
import type { Head, Seal } from '../../src/audit/chain.ts';
import { type AuditBook, type History, type Verdict, verify } from '../../src/audit/verify.ts';

/** A copy of the book that can be tampered with, over and over. */
export type Copy = {
  readonly shopId: string;
  histories: History[];
  seals: Seal[];
  readonly marks: readonly Mark[];
};

/** Reads one shop of a book into memory. */
export async function copyBook(
  book: AuditBook,
  shopId: string,
  marks: readonly Mark[],
): Promise<Copy> {
  const histories: History[] = [];
  for await (const some of book.histories(shopId)) histories.push(...some);
  const seals: Seal[] = [];
  for await (const some of book.seals(shopId)) seals.push(...some);
  return { shopId, histories, seals, marks };
}

export function verifyCopy({ shopId, histories, seals, marks }: Copy): Promise<Verdict> {
  return verify(
    {
      shopIds: async () => [shopId],
      async *histories() {
        yield histories;
      },
      async *seals() {
        yield seals;
      },
      async findUnknown(_shopId, heads) {
        return heads.find((head) => !isThere(histories, head)) ?? null;
      },
    },
    marks,
  );
}

function isThere(histories: readonly History[], [orderNumber, version, hash]: Head): boolean {
  const history = histories.find((known) => known.orderNumber === orderNumber);
  return history?.entries.find((entry) => entry.version === version)?.hash === hash;
}
