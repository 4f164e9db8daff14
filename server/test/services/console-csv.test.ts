import { startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import { describe, expect, test } from 'vitest';
import { parseConsoleCsv } from '../../src/csv/console/console-csv.ts';
import { decodeCsv } from '../../src/csv/text/decode.ts';

/** Files from the console, good and edited by hand: each mistake is told with its line. */
const HEAD = '"取引番号","伝票番号","ステータス","金額","承認日時","承認番号","店舗","カード会社"';
const EXPECTED = {
  fregiShopId: '90001',
  from: null,
  to: null,
  exportedAt: startOfJstDate('2026-11-24'),
};

function row(changes: Record<string, string> = {}): string {
  const cells = {
    seqno: '00000000000000000001',
    slip: '100000394011',
    state: '承認済',
    amount: '9115',
    at: '2026/11/08 19:28:26',
    code: 'A1b2C3',
    shop: '90001 花道文具店',
    card: 'VISA',
    ...changes,
  };
  return Object.values(cells)
    .map((cell) => `"${cell}"`)
    .join(',');
}

const file = (...rows: string[]) => [HEAD, ...rows, ''].join('\r\n');
const parse = (text: string, expected = {}) => parseConsoleCsv(text, { ...EXPECTED, ...expected });
const told = (text: string, expected = {}) =>
  parse(text, expected).errors.map(
    ({ line, column, message }) => `${line} ${column ?? '-'}: ${message.en}`,
  );

describe('a file from the console', () => {
  test('a file from the console is read with its states, amounts and times', () => {
    const { observed, errors } = parse(
      file(row(), row({ seqno: '2'.padStart(20, '0'), state: '売上済（未伝送）' })),
    );
    expect(errors).toEqual([]);
    expect(observed[0]).toEqual({
      seqno: '00000000000000000001',
      slipId: '100000394011',
      state: 'authorized',
      amount: 9_115,
      authCode: 'A1b2C3',
      capturedAt: null,
      cancelledAt: null,
      authorizedAt: Date.parse('2026-11-08T10:28:26Z'),
    });
    expect(observed[1]?.state).toBe('captured_untransmitted');
  });

  test('a file edited by hand is read all the same: commas, 全角 digits, a quoted line break', () => {
    const text = file(
      row({ amount: '９，１１５', card: 'VISA\r\nカード' }),
      row({ seqno: '3'.padStart(20, '0'), amount: '¥9,115円', state: '売上取消(伝送済)' }),
    );
    const { observed, errors } = parse(text);
    expect(errors).toEqual([]);
    expect(observed.map(({ amount, state }) => [amount, state])).toEqual([
      [9_115, 'authorized'],
      [9_115, 'refunded_transmitted'],
    ]);
  });

  test.each([
    [
      'of another shop',
      file(row({ shop: '90002 みなと珈琲' })),
      {},
      /^2 店舗: The transaction is another shop/,
    ],
    [
      'of another month',
      file(row()),
      { from: '2026-10-01', to: '2026-10-31' },
      /^2 承認日時: .*outside the chosen period/,
    ],
    ['cut off', `${file(row())}"0000`, {}, /cut off/],
    [
      'cut off between two cells',
      `${file(row())}"00000000000000000002","10000039`.slice(0, -11),
      {},
      /cut off/,
    ],
    [
      'exported before what it tells',
      file(row()),
      { exportedAt: startOfJstDate('2026-11-08') },
      /^2 承認日時: .*later than/,
    ],
    ['with a row twice', file(row(), row()), {}, /^3 取引番号: .*line 2/i],
    [
      'without a column',
      file(row()).replaceAll('"金額",', '').replaceAll('"9115",', ''),
      {},
      /^1 金額: .*missing/,
    ],
    ['with a state that there is not', file(row({ state: '完了' })), {}, /^2 ステータス/],
    [
      'with a number that a spreadsheet has shortened',
      file(row({ seqno: '1E+19' })),
      {},
      /^2 取引番号/,
    ],
    ['with an amount that is none', file(row({ amount: '-100' })), {}, /^2 金額/],
    ['without a row', file(), {}, /no transactions/],
    ['with nothing in it', '', {}, /no transactions/],
  ])('a file %s is refused with cause and line', (_what, text, expected, message) => {
    expect(told(text, expected).join('\n')).toMatch(message);
  });

  test('a file in the wrong charset is refused and not read with holes', () => {
    const utf16 = Buffer.from(`\ufeff${file(row())}`, 'utf16le');
    expect(decodeCsv(utf16, 'auto').kind).toBe('refused');
    const euc = Buffer.from('bcc8b0facad6b9e6', 'hex'); // 取引番号 in EUC-JP is nonsense in CP932
    const decoded = decodeCsv(euc, 'auto');
    expect(decoded.kind === 'refused' || told(decoded.text).join()).not.toBe('');
  });

  test('columns in another order, and unknown ones, do not matter', () => {
    const text =
      '店舗,金額,余分,取引番号,伝票番号,ステータス\r\n90001,9115,x,00000000000000000001,A-1,承認取消\r\n';
    expect(parse(text)).toMatchObject({
      errors: [],
      observed: [{ slipId: 'A-1', state: 'voided' }],
    });
  });
});
