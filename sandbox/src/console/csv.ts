import { brandOf } from '../cards.ts';
import type { FregiGateway } from '../gateway.ts';
import type { CardTransaction } from '../ledger/entities.ts';
import { STATES } from '../ledger/states.ts';
import { formatInstant } from '../time.ts';
import { encodeCp932 } from '../wire/euc.ts';

/** The columns that the real console is known to show (protocol §12); the layout is invented. */
const COLUMNS: readonly (readonly [
  name: string,
  value: (transaction: CardTransaction, gateway: FregiGateway) => string,
])[] = [
  ['取引番号', ({ seqno }) => seqno],
  ['伝票番号', ({ id }) => id],
  ['ステータス', ({ state }) => STATES[state]],
  ['金額', ({ amount }) => String(amount)],
  ['承認日時', ({ authorizedAt }) => formatInstant(authorizedAt)],
  ['売上日時', (found) => momentOf(capturedAt(found))],
  ['取消日時', (found) => momentOf(cancelledAt(found))],
  ['承認番号', ({ authCode }) => authCode],
  ['店舗', ({ shopId }, gateway) => `${shopId} ${gateway.shop(shopId)?.name ?? ''}`],
  ['カード会社', ({ pan }) => brandOf(pan).name],
  ['支払方法', ({ payMode = '00' }) => payMode],
  ['顧客ID', ({ customerId }) => customerId ?? ''],
];

/**
 * The CGIs that take the customer's money; a seeded transaction has taken it from its beginning.
 */
const CAPTURES = ['sale', 'salem', 'salechange'];

function capturedAt({ state, history, authorizedAt }: CardTransaction): number | null {
  if (!/^(captured|refunded)_/.test(state)) return null;
  return history.find(({ what }) => CAPTURES.includes(what))?.at ?? authorizedAt;
}

function cancelledAt({ state, history }: CardTransaction): number | null {
  if (state !== 'voided' && !state.startsWith('refunded_')) return null;
  return history.findLast(({ by }) => by !== 'batch')?.at ?? null;
}

function momentOf(at: number | null): string {
  return at === null ? '' : formatInstant(at);
}

/**
 * Writes a list of transactions as a file for Excel in Japan: CP932, CR LF, every value in quotes.
 */
export function transactionsCsv(
  transactions: readonly CardTransaction[],
  gateway: FregiGateway,
): Buffer {
  const head = COLUMNS.map(([name]) => name);
  const rows = transactions.map((found) => COLUMNS.map(([, value]) => value(found, gateway)));
  return encodeCp932([head, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join(''));
}

/** Quotes a value, with an apostrophe before a text that a spreadsheet would take for a formula. */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
