import type { Books } from '@renkei/core/domain/drift/ownership.ts';
import type { Sighted } from '@renkei/core/domain/drift/sighted.ts';
import type { Drawn } from '@renkei/core/domain/limits/limits.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { RedirectPayment } from '@renkei/core/ports/redirect-payments.ts';
import type { Actor, Step } from '@renkei/core/turns/operation.ts';
import { OPEN_ITEMS_JSON, type StoredItem } from '../attention/attention.ts';
import { SEEN, SIGHTED_JSON } from '../attention/observations.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { gatherOn, readOrError } from '../db/gather.ts';
import { REDIRECT_PAYMENTS_JSON } from '../payments/redirect-payments.ts';
import { SHOP, SHOP_JSON, type Shop } from '../shops/shops.ts';
import { BOOKS_JSON, type BooksRecord, booksOf } from './books.ts';
import { drawnJson } from './draws.ts';
import { STORED_COLUMNS, type StoredOrder, type StoredRecord, storedOf } from './order-view.ts';
import { JOURNAL, type JournalEntry, STEP } from './rows.ts';

/** All stored facts behind an order's page. */
export type OrderFile = {
  readonly stored: StoredOrder;
  readonly journal: readonly JournalEntry[];
  /** Every call to F-REGI ever made for the order, oldest first, with its actor. */
  readonly steps: readonly (Step & { readonly actor: Actor })[];
  /**
   * The newest payment that the customer can still make comes first; see
   * {@link REDIRECT_PAYMENTS_JSON}.
   */
  readonly redirects: readonly RedirectPayment[];
  /** The sightings at F-REGI under the order's slip. */
  readonly sighted: readonly Sighted[];
  /** O1: their owners. */
  readonly books: Books;
  /** The open attention items, the most urgent first. */
  readonly items: readonly StoredItem[];
  /** True if the order has changed since its last comparison: the items are from before. */
  readonly isComparisonDue: boolean;
  readonly shop: Shop;
  /** F59: what the viewer has drawn. */
  readonly drawn: Drawn;
};

type AskedFile = OrderRef & { readonly viewerId: string };

/**
 * Loads the whole file of an order for a viewer in one statement, so that its parts fit together.
 * Files that are asked for at the same moment share the statement.
 */
export function loadOrderFile(
  db: Queryable,
  ref: OrderRef,
  viewerId: string,
): Promise<OrderFile | null> {
  return loadTogether(db, { ...ref, viewerId });
}

const loadTogether = gatherOn(async (db, asked: readonly AskedFile[]) => {
  const values = [
    asked.map(({ shopId }) => shopId),
    asked.map(({ orderNumber }) => orderNumber),
    asked.map(({ viewerId }) => viewerId),
  ];
  const { rows } = await db.query<FileRecord>({ ...SELECT_FILES, values });
  const files: (OrderFile | null | Error)[] = asked.map(() => null);
  for (const row of rows) files[row.at - 1] = readOrError(row, fileOf);
  return files;
});

function fileOf(row: FileRecord): OrderFile {
  return {
    stored: storedOf(row),
    journal: (row.journal ?? []).map((entry) => JOURNAL.read(entry)),
    steps: (row.steps ?? []).map((step) => ({ ...STEP.read(step), actor: step.actor })),
    redirects: row.redirect_payments ?? [],
    sighted: (row.sighted ?? []).map((each) => SEEN.read(each)),
    books: booksOf(row.books),
    items: row.attention ?? [],
    isComparisonDue: row.comparison_due,
    shop: SHOP.read(row.shop),
    drawn: row.drawn,
  };
}

type FileRecord = StoredRecord & {
  /** The place among those asked for, from 1 on. */
  at: number;
  journal: RowOf<JournalEntry>[] | null;
  steps: (RowOf<Step> & { actor: Actor })[] | null;
  redirect_payments: RedirectPayment[] | null;
  sighted: RowOf<Sighted>[] | null;
  books: BooksRecord;
  attention: StoredItem[] | null;
  comparison_due: boolean;
  shop: RowOf<Shop>;
  drawn: Drawn;
};

const SELECT_FILES = {
  name: 'select-order-files',
  text: `
    select asked.at::int, ${STORED_COLUMNS},
      (select jsonb_agg(${JOURNAL.json('entry')} order by version) from (
         select ${JOURNAL.select} from journal j
          where j.shop_id = orders.shop_id and j.order_number = orders.order_number
          order by version limit 2000) as entry) as journal,
      (select jsonb_agg(${STEP.json('s')} order by s.sent_at, s.n) from (
         select s.*, o.actor from operations o
           join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
          where o.shop_id = orders.shop_id and o.order_number = orders.order_number
          order by s.sent_at, s.n limit 2000) as s) as steps,
      ${REDIRECT_PAYMENTS_JSON} as redirect_payments,
      ${SIGHTED_JSON} as sighted,
      ${BOOKS_JSON} as books,
      ${OPEN_ITEMS_JSON} as attention,
      exists (select 1 from touched_orders t where t.shop_id = orders.shop_id
               and t.order_number = orders.order_number) as comparison_due,
      ${SHOP_JSON} as shop,
      ${drawnJson('asked.viewer_id')} as drawn
    from unnest($1::text[], $2::text[], $3::text[])
      with ordinality as asked (shop_id, order_number, viewer_id, at)
    join orders using (shop_id, order_number)`,
};
