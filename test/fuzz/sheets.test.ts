import { expect, test } from 'vitest';
import { isYen } from '../../core/src/domain/values/yen.ts';
import { parseConsoleCsv } from '../../server/src/csv/console/console-csv.ts';
import { parseOrdersCsv } from '../../server/src/csv/orders/parse-orders.ts';
import { parseShipmentsCsv } from '../../server/src/csv/parse-shipments.ts';
import { decodeCsv } from '../../server/src/csv/text/decode.ts';
import { fileOf, OTHER } from '../kit/sheets.ts';
import { createRandom } from '../sim/random.ts';
import { mutate } from './mutate.ts';

/** Spoils files of orders: no reader throws, and no amount comes in that the file does not hold. */
const ROWS = Number(process.env.FUZZ ?? 20_000) / 5;
const ROWS_OF_A_FILE = 2;

test(`F28: no spoilt row of ${ROWS} makes the reader throw or is wrongly accepted`, {
  timeout: 300_000,
}, () => {
  const random = createRandom(20_261_120);
  const file = new TextEncoder().encode(fileOf([{}, OTHER]));
  const ends = file.indexOf(0x0a) + 1;
  const [head, body] = [file.slice(0, ends), file.slice(ends)];
  let accepted = 0;
  let refused = 0;
  for (let rows = 0; rows < ROWS; rows += ROWS_OF_A_FILE) {
    const spoilt = mutate(body, [body], random);
    const decoded = decodeCsv(Uint8Array.from([...head, ...spoilt]), 'auto');
    if (decoded.kind === 'refused') continue;
    const { orders, errors, invalid } = parseOrdersCsv(decoded.text);
    accepted += orders.length;
    refused += invalid;
    if (invalid > 0 && errors.length === 0) expect.fail('refused, and nothing is said');
    const plain = decoded.text.normalize('NFKC').replaceAll(',', '');
    for (const { order } of orders) {
      const { orderNumber, amounts } = order;
      if (!/^\d{12}$/.test(orderNumber) || !plain.includes(orderNumber)) expect.fail(orderNumber);
      const odd = Object.entries(amounts).find(
        ([, amount = 0]) => !isYen(amount) || !plain.includes(String(amount)),
      );
      if (odd !== undefined) expect.fail(`${odd.join(' ')} stands nowhere`);
    }
  }
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

const SHIPMENTS =
  '受注コード,お届け先番号,送り状番号,発送日\n100000000001,1,451234567890,2026/11/20\n' +
  '100000000002,2,451234567901,2026/11/21\n';
const CONSOLE =
  '取引番号,伝票番号,ステータス,金額,店舗\n00000000000000000001,100000394011,承認済,9115,90001\n';
const EXPECTED = { fregiShopId: '90001', from: null, to: null, exportedAt: Date.UTC(2026, 11, 1) };

test.each<[string, string, (text: string) => { read: readonly string[]; told: number }]>([
  [
    'shipping results',
    SHIPMENTS,
    (text) => {
      const { shipments, errors } = parseShipmentsCsv(text);
      return { read: shipments.map(({ trackingNumber }) => trackingNumber), told: errors.length };
    },
  ],
  [
    'the console’s file',
    CONSOLE,
    (text) => {
      const { observed, errors } = parseConsoleCsv(text, EXPECTED);
      return { read: observed.map(({ seqno }) => seqno), told: errors.length };
    },
  ],
])(
  `no spoilt row of ${ROWS} of %s makes the reader throw, and each number read stands in the file`,
  {
    timeout: 300_000,
  },
  (_what, text, parse) => {
    const random = createRandom(20_261_130);
    const file = new TextEncoder().encode(text);
    let read = 0;
    let told = 0;
    for (let rows = 0; rows < ROWS; rows += ROWS_OF_A_FILE) {
      const decoded = decodeCsv(mutate(file, [file], random), 'auto');
      if (decoded.kind === 'refused') {
        told += 1;
        continue;
      }
      const found = parse(decoded.text);
      read += found.read.length;
      told += found.told;
      const plain = decoded.text.normalize('NFKC');
      const odd = found.read.flatMap((numbers) =>
        numbers.split(' ').filter((number) => !plain.includes(number)),
      );
      if (odd.length > 0) expect.fail(`${odd.join(' ')} stands nowhere`);
    }
    expect(read).toBeGreaterThan(0);
    expect(told).toBeGreaterThan(0);
  },
);
