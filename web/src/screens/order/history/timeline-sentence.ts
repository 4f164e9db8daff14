import {
  ENTRY_KINDS,
  type EntryKind,
  type FactsOf,
  type TimelineEntry,
  type TransactionState,
} from '@renkei/contract';
import type { TFunction } from 'i18next';
import { formatDate, formatYen } from '../../../ui/browser/format.ts';
import { movedSentences } from '../command/moved.ts';

type Facts = TimelineEntry['facts'];

/** An entry as a sentence. A newer server may send an unknown kind: the page shows it, too. */
export function sentenceOf(
  { kind, facts }: { readonly kind: string; readonly facts: Facts },
  t: TFunction,
): string {
  const known = ENTRY_KINDS.find((one) => one === kind);
  if (known === undefined) return t('order.timeline.other', { kind });
  if (isPlain(known)) return t(`order.timeline.${known}`, facts as { readonly message: string });
  // The edge: the server shapes the facts of each kind as `FactsOf` says.
  const sentence = SENTENCES[known] as (facts: Facts, t: TFunction) => string;
  return sentence(facts, t);
}

/** A kind whose sentence stands in the words of the locale as it is. */
type PlainFact = Exclude<EntryKind, keyof typeof SENTENCES>;

function isPlain(kind: EntryKind): kind is PlainFact {
  return !Object.hasOwn(SENTENCES, kind);
}

/** What a kind of entry says, out of its facts, where that takes more than the words of the locale. */
const SENTENCES = {
  order_placed: ({ type, paymentMethod }, t) =>
    t('order.timeline.order_placed', { type: t(`words.type.${type}`), paymentMethod }),
  amounts_edited(facts, t) {
    const what = facts.linesEdited ? 'lines_edited' : 'amounts_edited';
    const edited = t(`order.timeline.${what}`, { billed: formatYen(facts.billed) });
    return joined([edited, ...movedSentences(facts, 'order.timeline.moved', t)]);
  },
  operation_accepted: (facts, t) =>
    t('order.timeline.operation_accepted', {
      goal: t(`words.goal.${facts.goal}`),
      yen: yenOf(facts),
    }),
  operation_ended: (facts, t) => t(`order.timeline.outcome.${facts.outcome}`),
  transaction_moved: (facts, t) =>
    t('order.timeline.transaction_moved', { state: stateOf(facts, t), yen: yenOf(facts) }),
  transaction_corrected(facts, t) {
    const evidence = t(`order.timeline.evidence.${facts.evidence}`);
    const seen = { state: stateOf(facts, t), yen: yenOf(facts), evidence };
    const found = t('order.timeline.transaction_corrected', seen);
    const { toldBy, fileHash = '' } = facts;
    const file = { by: toldBy ?? '', hash: fileHash.slice(0, 8) };
    const told = toldBy === undefined ? null : t('order.timeline.told', file);
    return joined([found, told, adoptedOf(facts, t)]);
  },
  review_answered(facts, t) {
    const { by, confirmedBy, state, amount = 0 } = facts;
    if (state === undefined) return t('order.timeline.review_nothing', { by });
    const who = confirmedBy === null ? 'review_answered' : 'review_confirmed';
    const found = { state: stateOf({ state }, t), yen: formatYen(amount) };
    return t(`order.timeline.${who}`, { by, confirmedBy: confirmedBy ?? '', ...found });
  },
  stray_moved: (facts, t) =>
    t('order.timeline.stray_moved', { seqno: facts.seqno ?? '', state: stateOf(facts, t) }),
  order_marked_paid(facts, t) {
    const paidOn = formatDate(facts.paidOn);
    return joined([t('order.timeline.order_marked_paid', { paidOn }), gatewayOf(facts, t)]);
  },
  paid_on_corrected: ({ before, paidOn }, t) =>
    t('order.timeline.paid_on_corrected', {
      before: formatDate(before),
      paidOn: formatDate(paidOn),
    }),
  redirect_payment_seen: ({ settleno, status, amount }, t) =>
    t('order.timeline.redirect_payment_seen', {
      settleno,
      status: t(`desk.redirect.status.${status}`),
      yen: formatYen(amount),
    }),
  command_proposed: ({ limited, amount }, t) =>
    t('order.timeline.command_proposed', {
      limited: t(`words.limited.${limited}`),
      yen: formatYen(amount),
    }),
  proposal_ended: ({ outcome, proposedBy: by, word }, t) =>
    t(`order.timeline.proposal_ended.${outcome}`, { by, word }),
  revocation_ordered: ({ settlenos }, t) => t('order.timeline.revocation_ordered', { settlenos }),
  revocation_asked: (facts, t) => t('order.timeline.revocation_asked', facts),
  revocation_refused: (facts, t) => t('order.timeline.revocation_refused', facts),
  revocation_ended: ({ settleno, outcome }, t) =>
    t(`order.timeline.revocation_ended.${outcome}`, { settleno }),
  settled_otherwise(facts, t) {
    const direction = facts.direction === 'received' ? 'settled_received' : 'settled_returned';
    const by = t(`words.settledBy.${facts.by}`);
    const said = { yen: yenOf(facts), by, on: formatDate(facts.on) };
    return t(`order.timeline.${facts.corrects === null ? direction : 'settled_corrected'}`, said);
  },
  order_unmarked_paid(facts, t) {
    const refunded = facts.gateway === 'cancelled';
    return t(`order.timeline.${refunded ? 'order_unmarked_refunded' : 'order_unmarked_paid'}`);
  },
  status_changed(facts, t) {
    const status = t(`words.status.${facts.to}`);
    const changed = t('order.timeline.status_changed', { status });
    const { revoked: settlenos } = facts;
    const revokes = settlenos ? t('order.timeline.status_revokes', { settlenos }) : null;
    return joined([changed, gatewayOf(facts, t), ...movementsOf(facts, t), revokes]);
  },
  gateway_asked: (facts, t) =>
    t('order.timeline.gateway_asked', {
      verb: t(`words.verb.${facts.verb}`),
      state: t(`words.step.${facts.state}`),
      yen: yenOf(facts),
    }),
  payment_method_changed(facts, t) {
    const changed = t('order.timeline.payment_method_changed', { method: facts.paymentMethod });
    return joined([changed, gatewayOf(facts, t)]);
  },
  customer_erased: ({ cause }, t) => t(`order.timeline.customer_erased.${cause}`),
  mail_sent(facts, t) {
    const mail = t(`words.mail.${facts.mail}`);
    return t('order.timeline.mail_sent', { mail });
  },
  order_shipped(facts, t) {
    const { trackingNumbers: numbers } = facts;
    const whole = !facts.complete ? 'order_shipped_partly' : 'order_shipped';
    const shippedOn = formatDate(facts.shippedOn ?? '');
    return `${t(`order.timeline.${whole}`, { shippedOn })}${numbers === '' ? '' : ` ${numbers}`}`;
  },
} satisfies {
  readonly [Kind in EntryKind]?: (facts: FactsOf[Kind], t: TFunction) => string;
};

/** The key of an entry: a moment has one event of a kind, and one call of a verb. */
export function keyOf({ at, kind, facts, operationId, version }: TimelineEntry): string {
  return [at, kind, operationId, version, facts.verb, facts.seqno, facts.state].join(' ');
}

function yenOf({ amount }: { readonly amount: number }): string {
  return formatYen(amount);
}

function stateOf({ state }: { readonly state: TransactionState }, t: TFunction): string {
  return t(`words.transaction.${state}`);
}

/** Joins the sentences and skips the empty places. */
function joined(sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

/** The state of F-REGI after a change of ours; null if the change does not concern it (C11). */
function gatewayOf(
  { gateway }: FactsOf['order_marked_paid' | 'status_changed' | 'payment_method_changed'],
  t: TFunction,
): string | null {
  return gateway === 'not_concerned' ? null : t(`order.timeline.withGateway.${gateway}`);
}

/** A3: the order now bills the amount that F-REGI has captured. */
function adoptedOf(
  { billed, billedBefore }: FactsOf['transaction_corrected'],
  t: TFunction,
): string | null {
  if (billed === undefined || billedBefore === undefined) return null;
  const amounts = { before: formatYen(billedBefore), after: formatYen(billed) };
  return t('order.timeline.adopted', amounts);
}

/** V6, V7: the change returned stock or points, or took them again. */
function movementsOf(
  { stock, points, pointsMoved = 0 }: FactsOf['status_changed'],
  t: TFunction,
): string[] {
  const sentences: string[] = [];
  if (stock) sentences.push(t(`order.timeline.stock.${stock}`));
  if (points) sentences.push(t(`order.timeline.points.${points}`, { yen: pointsMoved }));
  return sentences;
}
