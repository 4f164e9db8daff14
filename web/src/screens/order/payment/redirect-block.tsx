import type { OrderView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer, readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { orderQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Copyable } from '../../../ui/data/copy.tsx';
import { Facts, Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice, Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Redirect = NonNullable<OrderView['redirectPayment']>;

/** コンビニ支払(F-REGI) and the like: F-REGI's state of the customer's payment (L2). */
export function RedirectBlock({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const { redirectPayment, otherRedirectPayments } = order;
  if (redirectPayment === null) return null;
  return (
    <Section title={t('desk.redirect.title')}>
      <div className="stack">
        <Payment order={order} payment={redirectPayment} desk={desk} />
        <CheckRedirect order={order} payment={redirectPayment} />
        {otherRedirectPayments.length > 0 && (
          <h3 className={classes.nth}>{t('desk.redirect.others')}</h3>
        )}
        {otherRedirectPayments.map((payment) => (
          <Payment key={payment.settleno} order={order} payment={payment} desk={desk} />
        ))}
      </div>
    </Section>
  );
}

/** One 発行番号: its purpose, and F-REGI's state of it. */
function Payment(props: {
  readonly order: OrderView;
  readonly payment: Redirect;
  readonly desk: Desk;
}) {
  const { order, payment, desk } = props;
  const { t } = useTranslation();
  const { status, amount, settleno, checkedAt, noticedAt, obstacle } = payment;
  const { revocation, revoke } = payment;
  return (
    <>
      <Facts
        facts={[
          [t('desk.redirect.state'), t(`desk.redirect.status.${status}`)],
          [t('desk.redirect.amount'), formatYen(amount)],
          [
            t('desk.redirect.settleno'),
            <Copyable key="no" text={settleno} label={t('desk.redirect.settleno')} />,
          ],
          [t('desk.redirect.checkedAt'), checkedAt && formatInstant(checkedAt)],
          [t('desk.redirect.noticedAt'), noticedAt && formatInstant(noticedAt)],
          [
            t('desk.redirect.revocation.title'),
            revocation && t(`desk.redirect.revocation.${revocation.outcome ?? 'open'}`),
          ],
        ]}
      />
      {revoke.offered && (
        <div>
          <GuardedButton
            variant="default"
            size="compact-md"
            denied={deniedTo(order, 'revokePayments')}
            onClick={() => desk.show({ kind: 'revoke', settleno })}
          >
            {t('desk.redirect.revoke.button')}
          </GuardedButton>
        </div>
      )}
      {obstacle && (
        <Notice tone="warn" title={obstacle.cause}>
          <p>{obstacle.remedy}</p>
          <Remedies reason={obstacle} actions={desk.remedies} />
        </Notice>
      )}
    </>
  );
}

/** 今すぐ照会: Renkei asks F-REGI within seconds; the page refetches until it has the answer. */
function CheckRedirect(props: { readonly order: OrderView; readonly payment: Redirect }) {
  const { order, payment } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [since, setSince] = useState<string | null | undefined>(undefined);
  const query = orderQuery(shop.id, order.orderNumber);
  const reread = () => readAnew(queries, query);
  const command = useCommand<OrderView>({
    send(key) {
      setSince(payment.checkedAt);
      const path = `/v1/orders/${order.orderNumber}/redirect-payment/check`;
      return ask('POST', path, { shop: shop.id, key });
    },
    async onDone(answer) {
      keepAnswer(queries, query.queryKey, answer);
      for (const ms of LOOKS_MS) {
        await new Promise((resolve) => setTimeout(resolve, ms));
        const read = await reread().catch(() => null);
        if (read?.redirectPayment?.checkedAt !== payment.checkedAt) return;
      }
    },
    reread,
  });
  const asked = since !== undefined && command.progress.kind === 'idle';
  return (
    <>
      <div className="wrap">
        <GuardedButton
          variant="default"
          size="compact-md"
          denied={deniedTo(order, 'checkRedirectPayment')}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('order.open.check')}
        </GuardedButton>
        {asked && (
          <span role="status">
            {t(payment.checkedAt === since ? 'desk.redirect.asked' : 'desk.redirect.answered')}
          </span>
        )}
      </div>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </>
  );
}

const LOOKS_MS = [1_000, 2_000, 4_000, 8_000];
