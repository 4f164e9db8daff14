import type { ShipmentPart } from '@renkei/contract/lists/shipment-parts.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import {
  areTrackingNumbers,
  foldTrackingNumbers,
} from '@renkei/core/domain/values/tracking-number.ts';
import { kindsOfShipments, type TaughtHeaders } from './shipment-columns.ts';
import { type CsvError, ErrorList, errorListOf } from './text/error-list.ts';
import { SAYS } from './text/messages.ts';
import { createRowReader } from './text/row-reader.ts';
import { readTable, type Sheet, type TableRow } from './text/table.ts';
import { type CellKind, DATE, foldCell, isShortened, textKind } from './text/values.ts';

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
  /** The names of the file's columns, if nobody can tell which are which; otherwise empty. */
  readonly unknownHeader: readonly string[];
};

/**
 * Reads shipping results of a carrier's or a shop's program. Leaves out rows with any error, and
 * lists the errors.
 */
export function parseShipmentsCsv(
  text: string,
  taught: TaughtHeaders = new Map(),
): ParsedShipments {
  const errors = new ErrorList();
  const read = readTable(text, kindsOfShipments(taught), errors);
  if (read.kind === 'refused') {
    const { unknownHeader } = read;
    return { shipments: [], errors: errors.sorted(), rows: 0, unknownHeader };
  }
  const { sheet, rows } = read;
  const shipments = rows.flatMap((row) => {
    const wrong = errorListOf(row.faults);
    const shipment = row.isWhole ? readRow(row, sheet, wrong) : null;
    errors.addAll(wrong);
    return shipment === null ? [] : [shipment];
  });
  return { shipments, errors: errors.sorted(), rows: rows.length, unknownHeader: [] };
}

/** Null if the row has any error. */
function readRow(row: TableRow, sheet: Sheet<ShipmentPart>, errors: ErrorList): ShipmentRow | null {
  const reader = createRowReader(row, sheet, errors);
  const [orderNumber = '', suffix = '1'] = reader.required('order', LABEL_KEY).split('-');
  const destination = reader.optional('destination', DESTINATION, Number(suffix)) - 1;
  const trackingNumber = reader.required('tracking', TRACKING);
  const shippedOn = reader.optional('shippedOn', SHIPPED_ON, null);
  const carrier = foldCell(reader.text('carrier')).slice(0, CARRIER_MAX) || null;
  if (errors.count() > 0) return null;
  return { line: row.line, orderNumber, destination, trackingNumber, shippedOn, carrier };
}

const CARRIER_MAX = 50;

/** Our own labels carry `100000394011`, or `100000394011-2` for the second destination. */
const LABEL_KEY = textKind(/^\d{12}(-[1-9]\d?)?$/, SAYS.notOrderNumber);

/** お届け先番号: counts the destinations of an order from 1. */
const DESTINATION: CellKind<number> = {
  parse(text) {
    return /^[1-9]\d?$/.test(text) ? { value: Number(text) } : { wrong: SAYS.notDestination() };
  },
  standIn: 1,
};

const TRACKING: CellKind<string> = {
  parse(text) {
    if (isShortened(text)) return { wrong: SAYS.spreadsheetNumber() };
    const value = foldTrackingNumbers(text);
    return value !== '' && areTrackingNumbers(value) ? { value } : { wrong: SAYS.notTracking() };
  },
  standIn: '',
};

/** futureshop and Yamato write 2026/11/24, Sagawa 20261124, a spreadsheet 2026/11/24 0:00. */
const SHIPPED_ON: CellKind<JstDate | null> = {
  parse: (text) => DATE.parse(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1/$2/$3')),
  standIn: null,
};
