import { NativeSelect, TextInput } from '@mantine/core';
import { type Invitation, type InvitationList, type Invited, ROLES } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { invitationsQuery } from '../../api/members.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Copyable } from '../../ui/data/copy.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import classes from './settings.module.css';

/**
 * Invites a person: name, address, role; the link goes out by mail, or is shown without a mail
 * server.
 */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [typed, setTyped] = useState({ name: '', email: '' });
  const [role, setRole] = useState<Invitation['role']>('clerk');
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<Invited | null>(null);
  const { queryKey } = invitationsQuery(shop.id);
  const reread = () => queries.invalidateQueries({ queryKey });
  const [name, email] = [typed.name.trim(), typed.email.trim()];
  const command = useCommand<Invited>({
    send: (key) =>
      ask('POST', '/v1/invitations', { shop: shop.id, key, body: { name, email, role } }),
    onDone(invited) {
      setMade(invited);
      void reread();
    },
    reread,
  });
  const wrong = { name: name === '', email: !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) };
  if (made !== null) return <Link invited={made} onClose={onClose} />;
  return (
    <Dialog
      title={t('settings.members.invite')}
      onClose={onClose}
      confirm={t('settings.members.makeLink')}
      busy={command.progress.kind === 'sending'}
      onConfirm={() => {
        setAsked(true);
        if (!wrong.name && !wrong.email) void command.press();
      }}
    >
      <p>{t('settings.members.inviteLead')}</p>
      <InvitedPerson
        typed={typed}
        isWrong={{ name: asked && wrong.name, email: asked && wrong.email }}
        onType={(changed) => setTyped((now) => ({ ...now, ...changed }))}
      />
      <RoleSelect role={role} onChoose={setRole} />
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}

type InvitedPerson = { readonly name: string; readonly email: string };

function InvitedPerson(props: {
  readonly typed: InvitedPerson;
  readonly isWrong: Readonly<Record<keyof InvitedPerson, boolean>>;
  readonly onType: (changed: Partial<InvitedPerson>) => void;
}) {
  const { typed, isWrong, onType } = props;
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('settings.members.name')}
        value={typed.name}
        maxLength={100}
        autoComplete="off"
        error={isWrong.name ? t('settings.members.nameWrong') : null}
        onChange={(event) => onType({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.members.email')}
        type="email"
        value={typed.email}
        maxLength={254}
        autoComplete="off"
        error={isWrong.email ? t('settings.members.emailWrong') : null}
        onChange={(event) => onType({ email: event.currentTarget.value })}
      />
    </>
  );
}

/** The role, with what it may do. */
function RoleSelect(props: {
  readonly role: Invitation['role'];
  readonly onChoose: (role: Invitation['role']) => void;
}) {
  const { role, onChoose } = props;
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('settings.members.role')}
      description={t(`settings.members.cans.${role}`)}
      value={role}
      onChange={({ currentTarget: { value } }) =>
        onChoose(ROLES.find((one) => one === value) ?? 'viewer')
      }
      data={ROLES.map((value) => ({ value, label: t(`words.role.${value}`) }))}
    />
  );
}

function Link({ invited, onClose }: { readonly invited: Invited; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { invitation, link } = invited;
  const { email } = invitation;
  const at = formatInstant(invitation.expiresAt);
  return (
    <Dialog
      title={t('settings.members.linkTitle', { name: invitation.name })}
      onClose={onClose}
      onConfirm={onClose}
      confirm=""
      cancel={t('common.close')}
      busy={false}
      blocked
    >
      {link === null ? (
        <Notice tone="good" role="status" title={t('settings.members.mailed', { email })}>
          <p>{t('settings.members.mailedLead', { at })}</p>
        </Notice>
      ) : (
        <>
          <Notice tone="warn" role="status" title={t('settings.members.linkOnce')}>
            <p>{t('settings.members.linkLead', { at })}</p>
          </Notice>
          <p style={{ overflowWrap: 'anywhere' }}>
            <Copyable text={link} label={t('settings.members.link')} />
          </p>
        </>
      )}
    </Dialog>
  );
}

/** The invitations that nobody has accepted yet. */
export function Invitations() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data } = useQuery(invitationsQuery(shop.id));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div>
      <h3 className={classes.waiting}>{t('settings.members.waiting')}</h3>
      <Table
        caption={t('settings.members.waiting')}
        head={
          <tr>
            <th scope="col">{t('settings.members.name')}</th>
            <th scope="col">{t('settings.members.email')}</th>
            <th scope="col">{t('settings.members.role')}</th>
            <th scope="col">{t('settings.members.mail')}</th>
            <th scope="col">{t('settings.members.expiresAt')}</th>
            <th scope="col">
              <span className="spoken">{t('settings.members.action')}</span>
            </th>
          </tr>
        }
      >
        {data.items.map((invitation) => (
          <Waiting key={invitation.id} invitation={invitation} />
        ))}
      </Table>
    </div>
  );
}

function Waiting({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const { id, name, email, role, expiresAt, mail } = invitation;
  const { queryKey } = invitationsQuery(shop.id);
  const command = useCommand<InvitationList>({
    send: (key) => ask('DELETE', `/v1/invitations/${id}`, { shop: shop.id, key }),
    onDone: (list) => void keepAnswer(queries, queryKey, list),
    reread: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{email}</td>
      <td>{t(`words.role.${role}`)}</td>
      <td>{t(`settings.members.mailState.${mail ?? 'none'}`)}</td>
      <td className={table.nowrap}>{formatInstant(expiresAt)}</td>
      <td>
        <GuardedButton
          variant="subtle"
          size="compact-sm"
          denied={null}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('settings.members.withdraw')}
          <span className="spoken">{` ${name}`}</span>
        </GuardedButton>
        <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
      </td>
    </tr>
  );
}
