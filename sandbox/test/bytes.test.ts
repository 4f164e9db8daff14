import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import type { LedgerState } from '../src/ledger/states.ts';
import { parseParameters } from '../src/wire/form.ts';
import {
  api,
  ask,
  bytesOf,
  CARD,
  cardEnding,
  DAY_MS,
  post,
  SEQNO,
  seed,
  setFaults,
  start,
} from './support.ts';

/**
 * The sandbox's answers must equal the shared fixtures byte for byte. A client is tested with the
 * same fixtures: the protocol is written twice, and meets here.
 */
type Fixture = { readonly name: string; readonly text: string; readonly hex: string };
const FIXTURES: readonly Fixture[] = JSON.parse(
  readFileSync(new URL('../../test/fixtures/wire/answers.json', import.meta.url), 'utf8'),
);

/** Answers that a client must understand, and that the sandbox never gives. */
const NOT_SAID = [
  'authm: 承認番号 of letters',
  'sale: \\r\\n',
  'sale: no line end at the end',
  'sale: a sentence without a code',
  'authm: 3-D Secure',
];

/** The way to get the answer from the sandbox: the state of the transaction, and the request. */
type Scene = readonly [state: LedgerState | null, cgi: string, parameters: Record<string, string>];
const ID = { SEQNO, CANCELSEQNO: SEQNO };
const SCENES: Record<string, Scene> = {
  'authm: 承認': [null, 'authm.cgi', { ...CARD, PAY: '5000' }],
  'sale: 売上処理': ['authorized', 'sale.cgi', ID],
  'sale: 売上受付済み': ['captured_transmitted', 'sale.cgi', ID],
  'sale: 承認取消済み': ['voided', 'sale.cgi', ID],
  'sale: 期限超過 (confirmed)': ['authorized', 'sale.cgi', { ...ID, AFTER: '61' }],
  'authcancel: 承認取消': ['authorized', 'authcancel.cgi', ID],
  'authcancel: 承認取消済み': ['voided', 'authcancel.cgi', ID],
  'salecancel: 売上取消': ['captured_untransmitted', 'salecancel.cgi', ID],
  'salecancel: 売上処理されていません': ['authorized', 'salecancel.cgi', ID],
  'authchange: 取引番号 before 承認番号': ['authorized', 'authchange.cgi', { ...ID, PAY: '6000' }],
  'authchange: 利用枠': ['authorized', 'authchange.cgi', { ...ID, PAY: '6000', CARD: '1156' }],
  'authchange: too large': ['authorized', 'authchange.cgi', { ...ID, PAY: '10000000' }],
  'network: offline says nothing': ['authorized', 'sale.cgi', { ...ID, FAULT: 'JCN-G95' }],
  'authm: extras': [null, 'authm.cgi', { ...CARD, PAY: '5000', REQUIRECOM: '1' }],
  'authm: 利用枠': [null, 'authm.cgi', { ...cardEnding('1155'), PAY: '5000' }],
  'authm: security code': [null, 'authm.cgi', { ...CARD, PAY: '5000', SCODE: '123' }],
  'authm: token used before': [null, 'authm.cgi', { PAY: '5000', TOKEN: 'used' }],
  'authm: token expired': [null, 'authm.cgi', { PAY: '5000', TOKEN: 'new', AFTER: '1' }],
  'authm: card expired': [null, 'authm.cgi', { ...CARD, PAY: '5000', CARDEXPIRY2: '20' }],
  'sale: 売上取消済み': ['refunded_untransmitted', 'sale.cgi', ID],
  'sale: nobody has it': [null, 'sale.cgi', ID],
  'sale: 承認失敗': ['authorization_failed', 'sale.cgi', ID],
  'sale: 売上失敗': ['authorized', 'sale.cgi', { CARD: '1198' }],
  'authcancel: 売上受付済み': ['captured_untransmitted', 'authcancel.cgi', ID],
  'authcancel: 売上取消済み': ['refunded_transmitted', 'authcancel.cgi', ID],
  'salecancel: 売上取消済み': ['refunded_transmitted', 'salecancel.cgi', ID],
  'salecancel: nobody has it': [null, 'salecancel.cgi', ID],
  'authchange: 売上受付済み': ['captured_transmitted', 'authchange.cgi', ID],
  'authchange: 承認取消済み': ['voided', 'authchange.cgi', ID],
  'authchange: 期限超過': ['authorized', 'authchange.cgi', { ...ID, PAY: '6000', AFTER: '61' }],
  'authchange: too small': ['authorized', 'authchange.cgi', { ...ID, PAY: '1' }],
  'salechange: 取引番号 before 承認番号': [
    'captured_transmitted',
    'salechange.cgi',
    { ...ID, PAY: '6000' },
  ],
  'salechange: 利用枠': [
    'captured_untransmitted',
    'salechange.cgi',
    { ...ID, PAY: '6000', CARD: '1156', CAPTURED: '1' },
  ],
  'salechange: too large (confirmed)': [
    'captured_untransmitted',
    'salechange.cgi',
    { ...ID, PAY: '10000000' },
  ],
  'salechange: 売上処理されていません': ['authorized', 'salechange.cgi', { ...ID, PAY: '6000' }],
  'salechange: 売上取消済み': ['refunded_transmitted', 'salechange.cgi', { ...ID, PAY: '6000' }],
};

async function play(sandbox: Sandbox, [state, cgi, scene]: Scene): Promise<Buffer> {
  const { AFTER, CAPTURED, CARD: last, FAULT, ...parameters } = scene;
  if (last !== undefined) {
    const card = { ...cardEnding(last), PAY: '5000' };
    const [, , seqno = ''] = await ask(sandbox, 'authm.cgi', card);
    parameters.SEQNO = seqno;
    if (CAPTURED !== undefined) await ask(sandbox, 'sale.cgi', { SEQNO: seqno });
  } else if (state !== null) {
    await seed(sandbox, state);
  }
  if (parameters.TOKEN === 'new') {
    const { body } = await api(sandbox, 'POST', 'tokens', { pan: '4980111111111111' });
    parameters.TOKEN = String(body.token);
  }
  if (AFTER !== undefined) await sandbox.gateway.moveClock(Number(AFTER) * DAY_MS);
  if (FAULT !== undefined) {
    const text = 'カード会社がオンライン停止中です';
    await setFaults(sandbox, [{ kind: 'decline', code: FAULT, text }]);
  }
  return bytesOf(await post(`${sandbox.url}/connect/${cgi}`, parameters));
}

/** Returns the fixture with the numbers of this answer, which are new each time. */
function withNumbersOf(fixture: Fixture, answer: Buffer): string {
  const theirs = fixture.text.split('\n');
  const ours = answer.toString('latin1').split('\n');
  let hex = fixture.hex;
  for (const [index, line] of theirs.entries()) {
    const seqno = /^\d{20}$/.test(line) && /^\d{20}$/.test(ours[index] ?? '');
    const authCode = /^\w{6}$/.test(line) && /^\w{6}$/.test(ours[index] ?? '');
    if (seqno || authCode) hex = hex.replace(hexOf(line), hexOf(ours[index] ?? ''));
  }
  return hex;
}

function hexOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

describe('answers, byte for byte', () => {
  const said = FIXTURES.filter(({ name }) => !NOT_SAID.includes(name));

  test.each(said)('the answer “$name” equals its fixture byte for byte', async (fixture) => {
    const scene = SCENES[fixture.name];
    if (scene === undefined) throw new Error('there is no scene for it');
    const answer = await play(await start(), scene);
    expect(answer.toString('hex')).toBe(withNumbersOf(fixture, answer));
  });

  test('the sandbox gives the confirmed sentence with its confirmed code and bytes', async () => {
    const scene = SCENES['sale: 期限超過 (confirmed)'];
    if (scene === undefined) throw new Error('there is no scene for it');
    const answer = await play(await start(), scene);
    const line = answer.subarray(3, -1);
    expect(line).toHaveLength(66);
    expect(new TextDecoder('euc-jp').decode(line)).toBe(
      'S1-1-125(売上処理時の指定された取引は売上処理期限を超過しています)',
    );
  });
});

describe('requests, byte for byte as a client sends them', () => {
  type Request = { name: string; path: string; form: string; means: Record<string, string> };
  const REQUESTS: readonly Request[] = JSON.parse(
    readFileSync(new URL('../../test/fixtures/wire/requests.json', import.meta.url), 'utf8'),
  );

  test.each(REQUESTS)(
    "the sandbox takes the client's request “$name”",
    async ({ path, form, means }) => {
      expect(Object.fromEntries(parseParameters(form))).toMatchObject(means);
      const sandbox = await start();
      await seed(sandbox, path === 'salecancel.cgi' ? 'captured_transmitted' : 'authorized');
      const customer = { shopId: '00001', customerId: 'C-1', pan: '4980111111111111' };
      await api(sandbox, 'POST', 'customers', customer);
      const { body } = await api(sandbox, 'POST', 'tokens', { pan: customer.pan });
      const sent = form.replace('tok-1', String(body.token));
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = `${sandbox.url}/connect/${path}`;
      const answer = await fetch(url, { method: 'POST', body: sent, headers });
      expect((await answer.text()).split('\n')[0]).toBe('OK');
    },
  );
});
