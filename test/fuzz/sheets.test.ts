import { expect, test } from 'vitest';
import { isYen } from '../../core/src/domain/values/yen.ts';
import { parseOrdersCsv } from '../../server/src/csv/orders/parse-orders.ts';
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
