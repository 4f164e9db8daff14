/**
 * The sandbox's behaviours, endpoint by endpoint: how sure it is that F-REGI does the same, and the
 * test that holds each. The table of docs/sandbox-fidelity.md is made of this; a test finds every
 * test named here.
 */
export type Behaviour = {
  readonly endpoint: string;
  readonly behaviour: string;
  readonly mark: Mark;
  /** A file of sandbox/test, and a part of a title in it. */
  readonly test: readonly [file: string, title: string];
};
export type Mark = 'confirmed' | 'inferred' | 'invented';

type Row = readonly [behaviour: string, mark: Mark, file: string, title: string];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'all CGIs': [
    [
      'GET and POST of a form, under `/connect/` and `/connecttest/`',
      'confirmed',
      'wire',
      'by GET and by POST under',
    ],
    ['multipart is refused', 'confirmed', 'wire', 'of many parts is refused'],
    [
      'the request in EUC-JP, Shift_JIS or UTF-8, named or found out',
      'confirmed',
      'wire',
      'charsets of a request',
    ],
    ['the answer in EUC-JP, HTTP 200 for NG too', 'confirmed', 'wire', 'an NG is HTTP 200, EUC-JP'],
    ['unknown parameters are ignored', 'inferred', 'wire', 'a CGI ignores parameters'],
    [
      'the first of a repeated name counts',
      'invented',
      'parameters',
      'the first of a repeated name',
    ],
    [
      'an unknown shop or address is HTTP 403',
      'invented',
      'wire',
      'a call from an address that the shop has not named is refused',
    ],
    [
      "another shop's transaction does not exist",
      'inferred',
      'wire',
      "another shop's transaction does not exist",
    ],
    [
      'a thousand captures of one transaction capture once',
      'inferred',
      'fuzz',
      'captures of one transaction at once are one capture',
    ],
    [
      'every answer to any request is in the grammar',
      'confirmed',
      'fuzz',
      'the sandbox does not crash, answers in the grammar',
    ],
    [
      'an answer is on disk first: a kill loses no answered deed',
      'invented',
      'crash',
      'killed after %d ms of traffic',
    ],
  ],
  'authm.cgi': [
    [
      '承認番号, then 取引番号, then a line for extras',
      'confirmed',
      'authm',
      '承認番号, then 取引番号',
    ],
    [
      'card by number, token, or 顧客番号 alone',
      'confirmed',
      'customers',
      'then CUSTOMERID alone names the card',
    ],
    ['2 to 9,999,999 yen', 'inferred', 'wire', 'amounts'],
    ['the allowed values of every other parameter', 'confirmed', 'parameters', 'authm takes'],
    ['the codes of the refusals', 'invented', 'parameters', 'authm refuses %s'],
    [
      'a declined card is 承認失敗, a wrong parameter leaves nothing',
      'inferred',
      'authm',
      'the refusal is recorded',
    ],
    [
      'security code 111 is good, 123 is declined',
      'confirmed',
      'authm',
      'security code 111 is approved',
    ],
    ['SALETOGETHER=1 captures at once', 'confirmed', 'authm', 'SALETOGETHER captures at once'],
    [
      'MONTHLY=1 registers, if approved',
      'confirmed',
      'customers',
      'a declined card registers nobody',
    ],
    ['REQUIRECOM, REQUIREAREA, REQUIRELID tell more', 'confirmed', 'parameters', 'the extras %o'],
    ['the values of the extras, parted by commas', 'invented', 'parameters', 'the extras %o'],
    [
      'a second brand with limits of its own',
      'invented',
      'parameters',
      'approves up to its own limit',
    ],
    [
      'OUTPUT and HTML for 3-D Secure; STATUS, AUTHCODE, SEQNO afterwards',
      'confirmed',
      'payment-page',
      'nothing is authorized until the challenge is passed',
    ],
    [
      'the challenge page, and a quarter of an hour for it',
      'invented',
      'payment-page',
      'a challenge ends after a quarter of an hour',
    ],
  ],
  'auth.cgi': [
    [
      '承認番号 and 取引番号, nothing after them',
      'confirmed',
      'parameters',
      'and nothing after them',
    ],
    ['PAYMODE 10, 61 with PAYACOUNT, 80', 'confirmed', 'parameters', 'the way to pay %o as %s'],
  ],
  'sale.cgi': [
    ['the whole approved amount; 取引番号', 'confirmed', 'operations', 'in %s, %s.cgi leads to %s'],
    [
      '売上受付済み, 承認取消済み, past the deadline: the sentences',
      'confirmed',
      'bytes',
      'the sandbox gives the confirmed sentence with its confirmed code and bytes',
    ],
    [
      'AUTHCODE is ignored, or compared if the shop requires it',
      'invented',
      'parameters',
      'a shop can have AUTHCODE compared at sale',
    ],
    [
      'a failed capture is 売上失敗',
      'inferred',
      'parameters',
      'card …1154 is expired, card …1198 fails when it is captured',
    ],
  ],
  'authcancel.cgi': [['CANCELSEQNO; OK alone', 'confirmed', 'bytes', 'authcancel: 承認取消']],
  'salecancel.cgi': [
    ['CANCELSEQNO; the whole capture', 'confirmed', 'bytes', 'salecancel: 売上取消'],
    [
      'answers the given number, or one of its own',
      'invented',
      'parameters',
      'a shop can have salecancel answer a number of its own',
    ],
  ],
  'authchange.cgi': [
    [
      'a new transaction, the old one cancelled: **new 取引番号, then new 承認番号**',
      'confirmed',
      'bytes',
      'authchange: 取引番号 before 承認番号',
    ],
    [
      'a refused change leaves the old one',
      'inferred',
      'parameters',
      'a decline leaves the old transaction %s',
    ],
    ['CANCELFIRST=1 only if the shop has it', 'confirmed', 'parameters', 'CANCELFIRST is refused'],
    [
      'with it, a decline leaves nothing',
      'inferred',
      'parameters',
      'a decline leaves the old transaction %s',
    ],
    ['the deadline begins anew', 'inferred', 'operations', 'the capture deadline'],
  ],
  'salechange.cgi': [
    [
      'as authchange, of a capture; the old one is 売上取消（未伝送）',
      'inferred',
      'operations',
      'in %s, %s.cgi leads to %s',
    ],
  ],
  'salem.cgi': [
    [
      'a registered customer is charged: 承認番号, 取引番号',
      'confirmed',
      'monthly',
      'authorizes and captures',
    ],
    [
      'SALEDATE, the first of the month if left out',
      'confirmed',
      'monthly',
      'without SALEDATE the sale date is the first',
    ],
    ['a decline is 売上失敗', 'inferred', 'monthly', 'a decline is 売上失敗'],
  ],
  'csvsalem.cgi': [
    ['POST only; OK means taken', 'confirmed', 'monthly', 'by POST only'],
    ['a notice tells the results', 'confirmed', 'monthly', 'takes the lines, carries them out'],
    [
      'lines accepted before a kill are carried out once after it',
      'invented',
      'crash',
      'a bulk charge that was accepted before the kill',
    ],
  ],
  'customerinfo.cgi': [
    [
      'last four digits; month and year with GETEXPIRE=1',
      'confirmed',
      'customers',
      'customerinfo tells the last four digits',
    ],
  ],
  'leavecustomer.cgi': [
    ['forgets the customer', 'confirmed', 'customers', 'leavecustomer forgets'],
  ],
  'compsettleapply.cgi': [
    [
      '発行番号; the 伝票番号 comes once',
      'confirmed',
      'redirect',
      'a 伝票番号 comes once in a shop',
    ],
    ['NG, code and message in three lines', 'confirmed', 'redirect', 'refuses %s in three lines'],
    ['lengths, terms, amounts by way to pay', 'confirmed', 'redirect', 'refuses %s in three lines'],
    ['CSA1-1-107, to the letter', 'confirmed', 'redirect', 'CSA1-1-107 has the confirmed sentence'],
  ],
  'compsettlecancel.cgi': [
    ['only an issued or begun payment', 'confirmed', 'redirect', 'a cancelled issue is 2'],
  ],
  'compsettlechange.cgi': [
    [
      'amount, term, ways; nothing changed is an error, and an error changes nothing',
      'confirmed',
      'redirect',
      'a change to %s is refused, and leaves the issue as it was',
    ],
    [
      'an expired issue can be changed to last longer',
      'invented',
      'redirect',
      'an expired issue can be changed',
    ],
  ],
  'compsettleinfo.cgi': [
    [
      'by ID or SETTLENO, and ID wins; details with GETDETAIL=1',
      'confirmed',
      'redirect',
      'by number and by ID, and ID wins',
    ],
    ['status 1 to 7', 'confirmed', 'redirect', 'expires at the end of the day in Japan'],
    [
      '6 once the payment is cancelled',
      'inferred',
      'payment-page',
      'a payment by card completes the issue',
    ],
  ],
  'convorder.cgi': [
    [
      '払込票番号, 取引番号, address; 300 to 299,999 yen; terms',
      'confirmed',
      'redirect',
      'answers 払込票番号',
    ],
    ['paying it is a press', 'invented', 'redirect', 'answers 払込票番号'],
  ],
  'token script': [
    [
      'FRToken.getToken by function or by name; result and cardobject',
      'confirmed',
      'browser',
      'gets its token by the callback %s',
    ],
    [
      'a function that is not global fails',
      'confirmed',
      'browser',
      'fails with a callback that is no global function',
    ],
    ['result codes', 'confirmed', 'payment-page', '%s for %o'],
    ['good once, for a limited time', 'confirmed', 'customers', 'is good once'],
    ['twenty minutes', 'invented', 'customers', 'expires after twenty minutes'],
  ],
  'payment page': [
    [
      'checksums, by the documented vectors',
      'confirmed',
      'payment-page',
      'checksums: the documented vectors',
    ],
    [
      'back to the shop with STATUS, SETTLENO, ID, AUTHCODE, SEQNO, FREE, UA, CHECKSUM',
      'confirmed',
      'payment-page',
      'goes back with a checksum',
    ],
    [
      'too many refusals in a row break it off',
      'confirmed',
      'payment-page',
      'three refusals in a row break a payment off',
    ],
    ['… after three', 'invented', 'payment-page', 'three refusals in a row break a payment off'],
    ['CANCEL by the customer', 'confirmed', 'payment-page', 'the customer goes back'],
    [
      'a way to pay that is not a card pays by a press',
      'invented',
      'payment-page',
      'a payment at a store',
    ],
    [
      'the card registration page',
      'inferred',
      'payment-page',
      'the registration page takes another card',
    ],
  ],
  notices: [
    [
      '承認結果通知, 決済完了通知, 一括売上結果通知, with their parameters',
      'confirmed',
      'notices',
      'tells of an approval',
    ],
    ['again after 5 and 55 minutes, then a mail', 'confirmed', 'notices', 'after 5 and 55 minutes'],
    ['POST in EUC-JP', 'inferred', 'notices', 'tells of a decline in EUC-JP'],
    ['処理メール without QUIET=1; kept, not sent', 'confirmed', 'notices', 'unless QUIET=1'],
    [
      'none for captures and the console',
      'confirmed',
      'notices',
      'a wrong parameter, a capture and the console send no notice',
    ],
  ],
  transmission: [
    ['未伝送 becomes 伝送済 in a batch', 'confirmed', 'transmission', 'by hand'],
    ['once a day at a set time', 'inferred', 'transmission', 'daily'],
  ],
  console: [
    [
      '売上請求, 承認取消, 売上取消, 金額変更, as over the wire',
      'confirmed',
      'console',
      'does what the API does',
    ],
    [
      'search, CSV, monthly charges, error codes',
      'inferred',
      'console-functions',
      'is CP932 with CR LF',
    ],
    [
      'sign-in per shop',
      'inferred',
      'console-functions',
      'a signed-in shop sees and touches only its own transactions',
    ],
    ['its look, addresses and keys', 'invented', 'browser', 'by keyboard alone'],
  ],
};

export const BEHAVIOURS: readonly Behaviour[] = Object.entries(ROWS).flatMap(([endpoint, rows]) =>
  rows.map(([behaviour, mark, file, title]) => ({
    endpoint,
    behaviour,
    mark,
    test: [`${file}.test.ts`, title],
  })),
);
