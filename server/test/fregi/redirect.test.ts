import { describe, expect, test } from 'vitest';
import { decodeRedirect } from '../../src/fregi/redirect.ts';

const NUMBER = '00000000000000002596';
const SEQNO = '00000000000000002954';
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => decodeRedirect(bytes(text), NUMBER);

describe("F-REGI's answer about a redirect payment", () => {
  test.each([
    ['1', 'issued'],
    ['2', 'revoked'],
    ['3', 'started'],
    ['4', 'completed'],
    ['5', 'interrupted'],
    ['6', 'cancelled'],
    ['7', 'expired'],
  ])('L2: status %s is %s', (digit, status) => {
    const found = read(`OK\n${NUMBER}\n999-110101-003\n${digit}\n\n\n\n`);
    expect(found).toEqual({ kind: 'seen', status, payType: null, seqno: null });
  });

  test('L2: the answer tells the way of the payment, and its transaction', () => {
    expect(read(`OK\r\n${NUMBER}\r\n100\r\n4\r\n21\r\n${SEQNO}\r\n\r\n`)).toEqual({
      kind: 'seen',
      status: 'completed',
      payType: '21',
      seqno: SEQNO,
    });
  });

  test('L2: F-REGI knows no such payment', () => {
    expect(read('NG\nCSI1-1-121\nno such payment\n')).toEqual({
      kind: 'refused',
      code: 'CSI1-1-121',
      text: 'no such payment',
    });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<html><body>メンテナンス</body></html>'],
    ['another payment', `OK\n${SEQNO}\n100\n4\n21\n${SEQNO}\n\n`],
    ['a status that there is not', `OK\n${NUMBER}\n100\n8\n\n\n\n`],
    ['an OK that breaks off', `OK\n${NUMBER}\n`],
    ['a number that is none', `OK\n${NUMBER}\n100\n4\n21\n12\n\n`],
    ['an NG without a reason', 'NG\n'],
  ])('M2, L2: %s is no answer', (_what, text) => {
    expect(read(text)).toMatchObject({ kind: 'unknown' });
  });
});
