import { authorize } from './authorize.ts';
import { judgeChange } from './cards.ts';
import { type LedgerEvent, newAuthCode, type Transaction } from './ledger.ts';
import { type Endpoint, type Outcome, readAmount, refuse, type Situation } from './outcome.ts';
import { MAY, OBSTACLES, type Obstacle, OPERATIONS, type Operation, type State } from './states.ts';
import type { Parameters } from './wire.ts';

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

const DAY_MS = 86_400_000;
/** Of a card that was registered by a token: tokens here carry no expiry. */
const EXPIRY_UNKNOWN = '12/39';

/** The CGI of a name, or null where there is none. */
export function findEndpoint(cgi: string): Endpoint | null {
  return Object.hasOwn(ENDPOINTS, cgi) ? (ENDPOINTS[cgi] ?? null) : null;
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
  const read = readAmount(parameters, OPERATIONS[operation]);
  if ('refused' in read) return read.refused;
  const old = found.transaction;
  const verdict = judgeChange(old.pan);
  if (!verdict.approved) return refuse(verdict.error.code, verdict.error.text);

  const { ledger, now } = situation;
  const fresh: Transaction = {
    ...old,
    seqno: ledger.nextSeqno(),
    authCode: newAuthCode(),
    amount: read.amount,
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

/** The refusals of this and the next are invented, code and sentence (protocol §4.9, §4.10). */
function customerInfo(parameters: Parameters, { ledger, shopId }: Situation): Outcome {
  const customer = ledger.customer(shopId, parameters.get('CUSTOMERID') ?? '');
  if (customer === null) return refuse('C1-1-21', '顧客情報取得時の指定された顧客は存在しません');
  const { pan, expiry = EXPIRY_UNKNOWN } = customer;
  const asked = parameters.get('GETEXPIRE') === '1' ? expiry.split('/') : [];
  return { lines: ['OK', pan.slice(-4), ...asked], events: [] };
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
    // Invented, code and sentence.
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
