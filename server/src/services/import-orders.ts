import { createHash } from 'node:crypto';
import type { ImportReport } from '@renkei/contract/lists/imports.ts';
import { itemsGapOf } from '@renkei/core/domain/order/items-gap.ts';
import {
  amountsOf,
  fieldsFromFuture,
  type IncomingOrder,
  linesOf,
} from '@renkei/core/domain/order/place-order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type ParsedOrders, parseOrdersCsv } from '../csv/orders/parse-orders.ts';
import { columnsOf } from '../csv/orders/schema-issues.ts';
import { COLUMNS } from '../csv/text/columns.ts';
import { type CsvEncoding, decodeCsv } from '../csv/text/decode.ts';
import { type CsvError, errorListOf, tellErrors } from '../csv/text/error-list.ts';
import { type Bilingual, SAYS } from '../csv/text/messages.ts';
import type { Db } from '../store/db/db.ts';
import {
  findTakenSeqnos,
  importOrders,
  judgeOrders,
  wasImported,
} from '../store/orders/imports.ts';
import type { Placed } from '../store/orders/order-place.ts';
import { loadFileAnswers } from '../store/shops/file-answers.ts';

/** A file of orders, with its options. */
export type CsvImport = {
  readonly shopId: string;
  readonly actor: Actor;
  readonly bytes: Uint8Array;
  readonly encoding: CsvEncoding | 'auto';
  /**
   * `check` writes nothing; `all` imports only a file without errors; `valid` imports the good
   * orders.
   */
  readonly mode: 'check' | 'all' | 'valid';
  /** The instant of reading: an order from the future is an error. */
  readonly now: Instant;
  /** The language of error messages. */
  readonly locale: Locale;
};

export type CsvImported =
  | { readonly kind: 'read'; readonly report: ImportReport }
  /** Not a text in the encoding, or too large. */
  | { readonly kind: 'unreadable'; readonly message: Bilingual };

type OrderOnLine = ParsedOrders['orders'][number];
type Complaint = Pick<CsvError, 'column' | 'message'>;

/** The outcomes for the orders of a file, by 受注コード. */
type Judged = {
  /** Well-read orders with contents that Renkei cannot accept. */
  readonly refused: ReadonlyMap<string, readonly Complaint[]>;
  readonly outcomes: ReadonlyMap<string, Placed>;
};

/**
 * Reads, judges and, if wanted, imports a CSV of orders: a job of a process. The same file twice
 * changes nothing. A check compares by reading; it does not write and roll back.
 */
export async function importOrdersCsv(db: Db, wanted: CsvImport): Promise<CsvImported> {
  const { shopId, bytes, locale } = wanted;
  const decoded = decodeCsv(bytes, wanted.encoding);
  if (decoded.kind === 'refused') return { kind: 'unreadable', message: decoded.message };
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const seenBefore = await wasImported(db, shopId, fileHash);
  const { methods } = await loadFileAnswers(db, shopId);
  const parsed = parseOrdersCsv(decoded.text, { methods });
  const refused = await refusedIn(db, wanted, parsed.orders);
  const good = parsed.orders.filter(({ order }) => !refused.has(order.orderNumber));
  const isClean = parsed.errors.length === 0 && refused.size === 0;
  const { placed, kept } = await placeGood(db, { ...wanted, fileHash, isClean }, good);
  const outcomes = outcomesOf(good, placed);
  const count = (kind: Placed['kind']) => placed.filter((one) => one.kind === kind).length;
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
        invalid: parsed.invalid + refused.size + count('conflict'),
      },
      imported: kept ? count('placed') : 0,
      errors: tellErrors(errorsIn(parsed, { refused, outcomes }), locale),
      unknownMethods: [...parsed.unknownMethods].map(([method, orders]) => ({ method, orders })),
      warnings: tellErrors(warningsIn(parsed, good, outcomes), locale),
    },
  };
}

function outcomesOf(good: readonly OrderOnLine[], placed: readonly Placed[]): Judged['outcomes'] {
  return new Map(
    good.flatMap(({ order }, index) => {
      const outcome = placed[index];
      return outcome === undefined ? [] : [[order.orderNumber, outcome] as const];
    }),
  );
}

/** Returns orders with another order's 取引番号 (O1), and orders from the future. */
async function refusedIn(
  db: Db,
  { shopId, now }: CsvImport,
  found: readonly OrderOnLine[],
): Promise<Judged['refused']> {
  const taken = await findTakenSeqnos(db, shopId, ordersOf(found));
  const refused = new Map<string, Complaint[]>();
  for (const { order } of found) {
    const future = columnsOf(fieldsFromFuture(order, now));
    const complaints: Complaint[] = future.map((column) => ({
      column,
      message: SAYS.fromFuture(),
    }));
    if (taken.has(order.orderNumber)) {
      complaints.push({ column: COLUMNS.seqno.name, message: SAYS.transactionTaken() });
    }
    if (complaints.length > 0) refused.set(order.orderNumber, complaints);
  }
  return refused;
}

async function placeGood(
  db: Db,
  { shopId, actor, mode, fileHash, isClean }: CsvImport & { fileHash: string; isClean: boolean },
  good: readonly OrderOnLine[],
): Promise<{ readonly placed: readonly Placed[]; readonly kept: boolean }> {
  const begins = mode === 'valid' || (mode === 'all' && isClean);
  if (!begins) return { placed: await judgeOrders(db, shopId, ordersOf(good)), kept: false };
  const { outcomes, kept } = await importOrders(
    db,
    { shopId, fileHash, actor },
    ordersOf(good),
    (placed) => mode === 'valid' || placed.every(({ kind }) => kind !== 'conflict'),
  );
  return { placed: outcomes, kept };
}

/**
 * Lists the errors in the file and against the shop's stored orders: no more than a person reads.
 */
function errorsIn(parsed: ParsedOrders, { refused, outcomes }: Judged): readonly CsvError[] {
  const errors = errorListOf(parsed.errors);
  for (const { order, line } of parsed.orders) {
    for (const { column, message } of refused.get(order.orderNumber) ?? []) {
      errors.add(line, column, message);
    }
    const outcome = outcomes.get(order.orderNumber);
    if (outcome?.kind === 'conflict') {
      errors.add(line, null, SAYS.orderExists(columnsOf(outcome.differs)));
    }
  }
  return errors.sorted();
}

/** Lists cells of accepted orders to look at, and orders whose products do not add up (O5). */
function warningsIn(
  parsed: ParsedOrders,
  good: readonly OrderOnLine[],
  outcomes: Judged['outcomes'],
): readonly CsvError[] {
  const warnings = errorListOf(parsed.warnings);
  for (const { order, line } of good) {
    if (outcomes.get(order.orderNumber)?.kind !== 'placed') continue;
    const gap = itemsGapOf({ amounts: amountsOf(order.amounts), lines: linesOf(order.details) });
    if (gap !== 0) warnings.add(line, COLUMNS.items.name, SAYS.itemsGap(gap));
  }
  return warnings.sorted();
}

function ordersOf(found: readonly OrderOnLine[]): IncomingOrder[] {
  return found.map(({ order }) => order);
}
