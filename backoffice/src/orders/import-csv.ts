import { createHash } from 'node:crypto';
import type { ImportReport } from '../contract/imports.ts';
import { type CsvEncoding, decodeCsv } from '../csv/decode.ts';
import type { CsvError } from '../csv/error-list.ts';
import { type Bilingual, SAYS } from '../csv/messages.ts';
import { parseOrdersCsv } from '../csv/parse-orders.ts';
import type { Locale } from '../domain/reasons.ts';
import type { Actor } from '../operations/operation.ts';
import type { Db } from '../store/db.ts';
import { findTakenSeqnos, importOrders, wasImported } from '../store/imports.ts';
import type { IncomingOrder } from '../domain/place-order.ts';

/** A file of orders, and what is wanted with it. */
export type CsvImport = {
  readonly shopId: string;
  readonly actor: Actor;
  readonly bytes: Uint8Array;
  readonly encoding: CsvEncoding | 'auto';
  /** `check` writes nothing; `all` imports only a file without errors; `valid` what is good. */
  readonly mode: 'check' | 'all' | 'valid';
};

export type CsvImported =
  | { readonly kind: 'read'; readonly report: ImportReport }
  /** Not a text in the encoding, or too large. */
  | { readonly kind: 'unreadable'; readonly message: Bilingual };

type Found = { readonly order: IncomingOrder; readonly line: number };

/** Reads, judges and, if wanted, imports a CSV of orders. The same file twice changes nothing. */
export async function importCsv(db: Db, wanted: CsvImport, locale: Locale): Promise<CsvImported> {
  const { shopId, actor, bytes, mode } = wanted;
  const decoded = decodeCsv(bytes, wanted.encoding);
  if (decoded.kind === 'refused') return { kind: 'unreadable', message: decoded.message };
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const seenBefore = await wasImported(db, shopId, fileHash);
  const parsed = parseOrdersCsv(decoded.text);
  const taken = await findTakenSeqnos(db, shopId, ordersOf(parsed.orders));
  const good = parsed.orders.filter(({ order }) => !taken.has(order.orderNumber));

  const file = { shopId, fileHash, actor };
  const { outcomes, kept } = await importOrders(db, file, ordersOf(good), (judged) => {
    const clean = parsed.errors.length === 0 && taken.size === 0 && !judged.includes('conflict');
    return mode === 'valid' || (mode === 'all' && clean);
  });
  const errors: CsvError[] = [
    ...parsed.errors,
    ...parsed.orders
      .filter(({ order }) => taken.has(order.orderNumber))
      .map(({ line }) => ({ line, column: SEQNO_COLUMN, message: SAYS.transactionTaken() })),
    ...good
      .filter((_, index) => outcomes[index] === 'conflict')
      .map(({ line }) => ({ line, column: null, message: SAYS.orderExists() })),
  ];
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  return {
    kind: 'read',
    report: {
      ...{ fileHash, seenBefore, encoding: decoded.encoding, lines: parsed.rows },
      orders: {
        new: count('placed'),
        unchanged: count('unchanged'),
        invalid: parsed.invalid + taken.size + count('conflict'),
      },
      imported: kept ? count('placed') : 0,
      errors: errors
        .sort((a, b) => a.line - b.line)
        .map(({ line, column, message }) => ({ line, column, message: message[locale] })),
    },
  };
}

const SEQNO_COLUMN = 'F-REGI取引番号';

function ordersOf(found: readonly Found[]): IncomingOrder[] {
  return found.map(({ order }) => order);
}
