import { createHash } from 'node:crypto';
import type { ConsoleCsvReport } from '@renkei/contract/attention/sightings.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { parseConsoleCsv } from '../csv/console/console-csv.ts';
import { type CsvEncoding, decodeCsv } from '../csv/text/decode.ts';
import { tellErrors } from '../csv/text/error-list.ts';
import type { Bilingual } from '../csv/text/messages.ts';
import { agreeToFile } from '../store/attention/file-agreements.ts';
import { compareWithSeen, recordSighting, wasSeen } from '../store/attention/observations.ts';
import type { Db } from '../store/db/db.ts';
import type { Shop } from '../store/shops/shops.ts';

/** A file from F-REGI's console, with its options. */
export type ConsoleFile = {
  readonly shop: Shop;
  readonly actor: Actor;
  readonly bytes: Uint8Array;
  readonly encoding: CsvEncoding | 'auto';
  readonly name: string;
  readonly exportedAt: Instant;
  readonly from: JstDate | null;
  readonly to: JstDate | null;
  readonly mode: 'check' | 'import';
  /** The language of error messages. */
  readonly locale: Locale;
};

export type ConsoleImported =
  | { readonly kind: 'read'; readonly report: ConsoleCsvReport }
  /** Not a text in the encoding, or too large. */
  | { readonly kind: 'unreadable'; readonly message: Bilingual };

/**
 * Reads and judges a file, and stores its sightings if that is wanted and every row is good: all or
 * nothing. A job of a process. The same file twice changes nothing, but a second person who imports it
 * agrees to it (S6).
 */
export async function importConsoleCsv(db: Db, file: ConsoleFile): Promise<ConsoleImported> {
  const { shop, actor, bytes, mode, exportedAt, from, to, locale } = file;
  const { shopId } = shop;
  const decoded = decodeCsv(bytes, file.encoding);
  if (decoded.kind === 'refused') return { kind: 'unreadable', message: decoded.message };
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const expected = { fregiShopId: shop.fregi.shopId, from, to, exportedAt };
  const { observed, rows, errors } = parseConsoleCsv(decoded.text, expected);
  const transactions = await compareWithSeen(db, shopId, observed, exportedAt);
  const of = {
    source: 'console_csv' as const,
    fileName: file.name,
    fileHash,
    coversFrom: from,
    coversTo: to,
  };
  const wanted = mode === 'import' && errors.length === 0;
  const seenBefore = await wasSeen(db, shopId, fileHash);
  const sighting = { shopId, seenAt: exportedAt, actor, of, observed };
  const imported = wanted && !seenBefore && (await recordSighting(db, sighting));
  const agreed = wanted && seenBefore && (await agreeToFile(db, shopId, fileHash, actor));
  const report: ConsoleCsvReport = {
    fileHash,
    encoding: decoded.encoding,
    rows,
    imported,
    seenBefore,
    agreed,
    transactions,
    errors: tellErrors(errors, locale),
  };
  return { kind: 'read', report };
}
