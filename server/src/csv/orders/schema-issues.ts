import { wordsOfIssue } from '@renkei/contract/issue-words.ts';
import { AMOUNT_PARTS } from '@renkei/core/domain/order/order.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { z } from 'zod';
import { COLUMNS, type ColumnName, FIELDS } from '../text/columns.ts';
import type { ErrorList } from '../text/error-list.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import { columnOf } from './amounts.ts';

/** The lines of the file on which the parts of one order begin. */
type OrderLines = {
  readonly line: number;
  readonly destinations: readonly { readonly line: number; readonly lines: readonly number[] }[];
  /** Returns the text of a cell. */
  readonly cellAt: (line: number, field: ColumnName) => string;
};

/** Lists the issues of the contract's schema, each at its line and column of the file. */
export function listIssues(
  issues: readonly z.core.$ZodIssue[],
  lines: OrderLines,
  errors: ErrorList,
): void {
  for (const issue of issues) {
    const field = fieldAt(issue.path);
    const line = lineAt(issue.path, lines);
    const message = messageOf(issue);
    if (field === undefined) errors.add(line, null, message);
    else errors.add(line, COLUMNS[field].name, message, lines.cellAt(line, field) || undefined);
  }
}

/** Returns the column names of fields given as JSON Pointers. */
export function columnsOf(pointers: readonly string[]): string[] {
  const found = new Set(
    pointers.map((pointer) => {
      const steps = pointer.split('/').filter((step) => !/^\d*$/.test(step));
      return FIELD_AT.get(steps.join('.'));
    }),
  );
  return FIELDS.filter((field) => found.has(field)).map((field) => COLUMNS[field].name);
}

/** Finds the field of a path like details.destinations.1.lines.0.name, without its numbers. */
function fieldAt(path: readonly PropertyKey[]): ColumnName | undefined {
  return FIELD_AT.get(path.filter((step) => typeof step === 'string').join('.'));
}

/** Joined fields report at the first of their columns. */
const FIELD_AT: ReadonlyMap<string, ColumnName> = new Map([
  ...under('', {
    orderNumber: 'orderNumber',
    type: 'type',
    channel: 'channel',
    placedAt: 'placedAt',
    paymentKind: 'paymentKind',
    paymentMethod: 'paymentMethod',
    amounts: 'billed',
  }),
  ...under(
    'amounts.',
    Object.fromEntries(keysOf(AMOUNT_PARTS).map((part) => [part, columnOf(part)])),
  ),
  ...under('details.', { customerMessage: 'customerMessage', memo: 'memo' }),
  ...under('details.customer.', {
    name: 'lastName',
    kana: 'lastKana',
    phone: 'phone',
    postalCode: 'postalCode',
    prefecture: 'prefecture',
    address: 'address1',
    email: 'email',
  }),
  ...under('details.destinations.', {
    name: 'toLastName',
    kana: 'toLastKana',
    phone: 'toPhone',
    postalCode: 'toPostalCode',
    prefecture: 'toPrefecture',
    address: 'toAddress1',
    requestedDate: 'requestedDate',
    requestedTime: 'requestedTime',
    carrier: 'carrier',
    trackingNumber: 'trackingNumber',
    shippedOn: 'shippedOn',
  }),
  ...under('details.destinations.lines.', {
    productCode: 'productCode',
    name: 'productName',
    variation: 'variation',
    quantity: 'quantity',
    unitPrice: 'unitPrice',
    taxRate: 'taxRate',
  }),
  ...under('transaction.', {
    kind: 'seqno',
    seqno: 'seqno',
    authCode: 'authCode',
    amount: 'authorizedAmount',
    slipId: 'slipId',
    authorizedAt: 'authorizedAt',
    authentication: 'authentication',
  }),
]);

function under(
  prefix: string,
  fields: Readonly<Record<string, ColumnName>>,
): [string, ColumnName][] {
  return Object.entries(fields).map(([name, field]) => [prefix + name, field]);
}

function lineAt(path: readonly PropertyKey[], { line, destinations }: OrderLines): number {
  const [destinationAt, lineOfProductAt] = path.filter((step) => typeof step === 'number');
  const destination = destinations[destinationAt ?? -1];
  return destination?.lines[lineOfProductAt ?? -1] ?? destination?.line ?? line;
}

function messageOf(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'custom' && issue.path.at(-1) === 'amounts') return SAYS.tooMuch();
  if (issue.code !== 'too_big') {
    return SAYS.wrong({ ja: wordsOfIssue(issue, 'ja'), en: wordsOfIssue(issue, 'en') });
  }
  const max = Number(issue.maximum);
  if (issue.origin === 'string') return SAYS.tooLong(max);
  return issue.origin === 'array' ? SAYS.tooManyParts(max) : SAYS.tooBig(max);
}
