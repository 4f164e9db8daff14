import { decideAuthorization } from '../endpoints/authorize.ts';
import { needsChallenge, readCard } from '../endpoints/card.ts';
import { challengePath, openChallenge } from '../endpoints/challenge.ts';
import { type CgiOutcome, newTwenty, type Situation } from '../endpoints/outcome.ts';
import type { FregiGateway } from '../gateway.ts';
import type { Authorization, Challenge, Issue } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { Parameters } from '../wire/form.ts';

/** The deeds of the payment page: it pays an issue, or leaves it unpaid (protocol §10). */
const PAGE = { name: '', code: 'A1-1' };
/** Refusals in a row that break a payment off; it is confirmed that there is such a number. */
const ERRORS_MAX = 3;
/** PAYMODESPECIFY and PAYMODE name the ways differently. */
const PAY_MODE: Readonly<Record<string, string>> = {
  '10': '00',
  '60': '02',
  '61': '03',
  '80': '01',
};

type Paid =
  | { readonly paid: Issue }
  | { readonly challenge: string }
  | { readonly issue: Issue; readonly error: string; readonly isOver: boolean };

/** Pays by the typed card; the card may ask for a challenge first. */
export async function payByCard(
  gateway: FregiGateway,
  issue: Issue,
  asked: Parameters,
  origin: string,
): Promise<Paid> {
  const { shopId, id, amount } = issue;
  const situation = gateway.situation({ shopId, by: 'customer', origin });
  if (situation === null) throw new Error(`there is no shop ${shopId}`);
  const card = readCard(cardParameters(asked), situation, PAGE);
  if ('wrong' in card) return refuse(gateway, issue, card.wrong.text.replace(/^時の/, ''));
  const keeps = issue.autoRegister || asked.get('register') === '1';
  const authorization: Authorization = {
    shopId,
    id,
    amount,
    pan: card.pan,
    expiry: card.expiry,
    securityCode: card.securityCode,
    customerId: issue.userId,
    payMode: PAY_MODE[asked.get('mode') ?? '10'] ?? '00',
    registers: issue.userId !== null && keeps ? issue.mode : null,
    capturesAtOnce: situation.shop.capturesRedirect ?? false,
    extras: [],
  };
  if (needsChallenge(card, situation)) {
    const challenge = openChallenge(authorization, issue.settleno, situation);
    await gateway.record([{ kind: 'challenge_opened', challenge }]);
    return { challenge: challengePath(challenge) };
  }
  return settleCard(gateway, issue, authorization, situation, []);
}

/** Pays after a passed challenge of the payment page. */
export async function payAfterChallenge(
  gateway: FregiGateway,
  { key, authorization }: Challenge,
  issue: Issue,
): Promise<Paid> {
  const situation = gateway.situation({ shopId: issue.shopId, by: 'customer' });
  if (situation === null) throw new Error(`there is no shop ${issue.shopId}`);
  const closed: LedgerEvent = { kind: 'challenge_closed', key };
  return settleCard(gateway, issue, authorization, situation, [closed]);
}

async function settleCard(
  gateway: FregiGateway,
  issue: Issue,
  authorization: Authorization,
  situation: Situation,
  first: readonly LedgerEvent[],
): Promise<Paid> {
  const { transaction, error, events } = decideAuthorization(authorization, situation, issue);
  if (error !== null) {
    await gateway.record([...first, ...events]);
    return refuse(gateway, issue, error.text);
  }
  const { seqno, authCode } = transaction;
  const paid: Issue = { ...issue, status: 'completed', payType: '11', seqno, authCode, errors: 0 };
  await gateway.settle(completed(paid, [...first, ...events]), issue.shopId);
  return { paid };
}

/** Pays by any way except a card: the sandbox asks nobody. */
export async function payOtherwise(
  gateway: FregiGateway,
  issue: Issue,
  payType: string,
): Promise<Issue> {
  const situation = gateway.situation({ shopId: issue.shopId, by: 'customer' });
  if (situation === null) throw new Error(`there is no shop ${issue.shopId}`);
  const paid: Issue = { ...issue, status: 'completed', payType, seqno: newTwenty(situation) };
  await gateway.settle(completed(paid, []), issue.shopId);
  return paid;
}

/** 決済完了通知, in lower case (protocol §8.2). */
function completed(issue: Issue, events: readonly LedgerEvent[]): CgiOutcome {
  const values = {
    settleno: issue.settleno,
    seqno: issue.seqno ?? '',
    paymenttype: issue.payType ?? '',
    code: issue.id,
    ...(issue.authCode === null ? {} : { authcode: issue.authCode }),
  };
  return {
    lines: [],
    events: [...events, { kind: 'issue_put', issue }],
    notices: [{ kind: 'completion', values }],
  };
}

async function refuse(gateway: FregiGateway, before: Issue, error: string): Promise<Paid> {
  const issue: Issue = { ...before, errors: before.errors + 1 };
  await gateway.record([{ kind: 'issue_put', issue }]);
  return { issue, error, isOver: issue.errors >= ERRORS_MAX };
}

/** 決済中断: breaks off after too many refusals in a row. */
export async function breakOff(gateway: FregiGateway, issue: Issue): Promise<void> {
  await gateway.record([{ kind: 'issue_put', issue: { ...issue, status: 'broken_off' } }]);
}

/** The customer goes back to the shop; the issue stays open, which is inferred. */
export async function cancelByCustomer(gateway: FregiGateway, issue: Issue): Promise<void> {
  await gateway.record([{ kind: 'issue_put', issue: { ...issue, errors: 0 } }]);
}

/** Returns the typed values under authm's names. */
function cardParameters(asked: Parameters): Parameters {
  const pan = (asked.get('pan') ?? '').replace(/[ -]/g, '');
  return new Map([
    ...[1, 2, 3, 4].map((part) => [`PAN${part}`, pan.slice(4 * part - 4, 4 * part)] as const),
    ['PAN4', pan.slice(12)],
    ['CARDEXPIRY1', asked.get('month') ?? ''],
    ['CARDEXPIRY2', asked.get('year') ?? ''],
    ['CARDNAME', asked.get('cardname') ?? ''],
    ['SCODE', asked.get('scode') ?? ''],
  ]);
}
