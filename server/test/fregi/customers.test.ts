import { expect, test } from 'vitest';
import { readCustomer } from '../../src/fregi/customers.ts';

/** Returns an answer's bytes: ASCII as it is, a sentence in EUC-JP. */
const bytes = (before: string, sentence = '', after = '') =>
  Buffer.concat([Buffer.from(before), Buffer.from(sentence, 'hex'), Buffer.from(after)]);

/** 顧客情報取得時の指定された顧客は存在しません */
const ABSENT =
  'b8dcb5d2bef0caf3bce8c6c0bbfea4cebbd8c4eaa4b5a4eca4bfb8dcb5d2a4cfc2b8badfa4b7a4dea4bba4f3' + '';
/** 顧客情報取得時の顧客番号が指定されていません */
const MISSING =
  'b8dcb5d2bef0caf3bce8c6c0bbfea4ceb8dcb5d2c8d6b9e6a4acbbd8c4eaa4b5a4eca4c6a4a4a4dea4bba4f3' + '';

/** B1: Renkei refuses a 顧客番号 only if F-REGI says explicitly that it has none. */
test.each([
  ['the last four digits', bytes('OK\n1111\n'), 'registered'],
  ['with other line ends', bytes('OK\r\n1111\r\n'), 'registered'],
  ['no such customer', bytes('NG\nC1-1-21(', ABSENT, ')\n'), 'not_registered'],
  ['no such customer, without a code', bytes('NG\n', ABSENT, '\n'), 'not_registered'],
  ['another refusal', bytes('NG\nC1-1-60(', MISSING, ')\n'), 'not_known'],
  ['more than was asked for', bytes('OK\n1111\n02\n27\n'), 'not_known'],
  ['an OK without digits', bytes('OK\n'), 'not_known'],
  ['a page', bytes('<html><body>503</body></html>'), 'not_known'],
  ['bytes that are no EUC-JP', bytes('NG\n', 'ffff'), 'not_known'],
  ['nothing', bytes(''), 'not_known'],
])('B1: the answer is read right: %s', (_what, answer, sighting) => {
  expect(readCustomer(answer)).toBe(sighting);
});
