import type { Issue } from '../ledger/entities.ts';
import { startOfDay } from '../time.ts';
import type { Parameters } from '../wire/form.ts';
import { FIELDS, type FieldError, KEY, malformed, missing, readAmount } from './fields.ts';
import {
  type CgiOutcome,
  given,
  newTwenty,
  type Process,
  refuseInTwoLines,
  type Situation,
} from './outcome.ts';
import { PAY_MODES, statusOf, WAYS, waysOf } from './redirect-ways.ts';

/**
 * The CGIs of the redirect payment (protocol §10). An NG has three lines: NG, code, message. CSA1
 * and the sentence of CSA1-1-107 are confirmed, the other codes and sentences invented.
 */
const APPLY: Process = { name: 'リダイレクト決済（SaaS型）発行処理', code: 'CSA1-1' };
const CANCEL: Process = { name: 'リダイレクト決済（SaaS型）発行取消処理', code: 'CSC1-1' };
const CHANGE: Process = { name: 'リダイレクト決済（SaaS型）発行変更処理', code: 'CSM1-1' };
const INFO: Process = { name: 'リダイレクト決済（SaaS型）情報照会処理', code: 'CSI1-1' };
const SLIP = { field: 1, label: '伝票番号' };
const NUMBER = { field: 12, label: '発行番号' };
const EXPIRE_DAYS_MAX = 30;

const upTo = (length: number) => (value: string) => [...value].length <= length;

/** The allowed values of the optional parameters; lengths are confirmed, fields are invented. */
const TEXTS: readonly (readonly [string, number, string, (value: string) => boolean])[] = [
  ['USERNAME1', 30, '利用者氏名', upTo(16)],
  ['USERNAME2', 30, '利用者氏名', upTo(16)],
  ['USERNAMEKANA1', 31, '利用者氏名カナ', upTo(32)],
  ['USERNAMEKANA2', 31, '利用者氏名カナ', upTo(32)],
  ['USERTEL', 32, '電話番号', (value) => /^[\d-]{1,13}$/.test(value)],
  ['USERMAIL', 33, 'メールアドレス', FIELDS.HOLDERMAIL.fits],
  ['USERID', 34, 'ユーザーID', (value) => /^[A-Za-z0-9-]{1,16}$/.test(value)],
  ['AUTOREGISTER', 35, '自動登録フラグ', (value) => /^[01]$/.test(value)],
  ['MONTHLYMODE', 10, '洗替利用フラグ', (value) => /^[01]$/.test(value)],
  ['ITEMTITLE', 36, '商品分類名', upTo(64)],
  ['ITEMNAME', 37, '商品名', upTo(12)],
  ['ITEMNAMEKANA', 38, '商品名カナ', upTo(24)],
  [
    'EXPIRE',
    39,
    '有効期限',
    (value) => /^\d{1,2}$/.test(value) && Number(value) <= EXPIRE_DAYS_MAX,
  ],
  [
    'PAYTYPESPECIFY',
    40,
    '決済方法',
    (value) =>
      isListOf(
        value,
        WAYS.map(({ group }) => group),
      ),
  ],
  ['PAYMODESPECIFY', 41, '支払方法', (value) => isListOf(value, Object.keys(PAY_MODES))],
  ['FREE', 20, 'フリー項目', FIELDS.FREE.fits],
];

/** compsettleapply: OK, 発行番号. A 伝票番号 may be issued only once (protocol §10.1). */
export function compsettleapply(parameters: Parameters, situation: Situation): CgiOutcome {
  const { ledger, shop, shopId, now } = situation;
  const id = given(parameters, 'ID');
  if (id === null) return refused(missing(APPLY, SLIP));
  if (!KEY.test(id)) return refused(malformed(APPLY, SLIP));
  if (ledger.issueOfSlip(shopId, id) !== null) {
    return refuseInTwoLines('CSA1-1-12', `${APPLY.name}時の伝票番号が重複しています`);
  }
  const read = readAmount(parameters, APPLY);
  if ('wrong' in read) return refused(read.wrong);
  const wrong = findWrongText(parameters, APPLY);
  if (wrong !== null) return refused(wrong);
  if (given(parameters, 'MONTHLYMODE') === '0' && !shop.mayCleanCards) {
    return refuseInTwoLines('CSA1-1-107', `${APPLY.name}時の洗替利用フラグは指定できません`);
  }
  const issue: Issue = {
    settleno: newTwenty(situation),
    shopId,
    id,
    amount: read.amount,
    status: 'issued',
    issuedAt: now,
    expiresAt: endOfDay(parameters, now),
    payTypes: readList(parameters, 'PAYTYPESPECIFY'),
    payModes: readList(parameters, 'PAYMODESPECIFY'),
    title: given(parameters, 'ITEMTITLE') ?? '一般商品',
    userId: given(parameters, 'USERID'),
    autoRegister: parameters.get('AUTOREGISTER') === '1',
    mode: given(parameters, 'MONTHLYMODE') === '0' ? 'monthly' : 'at_will',
    free: given(parameters, 'FREE'),
    payType: null,
    seqno: null,
    authCode: null,
    errors: 0,
  };
  if (waysOf(issue).length === 0) return refused(outOfWays(APPLY));
  return { lines: ['OK', issue.settleno], events: [{ kind: 'issue_put', issue }] };
}

/** compsettlecancel: only an issued or begun payment (protocol §10.2). */
export function compsettlecancel(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = findIssue(parameters, situation, CANCEL);
  if ('lines' in found) return found;
  const status = statusOf(found, situation.ledger, situation.now);
  if (status !== '1' && status !== '3') return refused(wrongStatus(CANCEL));
  const issue: Issue = { ...found, status: 'cancelled' };
  return { lines: ['OK'], events: [{ kind: 'issue_put', issue }] };
}

/** compsettlechange: amount, term, ways to pay; an error changes nothing (protocol §10.3). */
export function compsettlechange(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = findIssue(parameters, situation, CHANGE);
  if ('lines' in found) return found;
  const { ledger, now } = situation;
  if (!['1', '3', '5', '7'].includes(statusOf(found, ledger, now))) {
    return refused(wrongStatus(CHANGE));
  }
  const wrong = findWrongText(parameters, CHANGE);
  if (wrong !== null) return refused(wrong);
  const read = given(parameters, 'PAY') === null ? found : readAmount(parameters, CHANGE);
  if ('wrong' in read) return refused(read.wrong);
  const names = ['PAY', 'EXPIRE', 'PAYTYPESPECIFY', 'PAYMODESPECIFY'];
  const isGiven = (name: string) => given(parameters, name) !== null;
  const issue: Issue = {
    ...found,
    amount: read.amount,
    expiresAt: isGiven('EXPIRE') ? endOfDay(parameters, now) : found.expiresAt,
    payTypes: isGiven('PAYTYPESPECIFY') ? readList(parameters, 'PAYTYPESPECIFY') : found.payTypes,
    payModes: isGiven('PAYMODESPECIFY') ? readList(parameters, 'PAYMODESPECIFY') : found.payModes,
  };
  if (!names.some(isGiven) || JSON.stringify(issue) === JSON.stringify(found)) {
    return refuseInTwoLines('CSM1-1-420', `${CHANGE.name}時の変更内容がありません`);
  }
  if (waysOf(issue).length === 0) return refused(outOfWays(CHANGE));
  return { lines: ['OK'], events: [{ kind: 'issue_put', issue }] };
}

/** compsettleinfo: by ID or SETTLENO; ID wins over SETTLENO (protocol §10.4). */
export function compsettleinfo(parameters: Parameters, situation: Situation): CgiOutcome {
  const { ledger, shopId, now } = situation;
  const id = given(parameters, 'ID');
  const byId = id === null ? null : ledger.issueOfSlip(shopId, id);
  const found = id === null ? findIssue(parameters, situation, INFO) : byId;
  if (found === null) return refused(notFound(INFO));
  if ('lines' in found) return found;
  const told = ['OK', found.settleno, found.id, statusOf(found, ledger, now)];
  if (given(parameters, 'GETDETAIL') !== '1') return { lines: told, events: [] };
  const detail = [found.payType, found.seqno, found.authCode].map((value) => value ?? '');
  return { lines: [...told, ...detail], events: [] };
}

function findIssue(
  parameters: Parameters,
  { ledger, shopId }: Situation,
  process: Process,
): Issue | CgiOutcome {
  const settleno = given(parameters, 'SETTLENO');
  if (settleno === null) return refused(missing(process, NUMBER));
  const found = ledger.issues.get(settleno);
  return found?.shopId === shopId ? found : refused(notFound(process));
}

/** Returns the end of the day in Japan after EXPIRE days; after thirty if EXPIRE is left out. */
function endOfDay(parameters: Parameters, now: number): number {
  return startOfDay(now, Number(given(parameters, 'EXPIRE') ?? EXPIRE_DAYS_MAX) + 1) - 1;
}

function findWrongText(parameters: Parameters, process: Process): FieldError | null {
  for (const [name, field, label, fits] of TEXTS) {
    const value = given(parameters, name);
    if (value !== null && !fits(value)) return malformed(process, { field, label });
  }
  return null;
}

function isListOf(value: string, allowed: readonly string[]): boolean {
  return value.split(',').every((item) => allowed.includes(item));
}

function readList(parameters: Parameters, name: string): string[] {
  return given(parameters, name)?.split(',') ?? [];
}

function notFound({ name, code }: Process): FieldError {
  return { code: `${code}-121`, text: `${name}時の指定された発行データは存在しません` };
}

function wrongStatus({ name, code }: Process): FieldError {
  return { code: `${code}-122`, text: `${name}時の指定された発行データは処理できない状態です` };
}

function outOfWays({ name, code }: Process): FieldError {
  return { code: `${code}-402`, text: `${name}時の金額で利用できる決済方法がありません` };
}

function refused({ code, text }: FieldError): CgiOutcome {
  return refuseInTwoLines(code, text);
}
