import type { Run, RunKind } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/browser/format.ts';

/**
 * The result of a run in a sentence, made from its counts and from nothing else: 20件の売上処理に
 * 成功しました。2件に失敗しました。1件は結果確認中です。
 */
export function useOutcome(run: Run): string {
  const { t } = useTranslation();
  const { failed, unknown, review, stopped, excluded, waiting, asking } = run.counts;
  const said = [
    saySucceeded(run, t),
    run.partly > 0 && t('run.shippedOnly', { count: run.partly }),
    failed > run.partly && t('run.failed', { count: failed - run.partly }),
    unknown > 0 && t('run.unknown', { count: unknown }),
    review > 0 && t('run.review', { count: review }),
    stopped > 0 && t('run.stopped', { count: stopped }),
    excluded > 0 && t('run.excluded', { count: excluded }),
    asking > 0 && t('run.asking', { count: asking }),
    waiting > 0 && t('run.waiting', { count: waiting }),
  ].filter((sentence) => sentence !== false);
  return said.length === 0 ? t('run.nothing') : said.join(' ');
}

/** The sentence of success: F-REGI was called for none of the orders, for some, or for all. */
const SUCCESS = {
  mark_paid: ['paid', 'paidSome', 'captured'],
  ship: ['shipped', 'shipped', 'shipped'],
  ship_and_pay: ['shipped', 'shippedSome', 'shippedSome'],
  cancel: ['cancelled', 'cancelledSome', 'cancelledSome'],
  authorize: ['authorizedSome', 'authorizedSome', 'authorized'],
  dismiss_cancel_request: ['dismissed', 'dismissed', 'dismissed'],
} as const satisfies Record<RunKind, readonly [string, string, string]>;

function saySucceeded({ kind, counts, linked }: Run, t: TFunction): string | false {
  const count = counts.succeeded;
  if (count === 0) return false;
  const [none, some, all] = SUCCESS[kind];
  const sentence = linked === 0 ? none : linked < count ? some : all;
  return t(`run.succeeded.${sentence}`, { count, linked });
}

/** The terms for all orders of a run: dates, boxes, mails. */
export function termsOf({ plan, paidOn, mail }: Run, t: TFunction): string[] {
  const payment = [
    t('run.paidOn', { date: formatDate(paidOn) }),
    t(mail === 'auto' ? 'run.mailAuto' : 'run.mailManual'),
  ];
  switch (plan.kind) {
    case 'mark_paid':
      return payment;
    case 'ship':
      return [
        ...(plan.shippedOn ? [t('run.shippedOn', { date: formatDate(plan.shippedOn) })] : []),
        t(plan.shippingMail === 'auto' ? 'run.shippingMailAuto' : 'run.shippingMailManual'),
        ...(plan.andPay ? payment : []),
      ];
    case 'cancel':
      return [
        ...(plan.cancelTransaction ? [t('bulk.cancelTransaction')] : []),
        ...(plan.revokePayments ? [t('bulk.revokePayments')] : []),
        ...(plan.returnStock ? [t('bulk.returnStock')] : []),
        ...(plan.returnPoints ? [t('bulk.returnPoints')] : []),
        ...(plan.mailCustomer ? [t('run.cancelMail')] : []),
      ];
    default:
      return [];
  }
}
