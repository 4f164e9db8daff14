import { brandOf, type CardError, judgeAuthorization } from '../cards.ts';
import type { Authorization, CardTransaction, Extra, Issue } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { Parameters } from '../wire/form.ts';
import { type NamedCard, needsChallenge, readCard } from './card.ts';
import { challengeLines, openChallenge } from './challenge.ts';
import { FIELDS, type FieldError, findWrong, readAmount } from './fields.ts';
import {
  type CgiOutcome,
  given,
  type NoticeDraft,
  newTwenty,
  type Process,
  refuse,
  type Situation,
} from './outcome.ts';

const AUTHM: Process = { name: '承認処理', code: 'A1-1' };
const OPTIONAL = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter(
  (name) => name !== 'PAYMODE',
);
const EXTRAS: readonly (readonly [parameter: string, extra: Extra])[] = [
  ['REQUIRECOM', 'CARDCOM'],
  ['REQUIREAREA', 'IPAREA'],
  ['REQUIRELID', 'CARDLID'],
];

/** authm: AUTHCODE first, then SEQNO, then a line for extras (protocol §4.1, the order trap). */
export function authm(parameters: Parameters, situation: Situation): CgiOutcome {
  const wrong = findWrong(parameters, ['PAYMODE'], AUTHM);
  const asked = wrong === null ? readAuthorization(parameters, situation) : { wrong };
  if ('wrong' in asked) return refuse(asked.wrong.code, asked.wrong.text);
  const { authorization, card } = asked;
  const used: LedgerEvent[] =
    card.token === null ? [] : [{ kind: 'token_used', token: card.token }];
  if (needsChallenge(card, situation)) {
    const challenge = openChallenge(authorization, null, situation);
    const lines = challengeLines(challenge, situation.origin);
    return { lines, events: [...used, { kind: 'challenge_opened', challenge }] };
  }
  const { transaction, error, events, notices } = decideAuthorization(authorization, situation);
  const done = { events: [...used, ...events], notices };
  if (error !== null) return { ...refuse(error.code, error.text), ...done };
  const extras = extrasOf(authorization, transaction).map(([, value]) => value);
  return { lines: ['OK', transaction.authCode, transaction.seqno, extras.join(',')], ...done };
}

/**
 * auth, as shops called it about 2009: no customers, no extras, and its own numbers for the ways to
 * pay (protocol §3, §4.1).
 */
export function auth(parameters: Parameters, situation: Situation): CgiOutcome {
  const hidden = ['CUSTOMERID', 'MONTHLY', 'MONTHLYMODE', 'TOKEN', 'REQUIRECOM', 'REQUIREAREA'];
  const old = new Map([...parameters].filter(([name]) => !hidden.includes(name)));
  old.delete('REQUIRELID');
  const payMode = given(parameters, 'PAYMODE') ?? '10';
  if (!['10', '61', '80'].includes(payMode)) {
    return refuse('A1-1-91', '承認処理時の支払方法が正しくありません');
  }
  const times = given(parameters, 'PAYACOUNT') ?? '';
  const isTimes = Number(times) >= 2 && FIELDS.PAYMODE.fits(times.padStart(2, '0'));
  if (payMode === '61' && !isTimes) {
    return refuse('A1-1-181', '承認処理時の支払回数が正しくありません');
  }
  const modern = { '10': '00', '80': '01' }[payMode] ?? times.padStart(2, '0');
  const outcome = authm(old.set('PAYMODE', modern), situation);
  const [first, authCode = '', seqno = ''] = outcome.lines;
  return first === 'OK' ? { ...outcome, lines: ['OK', authCode, seqno] } : outcome;
}

/** Reads a request, or returns its mistake. The ledger records nothing of a wrong request. */
function readAuthorization(
  parameters: Parameters,
  situation: Situation,
):
  | { readonly authorization: Authorization; readonly card: NamedCard }
  | { readonly wrong: FieldError } {
  const { ledger, shop, shopId } = situation;
  const read = readAmount(parameters, AUTHM);
  if ('wrong' in read) return read;
  const wrong = findWrong(parameters, OPTIONAL, AUTHM);
  if (wrong !== null) return { wrong };
  const id = given(parameters, 'ID');
  if (id !== null && shop.uniqueSlips && ledger.ofSlip(shopId, id).length > 0) {
    // Code and sentence are invented.
    return { wrong: { code: 'A1-1-12', text: '承認処理時の伝票番号が重複しています' } };
  }
  const card = readCard(parameters, situation, AUTHM);
  if ('wrong' in card) return card;
  const mode = given(parameters, 'MONTHLYMODE') === '1' ? 'at_will' : 'monthly';
  const customerId = given(parameters, 'CUSTOMERID');
  const isRegistered = customerId !== null && card.isPresent && parameters.get('MONTHLY') === '1';
  const authorization: Authorization = {
    shopId,
    id,
    customerId,
    amount: read.amount,
    pan: card.pan,
    expiry: card.expiry,
    securityCode: card.securityCode,
    payMode: given(parameters, 'PAYMODE') ?? '00',
    registers: isRegistered ? mode : null,
    capturesAtOnce: parameters.get('SALETOGETHER') === '1',
    extras: EXTRAS.filter(([name]) => parameters.get(name) === '1').map(([, extra]) => extra),
  };
  return { authorization, card };
}

/** The card company's answer to an authorization, and the ledger's record of it. */
export type Decided = {
  readonly transaction: CardTransaction;
  /** Null approves. The ledger records a refusal by the network as 承認失敗 (protocol §14.10). */
  readonly error: CardError | null;
  readonly events: readonly LedgerEvent[];
  readonly notices: readonly NoticeDraft[];
};

/** Decides an authorization whose parameters are in order. */
export function decideAuthorization(
  authorization: Authorization,
  situation: Situation,
  issue: Issue | null = null,
): Decided {
  const { shopId, amount, pan, customerId, payMode } = authorization;
  const { now, by, numbers } = situation;
  const seqno = newTwenty(situation);
  const error = judgeAuthorization(pan, amount, authorization.securityCode);
  const approved = authorization.capturesAtOnce ? 'captured_untransmitted' : 'authorized';
  const transaction: CardTransaction = {
    seqno,
    shopId,
    id: authorization.id ?? seqno,
    customerId,
    amount,
    pan,
    payMode,
    state: error === null ? approved : 'authorization_failed',
    authCode: error === null ? numbers.authCode() : '',
    authorizedAt: now,
    changedFrom: null,
    history: [{ at: now, what: issue === null ? 'authm' : 'payment_page', by }],
  };
  const events: LedgerEvent[] = [{ kind: 'opened', transaction }];
  const { registers, expiry } = authorization;
  if (error === null && registers !== null && customerId !== null) {
    const card = { pan, ...(expiry === null ? {} : { expiry }) };
    const customer = { shopId, customerId, ...card, mode: registers, registeredAt: now };
    events.push({ kind: 'customer_registered', customer });
  }
  // The redirect payment has a notice of its own (protocol §8.2).
  const notices = issue === null ? [noticeOf(authorization, transaction, error)] : [];
  return { transaction, error, events, notices };
}

/** Builds a 承認結果通知 (protocol §8.1). */
function noticeOf(
  authorization: Authorization,
  transaction: CardTransaction,
  error: CardError | null,
): NoticeDraft {
  const { id, authCode, seqno } = transaction;
  const told = Object.fromEntries(extrasOf(authorization, transaction));
  if (error === null) {
    return {
      kind: 'authorization',
      values: { STATUS: 'OK', ID: id, AUTHCODE: authCode, SEQNO: seqno, ...told },
    };
  }
  const refusal = { ERRORCODE: error.code, ERRORMSG: error.text };
  return {
    kind: 'authorization',
    values: { STATUS: 'NG', ID: id, SEQNO: seqno, ...refusal, ...told },
  };
}

/** Returns the requested extras. Their names are confirmed, their values are invented. */
function extrasOf(
  { extras, pan }: Authorization,
  { seqno }: CardTransaction,
): readonly (readonly [Extra, string])[] {
  const values = { CARDCOM: brandOf(pan).name, IPAREA: 'JP', CARDLID: seqno.slice(-5) };
  return extras.map((extra) => [extra, values[extra]]);
}
