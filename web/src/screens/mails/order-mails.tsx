import { Button } from '@mantine/core';
import type { OrderMails, OrderView } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderMailsQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { deniedTo } from '../order/command/denied-to.ts';
import { MailText } from './mail-text.tsx';
import { SendDialog } from './send-dialog.tsx';

type Counter = OrderMails['counters'][number];

/** メール of an order: how often Renkei sent each kind, sending by hand, and the exact texts. */
export function OrderMailsBlock({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const mails = useQuery(orderMailsQuery(shop.id, order.orderNumber, order.version));
  const [sending, setSending] = useState<Counter | null>(null);
  const [said, setSaid] = useState(false);
  const { data, error } = mails;
  return (
    <Section title={t('mails.block.title')} id="mails">
      <div className="stack">
        {mails.isPending && <Loading rows={2} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('mails.failed')}
            onRetry={() => void mails.refetch()}
          />
        )}
        {said && <Notice tone="good" role="status" title={t('mails.block.sentNow')} />}
        {data && <Counters order={order} counters={data.counters} onSend={setSending} />}
        {data && <History items={data.items} />}
      </div>
      {sending && (
        <SendDialog
          order={order}
          kind={sending.kind}
          label={sending.label}
          onClose={() => setSending(null)}
          onSent={() => {
            setSending(null);
            setSaid(true);
            void mails.refetch();
          }}
        />
      )}
    </Section>
  );
}

function Counters(props: {
  readonly order: OrderView;
  readonly counters: OrderMails['counters'];
  readonly onSend: (counter: Counter) => void;
}) {
  const { order, counters, onSend } = props;
  const { t } = useTranslation();
  const why = deniedTo(order, 'writeMail');
  return (
    <Table
      caption={t('mails.block.title')}
      dense
      head={
        <tr>
          {(['kind', 'state', 'last', 'count', 'send'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`mails.block.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {counters.map((counter) => (
        <tr key={counter.kind}>
          <th scope="row">{counter.label}</th>
          <td className={table.nowrap}>
            {t(counter.sentCount > 0 ? 'order.payment.sent' : 'order.payment.unsent')}
            <br />
            <span className={table.muted}>{t(`mails.sendingName.${counter.sending}`)}</span>
          </td>
          <td className={table.nowrap}>
            {counter.lastSentAt === null ? '—' : formatInstant(counter.lastSentAt)}
          </td>
          <td className={table.nowrap}>{t('mails.block.times', { count: counter.sentCount })}</td>
          <td>
            {order.customerErased ? null : why === null ? (
              <Button variant="default" size="compact-sm" onClick={() => onSend(counter)}>
                {t('mails.block.send')}
                <span className="spoken">: {counter.label}</span>
              </Button>
            ) : (
              <GuardedButton variant="default" size="compact-sm" denied={why} onClick={() => {}}>
                {t('mails.block.send')}
              </GuardedButton>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Each sent mail with its exact text, each failed mail with its cause. */
function History({ items }: { readonly items: OrderMails['items'] }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        {t('mails.block.history')}
        {t('common.aside', { text: t('mails.block.times', { count: items.length }) })}
      </summary>
      {items.length === 0 && <p className="quiet">{t('mails.block.none')}</p>}
      {items.map((mail) => (
        <details key={mail.id}>
          <summary>
            {formatInstant(mail.sentAt ?? mail.createdAt)} {mail.label} —{' '}
            {t(`mails.stateName.${mail.state}`)}
            {t('common.aside', {
              text:
                mail.actor === null
                  ? t('mails.block.auto')
                  : t('mails.block.by', { by: mail.actor }),
            })}
          </summary>
          {mail.error !== null && <p>{mail.error}</p>}
          {mail.body !== null && <MailText mail={mail} />}
        </details>
      ))}
    </details>
  );
}
