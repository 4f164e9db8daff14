import type { PreviewSettings } from '@renkei/core/domain/commands/preview-command.ts';
import {
  previewRow,
  type RunTerms,
  runCommands,
} from '@renkei/core/domain/commands/run-commands.ts';
import { explain } from '@renkei/core/domain/reasons/index.ts';
import { addDays, type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import {
  foldTrackingNumbers,
  trackingNumbersIn,
} from '@renkei/core/domain/values/tracking-number.ts';
import type { ShipmentRow } from '../csv/parse-shipments.ts';
import type { CsvError } from '../csv/text/error-list.ts';
import { SAYS } from '../csv/text/messages.ts';
import type { SentOrder } from '../store/orders/shipped-orders.ts';
import type { NewRunRow } from '../store/runs/runs.ts';

/** The verdict on a file of shipping results. */
export type JudgedShipments = {
  /** The rows of the run, in the file's sequence. */
  readonly rows: readonly NewRunRow[];
  readonly unchanged: number;
  readonly invalid: number;
  readonly captures: { readonly count: number; readonly yen: number };
  readonly errors: readonly CsvError[];
};

type Judgement =
  | { readonly kind: 'open'; readonly row: NewRunRow; readonly captured: number | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'invalid'; readonly errors: readonly CsvError[] };

/**
 * Judges shipping results order by order, by the same commands that the run will give. Facts stored
 * exactly so are unchanged; different stored facts are never overwritten.
 */
export function judgeShipments(
  shipments: readonly ShipmentRow[],
  orders: ReadonlyMap<string, SentOrder>,
  terms: RunTerms,
  settings: PreviewSettings,
  today: JstDate,
): JudgedShipments {
  const groups = Map.groupBy(shipments, ({ orderNumber }) => orderNumber);
  const judged = [...groups].map(([orderNumber, rows]) =>
    judgeOrder(rows, orders.get(orderNumber), terms, settings, today),
  );
  const open = judged.flatMap((one) => (one.kind === 'open' ? [one] : []));
  const captured = open.flatMap((one) => one.captured ?? []);
  return {
    rows: open.map(({ row }) => row),
    unchanged: judged.filter(({ kind }) => kind === 'unchanged').length,
    invalid: judged.filter(({ kind }) => kind === 'invalid').length,
    captures: { count: captured.length, yen: captured.reduce((sum, yen) => sum + yen, 0) },
    errors: judged.flatMap((one) => (one.kind === 'invalid' ? one.errors : [])),
  };
}

function judgeOrder(
  rows: readonly ShipmentRow[],
  found: SentOrder | undefined,
  terms: RunTerms,
  settings: PreviewSettings,
  today: JstDate,
): Judgement {
  const [first] = rows;
  if (first === undefined) return { kind: 'unchanged' };
  if (found === undefined) return invalid(first, '受注コード', SAYS.noSuchOrder());
  const parcels = [...Map.groupBy(rows, ({ destination }) => destination).values()];
  const sent = parcels.map(shipmentWith);
  const errors = [
    ...parcels.flatMap(differencesIn),
    ...sent.flatMap((shipment) => errorsIn(shipment, found, today)),
  ];
  if (errors.length > 0) return { kind: 'invalid', errors };
  const news = sent.filter(
    ({ destination }) => found.destinations[destination]?.shippedOn === null,
  );
  const { order, open } = found;
  const isPaid = order.paidOn !== null;
  const whole = found.destinations.every(
    ({ shippedOn }, index) =>
      shippedOn !== null || sent.some(({ destination }) => destination === index),
  );
  const pays = terms.plan.kind === 'ship' && terms.plan.andPay && !isPaid && whole;
  if (news.length === 0 && !pays) return { kind: 'unchanged' };

  const shipments = news.map((row) => shipmentOf(row, terms));
  const shippedOn = found.destinations.map((destination) => destination.shippedOn);
  const facts = { order, shippedOn, cancelRequested: false };
  const commands = runCommands(terms, facts, shipments);
  const previewed = previewRow(order, open, commands, settings, today);
  if (previewed.kind === 'refuse') {
    const reason = previewed.because ?? previewed.reason;
    const [ja, en] = [explain(reason, 'ja'), explain(reason, 'en')];
    const says = SAYS.refusedBecause(`${ja.cause}${ja.remedy}`, `${en.cause} ${en.remedy}`);
    return invalid(first, null, says);
  }
  const { orderNumber, version } = order;
  const captured = previewed.kind === 'pursue' ? previewed.amount : null;
  return { kind: 'open', row: { orderNumber, version, shipments }, captured };
}

function shipmentOf(row: ShipmentRow, { plan }: RunTerms) {
  const { destination, trackingNumber, carrier } = row;
  const day = plan.kind === 'ship' ? plan.shippedOn : null;
  const shippedOn = row.shippedOn ?? day;
  if (shippedOn === null) throw new Error('a run that does not ship has shipments');
  return { destination, trackingNumber, shippedOn, ...(carrier === null ? {} : { carrier }) };
}

/** Several rows of one destination are its parcels; a program may write a row for each product. */
function shipmentWith(parcels: readonly ShipmentRow[]): ShipmentRow {
  const [first] = parcels;
  if (first === undefined) throw new Error('a destination without a row');
  const numbers = parcels.map(({ trackingNumber }) => trackingNumber).join(' ');
  return { ...first, trackingNumber: foldTrackingNumbers(numbers) };
}

/** One destination has one day and one carrier. */
function differencesIn([first, ...others]: readonly ShipmentRow[]): CsvError[] {
  return others.flatMap(({ line, shippedOn, carrier }): CsvError[] => {
    const message = SAYS.shipmentDiffers(first?.line ?? line);
    if (shippedOn !== first?.shippedOn) return [{ line, column: '発送日', message }];
    return carrier === first.carrier ? [] : [{ line, column: '配送サービス', message }];
  });
}

/** The most characters of all numbers of one destination. */
const NUMBERS_MAX = 400;
/** The days after which a day of dispatch is rather a slip of the pen. */
const LONG_AGO_DAYS = 366;

function errorsIn(
  { line, destination, trackingNumber, shippedOn }: ShipmentRow,
  { order, destinations }: SentOrder,
  today: JstDate,
): CsvError[] {
  const known = destinations[destination];
  if (known === undefined) {
    const message = SAYS.noSuchDestination(destinations.length);
    return [{ line, column: 'お届け先番号', message }];
  }
  const isOdd =
    shippedOn !== null &&
    (shippedOn < jstDateOf(order.placedAt) || shippedOn < addDays(today, -LONG_AGO_DAYS));
  if (trackingNumber.length > NUMBERS_MAX) {
    return [{ line, column: '送り状番号', message: SAYS.tooLong(NUMBERS_MAX) }];
  }
  if (isOdd) return [{ line, column: '発送日', value: shippedOn, message: SAYS.shippedLongAgo() }];
  const registered = trackingNumbersIn(known.trackingNumber);
  const isKnown = trackingNumbersIn(trackingNumber).every((one) => registered.includes(one));
  if (known.shippedOn === null || isKnown) return [];
  return [{ line, column: '送り状番号', message: SAYS.shippedOtherwise(known.trackingNumber) }];
}

function invalid(
  { line }: ShipmentRow,
  column: string | null,
  message: CsvError['message'],
): Judgement {
  return { kind: 'invalid', errors: [{ line, column, message }] };
}
