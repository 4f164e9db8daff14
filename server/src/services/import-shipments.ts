import { createHash, randomUUID } from 'node:crypto';
import type { ShippingImportReport } from '@renkei/contract/lists/imports.ts';
import { isLargeRun } from '@renkei/core/domain/commands/confirmation.ts';
import type { RunTerms } from '@renkei/core/domain/commands/run-commands.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { parseShipmentsCsv } from '../csv/parse-shipments.ts';
import { type CsvEncoding, decodeCsv } from '../csv/text/decode.ts';
import { errorListOf, tellErrors } from '../csv/text/error-list.ts';
import type { Bilingual } from '../csv/text/messages.ts';
import type { Db } from '../store/db/db.ts';
import { loadSentOrders, wasRun } from '../store/orders/shipped-orders.ts';
import { insertRun } from '../store/runs/runs.ts';
import { loadFileAnswers } from '../store/shops/file-answers.ts';
import type { Shop } from '../store/shops/shops.ts';
import { judgeShipments } from './judge-shipments.ts';

/** A file of shipping results, with its options. */
export type ShipmentsImport = {
  readonly shop: Shop;
  readonly actor: Actor;
  readonly bytes: Uint8Array;
  readonly encoding: CsvEncoding | 'auto';
  /** `check` only judges; `all` starts if every row is good; `valid` starts with the good rows. */
  readonly mode: 'check' | 'all' | 'valid';
  readonly terms: RunTerms;
  readonly today: JstDate;
  /** All options of the file, as text: Renkei refuses the same key with other options. */
  readonly choices: string;
  /** The caller's Idempotency-Key, and the typed confirmation; null if absent. */
  readonly key: string | null;
  readonly typed: string | null;
  readonly locale: Locale;
};

export type ShipmentsImported =
  | { readonly kind: 'unreadable'; readonly message: Bilingual }
  /** S2: a large run begins only after a person has typed this. */
  | { readonly kind: 'to_confirm'; readonly confirm: string }
  | { readonly kind: 'key_required' }
  | {
      readonly kind: 'read';
      readonly report: Omit<ShippingImportReport, 'run'>;
      /** The stored run, not yet begun; null if there is none. */
      readonly created: Awaited<ReturnType<typeof insertRun>> | null;
    };

/** Reads and judges a file, and stores the run that it makes: a job of a process. */
export async function importShipments(db: Db, wanted: ShipmentsImport): Promise<ShipmentsImported> {
  const { shop, bytes, mode, terms, today, locale } = wanted;
  const { shopId } = shop;
  const decoded = decodeCsv(bytes, wanted.encoding);
  if (decoded.kind === 'refused') return { kind: 'unreadable', message: decoded.message };
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const seenBefore = await wasRun(db, shopId, fileHash);
  const { columns } = await loadFileAnswers(db, shopId);
  const parsed = parseShipmentsCsv(decoded.text, columns);
  const numbers = [...new Set(parsed.shipments.map(({ orderNumber }) => orderNumber))];
  const orders = await loadSentOrders(db, shopId, numbers);
  const judged = judgeShipments(parsed.shipments, orders, terms, shop, today);
  const errors = errorListOf([...parsed.errors, ...judged.errors]);

  const begins = mode === 'valid' || (mode === 'all' && errors.count() === 0);
  const { rows, unchanged, invalid, captures } = judged;
  const confirm = isLargeRun({ orders: rows.length, yen: captures.yen }, shop.confirm)
    ? String(rows.length)
    : null;
  if (begins && confirm !== null && wanted.typed !== confirm)
    return { kind: 'to_confirm', confirm };
  const { key, actor } = wanted;
  if (begins && rows.length > 0 && key === null) return { kind: 'key_required' };
  const created =
    begins && rows.length > 0 && key !== null
      ? await insertRun(db, {
          shopId,
          id: randomUUID(),
          key,
          inputHash: `${fileHash} ${wanted.choices}`,
          actor,
          ...terms,
          ...(seenBefore ? {} : { fileHash }),
          rows,
        })
      : null;
  const report = {
    fileHash,
    encoding: decoded.encoding,
    lines: parsed.rows,
    orders: { open: rows.length, unchanged, invalid },
    captures,
    seenBefore,
    unknownHeader: [...parsed.unknownHeader],
    errors: tellErrors(errors.sorted(), locale),
  };
  return { kind: 'read', report, created };
}
