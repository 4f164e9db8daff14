import { describe, expect, test } from 'vitest';
import { SAYS } from '../../src/csv/text/messages.ts';
import {
  AMOUNT,
  AUTH_CODE,
  CHANNEL_KIND,
  DATE,
  DATE_TIME,
  foldCell,
  ORDER_NUMBER,
  PAID,
  QUANTITY,
  SEQNO,
  SLIP_ID,
  TAX_RATE,
  TYPE,
} from '../../src/csv/text/values.ts';

const kinds = {
  AMOUNT,
  AUTH_CODE,
  CHANNEL_KIND,
  DATE,
  DATE_TIME,
  ORDER_NUMBER,
  PAID,
  QUANTITY,
  SEQNO,
  SLIP_ID,
  TAX_RATE,
  TYPE,
};

describe('a value is read', () => {
  test.each([
    ['AMOUNT', '9115', 9_115],
    ['AMOUNT', '9,115', 9_115],
    ['AMOUNT', '￥９，１１５', 9_115],
    ['AMOUNT', '\\9,115円', 9_115],
    ['AMOUNT', '99999999', 99_999_999],
    ['ORDER_NUMBER', '１０００００３９４０１１', '100000394011'],
    ['SEQNO', '00000000000000002954', '00000000000000002954'],
    ['AUTH_CODE', '012345', '012345'],
    ['SLIP_ID', 'a-1', 'a-1'],
    ['QUANTITY', '1,000', 1_000],
    ['DATE', '2012/11/14', '2012-11-14'],
    ['DATE', '2012-1-4', '2012-01-04'],
    ['DATE', '指定なし', null],
    ['DATE_TIME', '2012/11/08 19:28:26', '2012-11-08T10:28:26.000Z'],
    ['DATE_TIME', '2012/11/08 08:59:59', '2012-11-07T23:59:59.000Z'],
    ['DATE_TIME', '2012/1/8 9:28', '2012-01-08T00:28:00.000Z'],
    ['TAX_RATE', '8%', 8],
    ['TYPE', '定期受注', 'subscription'],
    ['TYPE', 'club', 'club'],
    ['CHANNEL_KIND', 'ｐｃ', 'pc'],
    ['CHANNEL_KIND', '携帯', 'mobile'],
    ['PAID', '未入金', false],
    ['PAID', '1', true],
  ] as const)('the column %s reads %j', (name, cell, value) => {
    expect(kinds[name].parse(foldCell(cell))).toEqual({ value });
  });
});

describe('a wrong value is told what to do', () => {
  test.each([
    ['AMOUNT', '-1', SAYS.negative()],
    ['AMOUNT', '▲1', SAYS.negative()],
    ['AMOUNT', '9115.5', SAYS.fraction()],
    ['AMOUNT', '91,15', SAYS.notAmount()],
    ['AMOUNT', '無料', SAYS.notAmount()],
    ['AMOUNT', '100000000', SAYS.tooMuch()],
    ['ORDER_NUMBER', '10000039401', SAYS.notOrderNumber()],
    ['ORDER_NUMBER', '1.00000E+11', SAYS.spreadsheetNumber()],
    ['SEQNO', '2.954E+19', SAYS.spreadsheetNumber()],
    ['SEQNO', '2954', SAYS.notSeqno()],
    ['AUTH_CODE', '1234567', SAYS.notAuthCode()],
    ['SLIP_ID', 'a_1', SAYS.notSlipId()],
    ['QUANTITY', '0', SAYS.notQuantity()],
    ['QUANTITY', '1.5', SAYS.notQuantity()],
    ['DATE', '2012/02/30', SAYS.notDate()],
    ['DATE', '11/14', SAYS.notDate()],
    ['DATE_TIME', '2012/11/08', SAYS.notDateTime()],
    ['DATE_TIME', '2012/11/08 24:00:00', SAYS.notDateTime()],
    ['DATE_TIME', '2012/13/08 10:00:00', SAYS.notDateTime()],
    ['TAX_RATE', '5', SAYS.notOneOf(['10', '8', '0'])],
    ['CHANNEL_KIND', 'constructor', SAYS.notOneOf(['PC', 'モバイル', 'スマートフォン'])],
    ['PAID', '2', SAYS.notOneOf(['0', '1', '未入金', '入金済'])],
  ] as const)('the column %s refuses %j with a remedy', (name, cell, wrong) => {
    expect(kinds[name].parse(foldCell(cell))).toEqual({ wrong });
  });
});
