import Encoding from 'encoding-japanese';
import { expect, test } from 'vitest';
import { readCustomer } from '../../src/fregi/customers.ts';

const eucJp = (text: string) =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: 'EUCJP' }));
const ABSENT = '顧客情報取得時の指定された顧客は存在しません';

/** B1: a 顧客番号 is refused only where F-REGI says in so many words that it has none. */
test.each([
  ['the last four digits', 'OK\n1111\n', 'registered'],
  ['with other line ends', 'OK\r\n1111\r\n', 'registered'],
  ['no such customer', `NG\nC1-1-21(${ABSENT})\n`, 'not_registered'],
  ['no such customer, without a code', `NG\n${ABSENT}\n`, 'not_registered'],
  ['another refusal', 'NG\nC1-1-60(顧客情報取得時の顧客番号が指定されていません)\n', 'not_known'],
  ['more than was asked for', 'OK\n1111\n02\n27\n', 'not_known'],
  ['an OK without digits', 'OK\n', 'not_known'],
  ['a page', '<html>メンテナンス</html>', 'not_known'],
  ['nothing', '', 'not_known'],
])('B1: %s', (_what, text, sighting) => {
  expect(readCustomer(eucJp(text))).toBe(sighting);
});

test('B1: bytes that are no EUC-JP are no answer', () => {
  expect(readCustomer(Uint8Array.of(0x4f, 0x4b, 0x0a, 0xff, 0xff))).toBe('not_known');
});
