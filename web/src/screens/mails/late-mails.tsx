import { type LateMail, MAIL_KIND, type WaitingMails } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/cache.ts';
import { waitingMailsQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { useDecision } from './use-decision.ts';

const SHOWN = 10;

/** Mails that have waited too long to go out by themselves: a person sends or drops them (B4). */
export function LateMails() {
  const { shop } = useSession();
  const { data } = useQuery(waitingMailsQuery(shop.id));
  if (data === undefined || data.late.upTo === null) return null;
  return <Decision waiting={data} upTo={data.late.upTo} />;
}

function Decision({ waiting, upTo }: { readonly waiting: WaitingMails; readonly upTo: number }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [asked, setAsked] = useState<'send' | 'drop' | null>(null);
  const queries = useQueryClient();
  const { shop } = useSession();
  const command = useDecision(upTo, asked ?? 'drop', (now) => {
    keepAnswer(queries, waitingMailsQuery(shop.id).queryKey, now);
    setAsked(null);
  });
  const { count, items } = waiting.late;
  const why = denied('write_mail');
  return (
    <Notice
      tone="warn"
      title={t('mails.late.title', { count })}
      actions={
        <>
          <GuardedButton denied={why} onClick={() => setAsked('send')}>
            {t('mails.late.send')}
          </GuardedButton>
          <GuardedButton variant="default" denied={why} onClick={() => setAsked('drop')}>
            {t('mails.late.drop')}
          </GuardedButton>
        </>
      }
    >
      <p>
        {t(waiting.leaves ? 'mails.late.lead' : 'mails.late.leadNone', {
          hours: waiting.ageMaxHours,
        })}
      </p>
      <ul>
        {items.slice(0, SHOWN).map((mail) => (
          <Line key={mail.id} mail={mail} />
        ))}
      </ul>
      {count > SHOWN && <p>{t('mails.late.more', { count: count - SHOWN })}</p>}
      {asked !== null && (
        <Dialog
          title={t(`mails.late.${asked}Title`)}
          confirm={t(`mails.late.${asked}`)}
          danger={asked === 'drop'}
          busy={command.progress.kind === 'sending'}
          onClose={() => setAsked(null)}
          onConfirm={() => void command.press()}
        >
          <p>{t(`mails.late.${asked}Lead`)}</p>
          <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
        </Dialog>
      )}
    </Notice>
  );
}

function Line({ mail }: { readonly mail: LateMail }) {
  const { t, i18n } = useTranslation();
  const { orderNumber, createdAt } = mail;
  const known = Object.entries(MAIL_KIND).find(([kind]) => kind === mail.kind)?.[1];
  const kind = known?.[i18n.language === 'en' ? 'en' : 'ja'] ?? t('mails.late.own');
  return (
    <li>
      {formatInstant(createdAt)} {kind}{' '}
      {orderNumber !== null && (
        <Link to="/orders/$orderNumber" params={{ orderNumber }}>
          {orderNumber}
        </Link>
      )}
    </li>
  );
}
