import type { Account, AccountSession } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { formatInstant } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { accountQuery } from './account-query.ts';
import { browserIn } from './browser-in.ts';

/** Every browser in which the person is signed in, with place and time. */
export function Sessions({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { sessions, sessionEnds } = account;
  return (
    <Section
      title={t('account.sessions')}
      aside={
        sessions.length > 1 && (
          <EndButton path="/v1/account/sessions" text={t('account.endOthers')} />
        )
      }
    >
      <div className="stack">
        <p className="quiet">
          {t('account.sessionsLead', {
            minutes: sessionEnds.idleMinutes,
            hours: sessionEnds.hours,
          })}
        </p>
        <Table
          caption={t('account.sessions')}
          head={
            <tr>
              <th scope="col">{t('account.browser')}</th>
              <th scope="col">
                <span className="spoken">{t('account.action')}</span>
              </th>
              <th scope="col">{t('account.ip')}</th>
              <th scope="col">{t('account.begunAt')}</th>
              <th scope="col">{t('account.begunBy')}</th>
              <th scope="col">{t('account.usedAt')}</th>
            </tr>
          }
        >
          {sessions.map((session) => (
            <Line key={session.id} session={session} />
          ))}
        </Table>
      </div>
    </Section>
  );
}

function Line({ session }: { readonly session: AccountSession }) {
  const { t } = useTranslation();
  const { id, isThis, userAgent, ip, begunAt, begunBy, usedAt } = session;
  const { browser, system } = browserIn(userAgent ?? '');
  const names = [browser, system].filter((name) => name !== null);
  const name = names.length === 0 ? t('account.unknownBrowser') : names.join(' / ');
  return (
    <tr>
      <th scope="row">
        {name}
        {isThis && <span className="quiet"> {t('account.thisOne')}</span>}
      </th>
      <td>
        {!isThis && (
          <EndButton path={`/v1/account/sessions/${id}`} text={t('account.end')} of={name} />
        )}
      </td>
      <td>{ip ?? t('common.none')}</td>
      <td className={table.nowrap}>{formatInstant(begunAt)}</td>
      <td>{begunBy === null ? t('common.none') : t(`account.beginnings.${begunBy}`)}</td>
      <td className={table.nowrap}>{formatInstant(usedAt)}</td>
    </tr>
  );
}

function EndButton(props: { readonly path: string; readonly text: string; readonly of?: string }) {
  const { path, text, of } = props;
  const queries = useQueryClient();
  const { queryKey } = accountQuery;
  const command = useCommand<Account>({
    send: (key) => ask('DELETE', path, { key }),
    onDone: (account) => void keepAnswer(queries, queryKey, account),
    reread: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <>
      <GuardedButton
        variant="default"
        size="compact-sm"
        denied={null}
        loading={command.progress.kind === 'sending'}
        onClick={() => void command.press()}
      >
        {text}
        {of !== undefined && <span className="spoken">{` ${of}`}</span>}
      </GuardedButton>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </>
  );
}
