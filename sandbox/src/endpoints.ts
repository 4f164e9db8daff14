import { type CardError, isTestCard, judgeAuthorization, judgeChange } from './cards.ts';
import {
  type Actor,
  type Ledger,
  type LedgerEvent,
  newAuthCode,
  type Transaction,
} from './ledger.ts';
import { MAY, OBSTACLES, type Obstacle, OPERATIONS, type Operation, type State } from './states.ts';
import type { Parameters } from './wire.ts';

/** What a CGI answers, and what it does to the ledger. Nothing is done unless it says so. */
export type Outcome = {
  readonly lines: readonly string[];
  readonly events: readonly LedgerEvent[];
};

export type Situation = {
  readonly ledger: Ledger;
  readonly shopId: string;
  /** Milliseconds since 1970 UTC, by the sandbox's clock. */
  readonly now: number;
  /** Who does it: a shop over the wire, or a person at the console. */
  readonly by: Actor;
  /** 売上処理期限, days from the authorization. */
  readonly captureDays: number;
};

type Endpoint = (parameters: Parameters, situation: Situation) => Outcome;

/** The CGIs under /connect/ and /connecttest/ (protocol §3). */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'authm.cgi': authorize,
  'sale.cgi': capture,
  'authcancel.cgi': voidAuthorization,
  'salecancel.cgi': refund,
  'authchange.cgi': (parameters, situation) => change('authchange', parameters, situation),
  'salechange.cgi': (parameters, situation) => change('salechange', parameters, situation),
  'customerinfo.cgi': customerInfo,
  'leavecustomer.cgi': leaveCustomer,
};

const AMOUNT_MIN = 2;
const AMOUNT_MAX = 9_999_999;
const DAY_MS = 86_400_000;

/** authm: AUTHCODE first, then SEQNO, then a line for extras (protocol §4.1, the order trap). */
function authorize(parameters: Parameters, situation: Situation): Outcome {
  const { ledger, shopId, now } = situation;
  const amount = parseAmount(parameters.get('PAY'));
  if (amount === null) return refuse('A1-1-21', '承認処理時の金額が正しくありません');
  const id = parameters.get('ID') ?? `S${now}`;
  if (!/^[A-Za-z0-9-]{1,20}$/.test(id)) {
    return refuse('A1-1-11', '承認処理時の伝票番号が正しくありません');
  }
  const card = cardOf(parameters, situation);
  if ('error' in card) return refuse(card.error.code, card.error.text);

  const verdict = judgeAuthorization(card.pan, parameters.get('SCODE') ?? null);
  const customerId = parameters.get('CUSTOMERID') ?? null;
  const state: State = verdict.approved ? 'authorized' : 'authorization_failed';
  const transaction: Transaction = {
    ...{ seqno: ledger.nextSeqno(), shopId, id, amount, state, customerId, pan: card.pan },
    authCode: verdict.approved ? newAuthCode() : '',
    authorizedAt: now,
    changedFrom: null,
    history: [{ at: now, what: 'authm', by: situation.by }],
  };
  const opened: LedgerEvent = { kind: 'opened', transaction };
  const used = card.token === null ? [] : [{ kind: 'token_used', token: card.token } as const];
  if (!verdict.approved) {
    return { lines: ng(verdict.error.code, verdict.error.text), events: [...used, opened] };
  }
  const registers = customerId !== null && parameters.get('MONTHLY') === '1';
  const customer = { shopId, customerId: customerId ?? '', pan: card.pan };
  const registered = registers ? [{ kind: 'customer_registered', customer } as const] : [];
  const { seqno, authCode } = transaction;
  return { lines: ['OK', authCode, seqno, ''], events: [...used, opened, ...registered] };
}

type NamedCard = { readonly pan: string; readonly token: string | null };

/** Three ways to name the card: token, number, or the customer registered before. */
function cardOf(parameters: Parameters, situation: Situation): NamedCard | { error: CardError } {
  const { ledger, shopId, now } = situation;
  const token = parameters.get('TOKEN');
  if (token !== undefined) {
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
  const month = parameters.get('CARDEXPIRY1') ?? '';
  const year = parameters.get('CARDEXPIRY2') ?? '';
  if (!/^(0[1-9]|1[0-2])$/.test(month)) return fault('A1-1-41', '有効期限（月）が正しくありません');
  if (!/^\d\d$/.test(year)) return fault('A1-1-51', '有効期限（年）が正しくありません');
  const endsAt = Date.UTC(2000 + Number(year), Number(month), 1);
  if (endsAt <= now) return fault('A1-1-52', '有効期限が切れています');
  return { pan, token: null };
}

function fault(code: string, what: string): { error: CardError } {
  return { error: { code, text: `承認処理時の${what}` } };
}

/** sale: the whole approved amount, there is no PAY (protocol §4.2). */
function capture(parameters: Parameters, situation: Situation): Outcome {
  const found = examine('sale', parameters.get('SEQNO'), situation);
  if ('refused' in found) return found.refused;
  const { seqno } = found.transaction;
  const event = moved(found.transaction, 'captured_untransmitted', 'sale', situation);
  return { lines: ['OK', seqno], events: [event] };
}

function voidAuthorization(parameters: Parameters, situation: Situation): Outcome {
  const found = examine('authcancel', parameters.get('CANCELSEQNO'), situation);
  if ('refused' in found) return found.refused;
  return { lines: ['OK'], events: [moved(found.transaction, 'voided', 'authcancel', situation)] };
}

/** salecancel: answers the number it was given (protocol §14.6). */
function refund(parameters: Parameters, situation: Situation): Outcome {
  const found = examine('salecancel', parameters.get('CANCELSEQNO'), situation);
  if ('refused' in found) return found.refused;
  const event = moved(found.transaction, 'refunded_untransmitted', 'salecancel', situation);
  return { lines: ['OK', found.transaction.seqno], events: [event] };
}

/** A new transaction for the new amount, then the old one cancelled (protocol §4.5, §4.6). */
function change(
  operation: 'authchange' | 'salechange',
  parameters: Parameters,
  situation: Situation,
): Outcome {
  const found = examine(operation, parameters.get('SEQNO'), situation);
  if ('refused' in found) return found.refused;
  const { name, code } = OPERATIONS[operation];
  const amount = parseAmount(parameters.get('PAY'));
  if (amount === null) {
    const small = Number(parameters.get('PAY')) < AMOUNT_MIN;
    const kind = small ? '小さすぎます' : '大きすぎます';
    return refuse(`${code}-${small ? 22 : 21}`, `${name}時の金額が${kind}`);
  }
  const old = found.transaction;
  const verdict = judgeChange(old.pan);
  if (!verdict.approved) return refuse(verdict.error.code, verdict.error.text);

  const { ledger, now } = situation;
  const fresh: Transaction = {
    ...old,
    seqno: ledger.nextSeqno(),
    authCode: newAuthCode(),
    amount,
    state: operation === 'authchange' ? 'authorized' : 'captured_untransmitted',
    authorizedAt: now,
    changedFrom: old.seqno,
    history: [{ at: now, what: operation, by: situation.by }],
  };
  const gone = operation === 'authchange' ? 'voided' : 'refunded_untransmitted';
  const events: LedgerEvent[] = [
    { kind: 'opened', transaction: fresh },
    moved(old, gone, operation, situation),
  ];
  return { lines: ['OK', fresh.seqno, fresh.authCode], events };
}

function customerInfo(parameters: Parameters, { ledger, shopId }: Situation): Outcome {
  const customer = ledger.customer(shopId, parameters.get('CUSTOMERID') ?? '');
  if (customer === null) return refuse('C1-1-21', '顧客情報取得時の指定された顧客は存在しません');
  const expiry = parameters.get('GETEXPIRE') === '1' ? ['12', '39'] : [];
  return { lines: ['OK', customer.pan.slice(-4), ...expiry], events: [] };
}

function leaveCustomer(parameters: Parameters, { ledger, shopId }: Situation): Outcome {
  const customerId = parameters.get('CUSTOMERID') ?? '';
  if (ledger.customer(shopId, customerId) === null) {
    return refuse('C2-1-21', '顧客ID削除時の指定された顧客は存在しません');
  }
  return { lines: ['OK'], events: [{ kind: 'customer_left', shopId, customerId }] };
}

/** Finds the transaction of an operation and asks the table whether it may be done. */
function examine(
  operation: Operation,
  seqno: string | undefined,
  { ledger, shopId, now, captureDays }: Situation,
): { readonly transaction: Transaction } | { readonly refused: Outcome } {
  const { name, code } = OPERATIONS[operation];
  if (seqno === undefined || seqno === '') {
    return { refused: refuse(`${code}-120`, `${name}時の取引番号が指定されていません`) };
  }
  const transaction = ledger.find(shopId, seqno);
  if (transaction === null) return { refused: obstructed(operation, 'not_found') };
  const obstacle = MAY[transaction.state][operation];
  if (obstacle !== null) return { refused: obstructed(operation, obstacle) };
  const expired = now > transaction.authorizedAt + captureDays * DAY_MS;
  if (expired && (operation === 'sale' || operation === 'authchange')) {
    return { refused: obstructed(operation, 'expired') };
  }
  return { transaction };
}

function obstructed(operation: Operation, obstacle: Obstacle): Outcome {
  const { name, code } = OPERATIONS[operation];
  const { code: last, text } = OBSTACLES[obstacle];
  return refuse(`${code}-${last}`, `${name}時の指定された取引は${text}`);
}

function moved(
  { seqno }: Transaction,
  to: State,
  what: string,
  { now, by }: Situation,
): Extract<LedgerEvent, { kind: 'moved' }> {
  return { kind: 'moved', seqno, to, at: now, what, by };
}

function parseAmount(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,8}$/.test(text)) return null;
  const amount = Number(text);
  return amount >= AMOUNT_MIN && amount <= AMOUNT_MAX ? amount : null;
}

function refuse(code: string, text: string): Outcome {
  return { lines: ng(code, text), events: [] };
}

/** Card CGIs: one line of CODE(message) (protocol §1). */
function ng(code: string, text: string): string[] {
  return ['NG', `${code}(${text})`];
}
