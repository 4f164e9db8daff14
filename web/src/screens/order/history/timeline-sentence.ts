import type { EntryKind, Goal, TimelineEntry, Verb } from '@renkei/contract';
import type { TFunction } from 'i18next';
import type { jaOrder } from '../../../locale/ja-order.ts';
import type { jaWords } from '../../../locale/ja-words.ts';
import { formatDate, formatYen } from '../../../ui/format.ts';

type Facts = TimelineEntry['facts'];
type Words = typeof jaWords;
type Timeline = (typeof jaOrder)['timeline'];

/** An entry as a sentence; a kind that this page does not know yet (a newer server) is shown, too. */
export function sentenceOf(
  { kind, facts }: { readonly kind: string; readonly facts: Facts },
  t: TFunction,
): string {
  return isKnown(kind) ? SENTENCES[kind](facts, t) : t('order.timeline.other', { kind });
}

function isKnown(kind: string): kind is EntryKind {
  return Object.hasOwn(SENTENCES, kind);
}

type Sentence = (facts: Facts, t: TFunction) => string;

/** What each kind of entry says, out of its facts: every kind has its sentence. */
const SENTENCES: Readonly<Record<EntryKind, Sentence>> = {
  order_placed: (facts, t) =>
    t('order.timeline.order_placed', {
      type: t(`words.type.${fact<keyof Words['type']>(facts, 'type')}`),
      paymentMethod: fact(facts, 'paymentMethod'),
    }),
  amounts_edited(facts, t) {
    const what = facts.linesEdited === true ? 'lines_edited' : 'amounts_edited';
    return t(`order.timeline.${what}`, { billed: formatYen(Number(facts.billed ?? 0)) });
  },
  operation_accepted: (facts, t) =>
    t('order.timeline.operation_accepted', {
      goal: t(`words.goal.${fact<Goal>(facts, 'goal')}`),
      yen: yenOf(facts),
    }),
  operation_ended(facts, t) {
    const outcome = fact<keyof Timeline['outcome']>(facts, 'outcome');
    const said = t(`order.timeline.outcome.${outcome}`);
    return t('order.timeline.operation_ended', { outcome: said });
  },
  transaction_moved: (facts, t) =>
    t('order.timeline.transaction_moved', { state: stateOf(facts, t), yen: yenOf(facts) }),
  transaction_corrected(facts, t) {
    const by = fact<keyof Timeline['evidence']>(facts, 'evidence');
    const evidence = t(`order.timeline.evidence.${by}`);
    const seen = { state: stateOf(facts, t), yen: yenOf(facts), evidence };
    const found = t('order.timeline.transaction_corrected', seen);
    return joined([found, adoptedOf(facts, t)]);
  },
  review_answered(facts, t) {
    if (facts.state === undefined)
      return t('order.timeline.review_nothing', { by: fact(facts, 'by') });
    const who = facts.confirmedBy === null ? 'review_answered' : 'review_confirmed';
    const names = { by: fact(facts, 'by'), confirmedBy: fact(facts, 'confirmedBy') };
    return t(`order.timeline.${who}`, { ...names, state: stateOf(facts, t), yen: yenOf(facts) });
  },
  stray_moved: (facts, t) =>
    t('order.timeline.stray_moved', { seqno: fact(facts, 'seqno'), state: stateOf(facts, t) }),
  order_marked_paid(facts, t) {
    const paidOn = formatDate(fact(facts, 'paidOn'));
    return joined([t('order.timeline.order_marked_paid', { paidOn }), gatewayOf(facts, t)]);
  },
  settled_otherwise(facts, t) {
    const direction = facts.direction === 'received' ? 'settled_received' : 'settled_returned';
    const by = t(`words.settledBy.${fact<keyof Words['settledBy']>(facts, 'by')}`);
    const said = { yen: yenOf(facts), by, on: formatDate(fact(facts, 'on')) };
    return t(`order.timeline.${facts.corrects === null ? direction : 'settled_corrected'}`, said);
  },
  order_unmarked_paid(facts, t) {
    const refunded = facts.gateway === 'cancelled';
    return t(`order.timeline.${refunded ? 'order_unmarked_refunded' : 'order_unmarked_paid'}`);
  },
  status_changed(facts, t) {
    const status = t(`words.status.${fact<keyof Words['status']>(facts, 'to')}`);
    const changed = t('order.timeline.status_changed', { status });
    return joined([changed, gatewayOf(facts, t), ...movementsOf(facts, t)]);
  },
  gateway_asked: (facts, t) =>
    t('order.timeline.gateway_asked', {
      verb: t(`words.verb.${fact<Verb>(facts, 'verb')}`),
      state: t(`words.step.${fact<keyof Words['step']>(facts, 'state')}`),
      yen: yenOf(facts),
    }),
  payment_method_changed(facts, t) {
    const method = fact(facts, 'paymentMethod');
    const changed = t('order.timeline.payment_method_changed', { method });
    return joined([changed, gatewayOf(facts, t)]);
  },
  mail_sent(facts, t) {
    const mail = t(`words.mail.${fact<keyof Words['mail']>(facts, 'mail')}`);
    return t('order.timeline.mail_sent', { mail });
  },
  payment_mail_sent: (_, t) => t('order.timeline.payment_mail_sent'),
  order_shipped(facts, t) {
    const numbers = fact(facts, 'trackingNumbers');
    const whole = facts.complete === false ? 'order_shipped_partly' : 'order_shipped';
    const shippedOn = formatDate(fact(facts, 'shippedOn'));
    return `${t(`order.timeline.${whole}`, { shippedOn })}${numbers === '' ? '' : ` ${numbers}`}`;
  },
  cancel_requested: (facts, t) =>
    t('order.timeline.cancel_requested', { message: fact(facts, 'message') }),
  cancel_request_dismissed: (_, t) => t('order.timeline.cancel_request_dismissed'),
};

/** No two entries are alike: a moment has one event of a kind, and one call of a verb. */
export function keyOf({ at, kind, facts, operationId, version }: TimelineEntry): string {
  return [at, kind, operationId, version, facts.verb, facts.seqno, facts.state].join(' ');
}

/** A fact that the contract gives to this kind of entry; the edge where it becomes a word. */
function fact<T extends string>(facts: Facts, name: string): T {
  return String(facts[name] ?? '') as T;
}

function yenOf({ amount }: Facts): string {
  return formatYen(Number(amount ?? 0));
}

function stateOf(facts: Facts, t: TFunction): string {
  return t(`words.transaction.${fact<keyof Words['transaction']>(facts, 'state')}`);
}

/** The sentences that there are something to say of, one after the other. */
function joined(sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

/** How F-REGI stands after a change of ours; null where the change does not concern it (C11). */
function gatewayOf(facts: Facts, t: TFunction): string | null {
  const gateway = fact<keyof Timeline['withGateway'] | 'not_concerned'>(facts, 'gateway');
  return gateway === 'not_concerned' ? null : t(`order.timeline.withGateway.${gateway}`);
}

/** A3: the order bills from now on what F-REGI has captured. */
function adoptedOf({ billed, billedBefore }: Facts, t: TFunction): string | null {
  if (typeof billed !== 'number' || typeof billedBefore !== 'number') return null;
  const amounts = { before: formatYen(billedBefore), after: formatYen(billed) };
  return t('order.timeline.adopted', amounts);
}

/** V6, V7: what went back to stock and points, or was taken again. */
function movementsOf(facts: Facts, t: TFunction): string[] {
  const { stock, points, pointsMoved } = facts;
  const isWay = (way: unknown) => way === 'returned' || way === 'taken';
  return [
    ...(isWay(stock)
      ? [t(`order.timeline.stock.${fact<'returned' | 'taken'>(facts, 'stock')}`)]
      : []),
    ...(isWay(points)
      ? [
          t(`order.timeline.points.${fact<'returned' | 'taken'>(facts, 'points')}`, {
            yen: Number(pointsMoved ?? 0),
          }),
        ]
      : []),
  ];
}
