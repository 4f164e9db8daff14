import { type CardError, isTestCard, judgeAuthorization, maskPan } from './cards.ts';
import { type LedgerEvent, newAuthCode, type Transaction } from './ledger.ts';
import { given, type Outcome, readAmount, refuse, type Situation } from './outcome.ts';
import type { State } from './states.ts';
import type { Parameters } from './wire.ts';

const AUTHM = { name: '承認処理', code: 'A1-1' };
const KEY = /^[A-Za-z0-9-]{1,20}$/;

/** authm: AUTHCODE first, then SEQNO, then a line for extras (protocol §4.1, the order trap). */
export function authorize(parameters: Parameters, situation: Situation): Outcome {
  const { ledger, shopId, now, by } = situation;
  const read = readAmount(parameters, AUTHM);
  if ('refused' in read) return read.refused;
  const seqno = ledger.nextSeqno();
  const id = given(parameters, 'ID') ?? seqno;
  // Codes and sentences of the next two are invented; nothing is known of these fields.
  if (!KEY.test(id)) return refuse('A1-1-11', '承認処理時の伝票番号が正しくありません');
  const customerId = given(parameters, 'CUSTOMERID');
  if (customerId !== null && !KEY.test(customerId)) {
    return refuse('A1-1-61', '承認処理時の顧客番号が正しくありません');
  }
  const card = cardOf(parameters, situation);
  if ('error' in card) return refuse(card.error.code, card.error.text);

  const verdict = judgeAuthorization(card.pan, given(parameters, 'SCODE'));
  const transaction: Transaction = {
    ...{ seqno, shopId, id, customerId, amount: read.amount, pan: card.pan },
    state: verdict.approved ? stateApproved(parameters) : 'authorization_failed',
    authCode: verdict.approved ? newAuthCode() : '',
    authorizedAt: now,
    changedFrom: null,
    history: [{ at: now, what: 'authm', by }],
  };
  const events: LedgerEvent[] = [{ kind: 'opened', transaction }];
  if (card.token !== null) events.push({ kind: 'token_used', token: card.token });
  if (!verdict.approved) {
    return { ...refuse(verdict.error.code, verdict.error.text), events };
  }
  if (customerId !== null && parameters.get('MONTHLY') === '1') {
    const { pan, expiry } = card;
    const customer = { shopId, customerId, pan, ...(expiry === undefined ? {} : { expiry }) };
    events.push({ kind: 'customer_registered', customer });
  }
  return { lines: ['OK', transaction.authCode, seqno, ''], events };
}

/** SALETOGETHER captures what is approved at once. */
function stateApproved(parameters: Parameters): State {
  return parameters.get('SALETOGETHER') === '1' ? 'captured_untransmitted' : 'authorized';
}

/** A card as the ledger knows it: masked. */
type NamedCard = {
  readonly pan: string;
  readonly token: string | null;
  /** MM/YY, of a card named by its number. */
  readonly expiry?: string;
};

/**
 * Three ways to name the card: token, number, or the customer registered before. The codes are
 * confirmed; their sentences are invented in the confirmed grammar (protocol §5.3).
 */
function cardOf(parameters: Parameters, situation: Situation): NamedCard | { error: CardError } {
  const { ledger, shopId, now } = situation;
  const token = given(parameters, 'TOKEN');
  if (token !== null) {
    const known = ledger.tokens.get(token);
    if (known === undefined) return fault('A1-1-170', 'トークンが正しくありません');
    if (known.expiresAt < now) return fault('A1-1-171', 'トークンの有効期限が切れています');
    return { pan: known.pan, token };
  }
  const pan = ['PAN1', 'PAN2', 'PAN3', 'PAN4'].map((name) => parameters.get(name) ?? '').join('');
  if (pan === '') {
    const customer = ledger.customer(shopId, parameters.get('CUSTOMERID') ?? '');
    if (customer !== null) return { pan: customer.pan, token: null };
    return fault('A1-1-30', 'カード番号が指定されていません');
  }
  if (!isTestCard(pan)) return fault('A1-1-31', 'カード番号が正しくありません');
  const error = expiryError(parameters, now);
  if (error !== null) return { error };
  const expiry = `${parameters.get('CARDEXPIRY1')}/${parameters.get('CARDEXPIRY2')}`;
  return { pan: maskPan(pan), token: null, expiry };
}

/** What is wrong with the expiry, if anything; a card is good to the end of its month in Japan. */
function expiryError(parameters: Parameters, now: number): CardError | null {
  const month = given(parameters, 'CARDEXPIRY1');
  const year = given(parameters, 'CARDEXPIRY2');
  if (month === null) return fault('A1-1-40', '有効期限（月）が指定されていません').error;
  if (!/^(0[1-9]|1[0-2])$/.test(month)) {
    return fault('A1-1-41', '有効期限（月）が正しくありません').error;
  }
  if (year === null) return fault('A1-1-50', '有効期限（年）が指定されていません').error;
  if (!/^\d\d$/.test(year)) return fault('A1-1-51', '有効期限（年）が正しくありません').error;
  const endsAt = Date.UTC(2000 + Number(year), Number(month), 1, -9);
  return endsAt <= now ? fault('A1-1-52', '有効期限が切れています').error : null;
}

function fault(code: string, what: string): { error: CardError } {
  return { error: { code, text: `承認処理時の${what}` } };
}
