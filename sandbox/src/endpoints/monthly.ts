import { judgeAuthorization } from '../cards.ts';
import type { BulkRow, BulkUpload, CardTransaction } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import { formatDay, parseDay } from '../time.ts';
import type { Parameters } from '../wire/form.ts';
import { findCustomer } from './customers.ts';
import { KEY, malformed, readAmount } from './fields.ts';
import {
  type CgiOutcome,
  given,
  newTwenty,
  type Process,
  refuse,
  type Situation,
} from './outcome.ts';

/** Charges of registered customers, one by one and in bulk (protocol §4.7, §4.8). */
const SALEM: Process = { name: '月次売上処理', code: 'S4-1' };
const CSVSALEM: Process = { name: '一括売上処理', code: 'S5-1' };
const DATE = { field: 9, label: '売上日' };
const DATA = { field: 3, label: 'CSVデータ' };
const ROWS_MAX = 10_000;

/** salem: authorizes and captures the registered card. Answers OK, 承認番号, 取引番号. It takes no ID. */
export function salem(parameters: Parameters, situation: Situation): CgiOutcome {
  return charge(parameters, situation, null);
}

/** Charges a customer under a given 伝票番号, or under a new one. */
function charge(parameters: Parameters, situation: Situation, id: string | null): CgiOutcome {
  const { now, by, numbers, shopId } = situation;
  const read = readAmount(parameters, SALEM);
  if ('wrong' in read) return refuse(read.wrong.code, read.wrong.text);
  const saleOn = readSaleDate(given(parameters, 'SALEDATE'), now);
  if (saleOn === null) {
    const { code, text } = malformed(SALEM, DATE);
    return refuse(code, text);
  }
  const customer = findCustomer(parameters, situation, SALEM);
  if ('lines' in customer) return customer;
  const seqno = newTwenty(situation);
  const error = judgeAuthorization(customer.pan, read.amount, 'absent');
  const transaction: CardTransaction = {
    seqno,
    shopId,
    id: id ?? seqno,
    amount: read.amount,
    saleOn,
    customerId: customer.customerId,
    pan: customer.pan,
    authorizedAt: now,
    state: error === null ? 'captured_untransmitted' : 'capture_failed',
    authCode: error === null ? numbers.authCode() : '',
    changedFrom: null,
    history: [{ at: now, what: 'salem', by }],
  };
  const events: LedgerEvent[] = [{ kind: 'opened', transaction }];
  if (error !== null) return { ...refuse(error.code, error.text), events };
  return { lines: ['OK', transaction.authCode, seqno], events };
}

/**
 * csvsalem, by POST only: takes the lines and answers. It carries them out afterwards, and a notice
 * tells the results (protocol §8.3), also of lines that cannot be read.
 */
export function csvsalem(parameters: Parameters, situation: Situation): CgiOutcome {
  const { shopId, numbers, posted } = situation;
  if (!posted) return refuse('S5-1-1', '一括売上処理時の送信方法が正しくありません');
  const data = parameters.get('CSVDATA') ?? '';
  const lines = data.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0) return refuse('S5-1-30', '一括売上処理時のCSVデータが指定されていません');
  const rows = lines.map(readRow);
  if (rows.includes(null) || lines.length > ROWS_MAX) {
    const { code, text } = malformed(CSVSALEM, DATA);
    return refuse(code, text);
  }
  const bulk: BulkUpload = { key: numbers.key(), shopId, rows: rows.filter((row) => row !== null) };
  return { lines: ['OK'], events: [{ kind: 'bulk_accepted', bulk }] };
}

/** Carries a bulk charge out: returns all its events, and the notice of its results. */
export function carryOutBulk({ key, rows }: BulkUpload, situation: Situation): CgiOutcome {
  const events: LedgerEvent[] = [];
  const told = rows.map(({ id, customerId, amount, saleOn }) => {
    const parameters = new Map(
      Object.entries({ CUSTOMERID: customerId, PAY: amount, SALEDATE: saleOn }),
    );
    const outcome =
      id !== '' && !KEY.test(id)
        ? refuse('S5-1-11', '一括売上処理時の伝票番号が正しくありません')
        : charge(parameters, situation, id || null);
    events.push(...outcome.events);
    const [first = '', second = '', seqno = ''] = outcome.lines;
    const result = first === 'OK' ? ['OK', seqno, ''] : ['NG', '', second];
    return [id, customerId, amount, saleOn, ...result].join(',');
  });
  events.push({ kind: 'bulk_finished', key });
  const CSVDATA = told.map((line) => `${line}\r\n`).join('');
  return { lines: ['OK'], events, notices: [{ kind: 'bulk', values: { CSVDATA } }] };
}

/**
 * Reads ID, CUSTOMERID, PAY, SALEDATE; the first and the last may be empty, the last may be left
 * out.
 */
function readRow(line: string): BulkRow | null {
  const cells = line.split(',');
  if (cells.length < 3 || cells.length > 4) return null;
  const [id = '', customerId = '', amount = '', saleOn = ''] = cells;
  return { id, customerId, amount, saleOn };
}

/** Reads 売上日, as 2012/11/08; without one it is the first of the month. Null if it is no day. */
function readSaleDate(text: string | null, now: number): string | null {
  if (text === null) return `${formatDay(now).slice(0, 8)}01`;
  const at = parseDay(text);
  return at === null ? null : formatDay(at);
}
