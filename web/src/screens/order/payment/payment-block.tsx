import { type OrderView, PAYMENT_KIND } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { LinkTag } from '../../../app/link-tag.tsx';
import { formatDate, formatInstant } from '../../../ui/browser/format.ts';
import { Facts, Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';
import { MarkPaidForm } from './mark-paid-form.tsx';
import { PaidForm } from './paid-form.tsx';

/** 入金: 入金状況 and 入金確認メールの送信, as in the manual. */
export function PaymentBlock({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const { paidOn, paymentMail } = order;
  const { sentCount, lastSentAt } = paymentMail;
  const state =
    paidOn === null
      ? t('words.payment.unpaid')
      : `${t('words.payment.paid')} (${formatDate(paidOn)})`;
  const mail = [
    t(sentCount > 0 ? 'order.payment.sent' : 'order.payment.unsent'),
    t('order.payment.lastSent', { at: lastSentAt === null ? '' : formatInstant(lastSentAt) }),
    t('order.payment.count', { count: sentCount }),
  ];
  return (
    <Section
      title={t('order.payment.title')}
      id="payment"
      aside={PAYMENT_KIND[order.paymentKind].linked && <LinkTag />}
    >
      <div className="stack">
        <Facts
          facts={[
            [t('order.payment.state'), <strong key="state">{state}</strong>],
            [
              t('order.payment.mail'),
              <span key="mail" className={classes.pieces}>
                {mail.map((piece) => (
                  <span key={piece}>{piece}</span>
                ))}
              </span>,
            ],
          ]}
        />
        {desk.message?.place === 'payment' && (
          <Notice tone="good" role="status" title={desk.message.text} />
        )}
        {desk.isMissed && desk.message === null && (
          <Notice tone="warn" role="status" title={t('desk.remedyMissed')} />
        )}
        {paidOn === null ? (
          <MarkPaidForm order={order} desk={desk} />
        ) : (
          <PaidForm order={order} desk={desk} />
        )}
      </div>
    </Section>
  );
}
