import type { Mark } from '@renkei/core/ports/marks.ts';
import type { AuditBook, History } from '../../src/audit/book.ts';
import {
  type ChainEntry,
  type Head,
  OPERATION_CHAIN,
  type Seal,
  SHOP_LOG,
} from '../../src/audit/chain.ts';
import { type AuditVerdict, verify } from '../../src/audit/verify.ts';

/** A copy of the book for tampering, over and over. */
export type Copy = {
  readonly shopId: string;
  histories: History[];
  logged: ChainEntry[];
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
  const logged: ChainEntry[] = [];
  for await (const some of book.logged(shopId)) logged.push(...some);
  const seals: Seal[] = [];
  for await (const some of book.seals(shopId)) seals.push(...some);
  return { shopId, histories, logged, seals, marks };
}

export function verifyCopy({
  shopId,
  histories,
  logged,
  seals,
  marks,
}: Copy): Promise<AuditVerdict> {
  return verify(
    {
      shopIds: async () => [shopId],
      async *histories() {
        yield histories;
      },
      async *logged() {
        yield logged;
      },
      async *seals() {
        yield seals;
      },
      async findUnknown(_shopId, heads) {
        return heads.find((head) => !isThere(histories, logged, head)) ?? null;
      },
      // The copy holds no rows of other tables: records.test.ts tampers with the tables themselves.
      findRecordDiffering: async () => null,
      findOtherActor: async () => null,
    },
    marks,
  );
}

function isThere(
  histories: readonly History[],
  logged: readonly ChainEntry[],
  [chain, n, hash]: Head,
): boolean {
  if (chain.startsWith(OPERATION_CHAIN)) return true;
  const entries =
    chain === SHOP_LOG ? logged : histories.find((known) => known.orderNumber === chain)?.entries;
  return entries?.[n - 1]?.hash === hash;
}
