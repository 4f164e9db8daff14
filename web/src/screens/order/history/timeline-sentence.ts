import type { Goal, TimelineEntry, Verb } from '@renkei/backoffice/contract';
import type { TFunction } from 'i18next';
import type { jaOrder } from '../../../locale/ja-order.ts';
import type { jaWords } from '../../../locale/ja-words.ts';
import { formatDate, formatYen } from '../../../ui/format.ts';

type Facts = TimelineEntry['facts'];
type Words = typeof jaWords;
type Timeline = (typeof jaOrder)['timeline'];

/** An entry of the timeline as a sentence. An entry of a kind not known here is still shown. */
export function sentenceOf(entry: Pick<TimelineEntry, 'kind' | 'facts'>, t: TFunction): string {
  const { kind, facts } = entry;
  const yen = formatYen(Number(facts.amount ?? 0));
  switch (kind) {
    case 'order_placed': {
      const type = t(`words.type.${fact<keyof Words['type']>(facts, 'type')}`);
      return t('order.timeline.order_placed', {
        type,
        paymentMethod: fact(facts, 'paymentMethod'),
      });
    }
    case 'amounts_edited': {
      const what = facts.linesEdited === true ? 'lines_edited' : 'amounts_edited';
      return t(`order.timeline.${what}`, { billed: formatYen(Number(facts.billed ?? 0)) });
    }
    case 'operation_accepted':
      return t('order.timeline.operation_accepted', {
        goal: t(`words.goal.${fact<Goal>(facts, 'goal')}`),
        yen,
      });
    case 'operation_ended': {
      const outcome = fact<keyof Timeline['outcome']>(facts, 'outcome');
      return t('order.timeline.operation_ended', {
        outcome: t(`order.timeline.outcome.${outcome}`),
      });
    }
    case 'transaction_moved':
      return t('order.timeline.transaction_moved', { state: stateOf(facts, t), yen });
    case 'transaction_corrected': {
      const by = fact<keyof Timeline['evidence']>(facts, 'evidence');
      const evidence = t(`order.timeline.evidence.${by}`);
      const state = stateOf(facts, t);
      const found = t('order.timeline.transaction_corrected', { state, yen, evidence });
      return [found, adoptedOf(facts, t)].join(' ').trim();
    }
    case 'review_answered': {
      const who = facts.confirmedBy === null ? 'review_answered' : 'review_confirmed';
      const names = { by: fact(facts, 'by'), confirmedBy: fact(facts, 'confirmedBy') };
      return t(`order.timeline.${who}`, { ...names, state: stateOf(facts, t), yen });
    }
    case 'stray_moved':
      return t('order.timeline.stray_moved', {
        seqno: fact(facts, 'seqno'),
        state: stateOf(facts, t),
      });
    case 'order_marked_paid': {
      const paidOn = formatDate(fact(facts, 'paidOn'));
      return `${t('order.timeline.order_marked_paid', { paidOn })} ${gatewayOf(facts, t)}`;
    }
    case 'status_changed': {
      const status = t(`words.status.${fact<keyof Words['status']>(facts, 'to')}`);
      const changed = t('order.timeline.status_changed', { status });
      return [changed, gatewayOf(facts, t), ...movementsOf(facts, t)].join(' ').trim();
    }
    case 'gateway_asked':
      return t('order.timeline.gateway_asked', {
        verb: t(`words.verb.${fact<Verb>(facts, 'verb')}`),
        state: t(`words.step.${fact<keyof Words['step']>(facts, 'state')}`),
        yen,
      });
    case 'payment_method_changed': {
      const method = fact(facts, 'paymentMethod');
      const changed = t('order.timeline.payment_method_changed', { method });
      return `${changed} ${gatewayOf(facts, t)}`;
    }
    case 'mail_sent': {
      const mail = t(`words.mail.${fact<keyof Words['mail']>(facts, 'mail')}`);
      return t('order.timeline.mail_sent', { mail });
    }
    case 'cancel_requested':
      return t('order.timeline.cancel_requested', { message: fact(facts, 'message') });
    case 'order_shipped': {
      const numbers = fact(facts, 'trackingNumbers');
      const whole = facts.complete === false ? 'order_shipped_partly' : 'order_shipped';
      const shippedOn = formatDate(fact(facts, 'shippedOn'));
      return `${t(`order.timeline.${whole}`, { shippedOn })}${numbers === '' ? '' : ` ${numbers}`}`;
    }
    case 'order_unmarked_paid': {
      const refunded = facts.gateway === 'cancelled';
      return t(refunded ? 'order.timeline.order_unmarked_refunded' : `order.timeline.${kind}`);
    }
    case 'cancel_request_dismissed':
    case 'payment_mail_sent':
      return t(`order.timeline.${kind}`);
    default:
      return t('order.timeline.other', { kind });
  }
}

/** No two entries are alike: a moment has one event of a kind, and one call of a verb. */
export function keyOf({ at, kind, facts, operationId, version }: TimelineEntry): string {
  return [at, kind, operationId, version, facts.verb, facts.seqno, facts.state].join(' ');
}

/** A fact that the contract gives to this kind of entry; the edge where it becomes a word. */
function fact<T extends string>(facts: Facts, name: string): T {
  return String(facts[name] ?? '') as T;
}

function stateOf(facts: Facts, t: TFunction): string {
  return t(`words.transaction.${fact<keyof Words['transaction']>(facts, 'state')}`);
}

function gatewayOf(facts: Facts, t: TFunction): string {
  return t(`order.timeline.withGateway.${fact<keyof Timeline['withGateway']>(facts, 'gateway')}`);
}

/** A3: the order bills from now on what F-REGI has captured. */
function adoptedOf({ billed, billedBefore }: Facts, t: TFunction): string {
  if (typeof billed !== 'number' || typeof billedBefore !== 'number') return '';
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
