import { createHash } from 'node:crypto';
import type { ImportReport } from '@renkei/contract/lists/imports.ts';
import type { IncomingOrder } from '@renkei/core/domain/place-order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type ParsedOrders, parseOrdersCsv } from '../csv/orders/parse-orders.ts';
import { columnsOf } from '../csv/orders/schema-issues.ts';
import { type CsvEncoding, decodeCsv } from '../csv/text/decode.ts';
import { type CsvError, errorListOf } from '../csv/text/error-list.ts';
import { type Bilingual, SAYS } from '../csv/text/messages.ts';
import type { Db } from '../store/db/db.ts';
import {
  findTakenSeqnos,
  importOrders,
  judgeOrders,
  wasImported,
} from '../store/orders/imports.ts';
import type { Placed } from '../store/orders/order-place.ts';

/** A file of orders, and what is wanted with it. */
export type CsvImport = {
  readonly shopId: string;
  readonly actor: Actor;
  readonly bytes: Uint8Array;
  readonly encoding: CsvEncoding | 'auto';
  /** `check` writes nothing; `all` imports only a file without errors; `valid` what is good. */
  readonly mode: 'check' | 'all' | 'valid';
  /** Of what is said of errors. */
  readonly locale: Locale;
};

export type CsvImported =
  | { readonly kind: 'read'; readonly report: ImportReport }
  /** Not a text in the encoding, or too large. */
  | { readonly kind: 'unreadable'; readonly message: Bilingual };

type Found = { readonly order: IncomingOrder; readonly line: number };

/**
 * Reads, judges and, if wanted, imports a CSV of orders: a job of a thread. The same file twice
 * changes nothing. What is only judged is not written and rolled back, but compared by reading.
 */
export async function importOrdersCsv(db: Db, wanted: CsvImport): Promise<CsvImported> {
  const { shopId, actor, bytes, mode, locale } = wanted;
  const decoded = decodeCsv(bytes, wanted.encoding);
  if (decoded.kind === 'refused') return { kind: 'unreadable', message: decoded.message };
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const seenBefore = await wasImported(db, shopId, fileHash);
  const parsed = parseOrdersCsv(decoded.text);
  const taken = await findTakenSeqnos(db, shopId, ordersOf(parsed.orders));
  const good = parsed.orders.filter(({ order }) => !taken.has(order.orderNumber));

  const isClean = parsed.errors.length === 0 && taken.size === 0;
  const begins = mode === 'valid' || (mode === 'all' && isClean);
  const { outcomes, kept } = begins
    ? await importOrders(
        db,
        { shopId, fileHash, actor },
        ordersOf(good),
        (placed) => mode === 'valid' || placed.every(({ kind }) => kind !== 'conflict'),
      )
    : { outcomes: await judgeOrders(db, shopId, ordersOf(good)), kept: false };
  const errors = errorsIn(parsed, taken, outcomes);
  const count = (kind: Placed['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    kind: 'read',
    report: {
      fileHash,
      seenBefore,
      encoding: decoded.encoding,
      lines: parsed.rows,
      orders: {
        new: count('placed'),
        unchanged: count('unchanged'),
        invalid: parsed.invalid + taken.size + count('conflict'),
      },
      imported: kept ? count('placed') : 0,
      errors: errors.map(({ line, column, message }) => ({
        line,
        column,
        message: message[locale],
      })),
    },
  };
}

/** What is wrong in the file, and with what the shop has already: no more than a person reads. */
function errorsIn(
  parsed: ParsedOrders,
  taken: ReadonlySet<string>,
  outcomes: readonly Placed[],
): readonly CsvError[] {
  const errors = errorListOf(parsed.errors);
  let index = 0;
  for (const { order, line } of parsed.orders) {
    if (taken.has(order.orderNumber)) {
      errors.add(line, SEQNO_COLUMN, SAYS.transactionTaken());
      continue;
    }
    const outcome = outcomes[index];
    index += 1;
    if (outcome?.kind === 'conflict') {
      errors.add(line, null, SAYS.orderExists(columnsOf(outcome.differs)));
    }
  }
  return errors.sorted();
}

const SEQNO_COLUMN = 'F-REGI取引番号';

function ordersOf(found: readonly Found[]): IncomingOrder[] {
  return found.map(({ order }) => order);
}
