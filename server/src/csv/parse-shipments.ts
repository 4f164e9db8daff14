import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import { hasCardData } from '../fregi/scrub.ts';
import { brokenMessage } from './orders/check-rows.ts';
import { CSV_ROWS_MAX } from './orders/parse-orders.ts';
import { type CsvError, ErrorList } from './text/error-list.ts';
import { SAYS } from './text/messages.ts';
import { type BrokenRow, type CsvRow, readRows, unguardFormula } from './text/rows.ts';
import { DATE, foldCell } from './text/values.ts';

/** A parcel in a carrier's file. */
export type ShipmentRow = {
  readonly line: number;
  readonly orderNumber: string;
  /** The destination's index in the order, from 0. */
  readonly destination: number;
  readonly trackingNumber: string;
  /** Null if the file does not give it. */
  readonly shippedOn: JstDate | null;
  readonly carrier: string | null;
};

export type ParsedShipments = {
  readonly shipments: readonly ShipmentRow[];
  readonly errors: readonly CsvError[];
  readonly rows: number;
};

/**
 * The columns, by the names of futureshop, ヤマトB2 and 佐川e飛伝, in any sequence; all other columns are
 * ignored. Our own labels carry お客様管理番号.
 */
const NAMES = {
  order: ['受注コード', 'お客様管理番号', 'お客様管理ナンバー'],
  destination: ['お届け先番号'],
  tracking: [
    '送り状番号',
    '伝票番号',
    'お問い合せ送り状No.',
    'お問い合せ送り状NO',
    'お問合せ送り状NO',
  ],
  shippedOn: ['発送日', '出荷日', '出荷予定日'],
  carrier: ['配送サービス', '配送会社'],
} as const;
type ShipmentPart = keyof typeof NAMES;
type PartPlaces = ReadonlyMap<ShipmentPart, number>;

/** Reads shipping results. Leaves out rows with any error, and lists the errors. */
export function parseShipmentsCsv(text: string): ParsedShipments {
  const errors = new ErrorList();
  const all = readRows(text);
  const head = all.next().value ?? null;
  const places = readHeader(head, errors);
  const shipments: ShipmentRow[] = [];
  let rows = 0;
  if (places === null) return { shipments, errors: errors.sorted(), rows };
  for (const row of all) {
    rows += 1;
    if (rows > CSV_ROWS_MAX) {
      errors.add(row.line, null, SAYS.tooManyRows(CSV_ROWS_MAX));
      return { shipments: [], errors: errors.sorted(), rows };
    }
    const read = 'broken' in row ? brokenRow(row, errors) : readRow(row, places, errors);
    if (read !== null) shipments.push(read);
  }
  if (rows === 0) errors.add(1, null, SAYS.noShipments());
  return { shipments, errors: errors.sorted(), rows };
}

function brokenRow(row: BrokenRow, errors: ErrorList): null {
  errors.add(row.line, null, brokenMessage(row));
  return null;
}

function readHeader(row: CsvRow | BrokenRow | null, errors: ErrorList): PartPlaces | null {
  if (row === null) errors.add(1, null, SAYS.noShipments());
  else if ('broken' in row) errors.add(row.line, null, brokenMessage(row));
  else {
    const names = row.cells.map(foldCell);
    const places = new Map<ShipmentPart, number>();
    for (const part of Object.keys(NAMES) as ShipmentPart[]) {
      const known = NAMES[part].map(foldCell).find((name) => names.includes(name));
      if (known !== undefined) places.set(part, names.indexOf(known));
    }
    if (!places.has('order')) errors.add(row.line, NAMES.order[0], SAYS.missingColumn());
    if (!places.has('tracking')) errors.add(row.line, NAMES.tracking[0], SAYS.missingColumn());
    if (places.has('order') && places.has('tracking')) return places;
  }
  return null;
}

function readRow(
  { line, cells }: CsvRow,
  places: PartPlaces,
  errors: ErrorList,
): ShipmentRow | null {
  const before = errors.count();
  const wrong = (part: ShipmentPart, message: Parameters<ErrorList['add']>[2]) =>
    errors.add(line, NAMES[part][0], message);
  const cell = (part: ShipmentPart) =>
    foldCell(unguardFormula(cells[places.get(part) ?? -1] ?? ''));
  if (cells.some((text, index) => index !== places.get('tracking') && hasCardData(text))) {
    errors.add(line, null, SAYS.cardNumber());
  }
  // Our own labels carry `100000394011`, or `100000394011-2` for the second destination.
  const [, orderNumber, suffix] = /^(\d{12})(?:-(\d{1,2}))?$/.exec(cell('order')) ?? [];
  if (orderNumber === undefined) {
    wrong('order', cell('order') === '' ? SAYS.blank() : SAYS.notOrderNumber());
  }
  const number = cell('destination') || suffix || '1';
  if (!/^[1-9]\d?$/.test(number)) wrong('destination', SAYS.notQuantity());
  const trackingNumber = cell('tracking');
  if (trackingNumber === '') wrong('tracking', SAYS.blank());
  else if (!/^[\dA-Za-z-]{1,40}$/.test(trackingNumber)) wrong('tracking', SAYS.notTracking());
  const shippedOn = readDay(cell('shippedOn'), (message) => wrong('shippedOn', message));
  const carrier = places.has('carrier') ? cell('carrier').slice(0, 50) : null;
  if (errors.count() > before || orderNumber === undefined) return null;
  const destination = Number(number) - 1;
  return { line, orderNumber, destination, trackingNumber, shippedOn, carrier: carrier || null };
}

/** futureshop and Yamato write 2026/11/24, Sagawa 20261124; a blank gives no day. */
function readDay(
  cell: string,
  wrong: (message: Parameters<ErrorList['add']>[2]) => void,
): JstDate | null {
  if (cell === '') return null;
  const read = DATE.parse(cell.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1/$2/$3'));
  if ('value' in read) return read.value;
  wrong(read.wrong);
  return null;
}
