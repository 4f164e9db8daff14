import { NativeSelect } from '@mantine/core';
import { type Member, type MemberList, ROLES } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { membersQuery } from '../../api/members.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Table } from '../../ui/data/table.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { Badge } from '../../ui/state/badge.tsx';
import { Invitations, InviteDialog } from './invitations.tsx';

type OpenedMember =
  | { readonly kind: 'invite' }
  | { readonly kind: 'change'; readonly member: Member };

/** The members of the shop and their roles; an owner invites, changes and removes them. */
export function Members() {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const { data, error, isPending, refetch } = useQuery(membersQuery(shop.id));
  const [open, setOpen] = useState<OpenedMember | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const why = denied('manage_members');
  const close = () => setOpen(null);
  return (
    <Section
      title={t('settings.page.members')}
      aside={
        <GuardedButton
          variant="default"
          size="compact-sm"
          denied={why}
          onClick={() => setOpen({ kind: 'invite' })}
        >
          {t('settings.members.invite')}
        </GuardedButton>
      }
    >
      <div className="stack">
        <p className="quiet">{t('settings.members.lead')}</p>
        {said !== null && <Notice tone="good" role="status" title={said} />}
        {isPending && <Loading rows={3} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('settings.members.failed')}
            onRetry={() => void refetch()}
          />
        )}
        {data && (
          <People
            members={data.items}
            onChange={why === null ? (member) => setOpen({ kind: 'change', member }) : null}
          />
        )}
        {why === null && <Invitations />}
      </div>
      {open?.kind === 'invite' && <InviteDialog onClose={close} />}
      {open?.kind === 'change' && (
        <ChangeDialog
          member={open.member}
          onClose={close}
          onDone={(sentence) => {
            close();
            setSaid(sentence);
          }}
        />
      )}
    </Section>
  );
}

function People(props: {
  readonly members: readonly Member[];
  /** Null if this person may not. */
  readonly onChange: ((member: Member) => void) | null;
}) {
  const { members, onChange } = props;
  const { t } = useTranslation();
  return (
    <Table
      caption={t('settings.members.caption')}
      head={
        <tr>
          <th scope="col">{t('settings.members.name')}</th>
          <th scope="col">{t('settings.members.email')}</th>
          <th scope="col">{t('settings.members.role')}</th>
          <th scope="col">{t('settings.members.can')}</th>
          {onChange && <th scope="col">{t('settings.members.factor')}</th>}
          {onChange && (
            <th scope="col">
              <span className="spoken">{t('settings.members.action')}</span>
            </th>
          )}
        </tr>
      }
    >
      {members.map((member) => (
        <tr key={member.id}>
          <th scope="row">{member.name}</th>
          <td>{member.email}</td>
          <td>{t(`words.role.${member.role}`)}</td>
          <td>{t(`settings.members.cans.${member.role}`)}</td>
          {onChange && (
            <td>
              <Badge tone={member.hasSecondFactor ? 'good' : 'warn'}>
                {t(`settings.members.factors.${member.hasSecondFactor ? 'on' : 'off'}`)}
              </Badge>
            </td>
          )}
          {onChange && (
            <td>
              <GuardedButton
                variant="subtle"
                size="compact-sm"
                denied={null}
                onClick={() => onChange(member)}
              >
                {t('settings.members.change')}
                <span className="spoken">{` ${member.name}`}</span>
              </GuardedButton>
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

type WantedRole = Member['role'] | 'removed';

/** Changes a role, or removes the member; the dialog first says what that means. */
function ChangeDialog(props: {
  readonly member: Member;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}) {
  const { member, onClose, onDone } = props;
  const { id, name, role } = member;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<WantedRole>(role);
  const removes = wanted === 'removed';
  const { queryKey } = membersQuery(shop.id);
  const command = useCommand<MemberList>({
    send: (key) =>
      removes
        ? ask('DELETE', `/v1/members/${id}`, { shop: shop.id, key })
        : ask('PATCH', `/v1/members/${id}`, { shop: shop.id, key, body: { role: wanted } }),
    onDone(list) {
      keepAnswer(queries, queryKey, list);
      void queries.invalidateQueries({ queryKey: ['me'] }); // the member may be this person
      onDone(t(removes ? 'settings.members.removed' : 'settings.members.changed', { name }));
    },
    reread: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Dialog
      title={t('settings.members.changeTitle', { name })}
      onClose={onClose}
      confirm={t(removes ? 'settings.members.remove' : 'settings.members.save', { name })}
      danger={removes}
      busy={command.progress.kind === 'sending'}
      blocked={wanted === role}
      onConfirm={() => void command.press()}
    >
      <NativeSelect
        label={t('settings.members.role')}
        value={wanted}
        onChange={({ currentTarget: { value } }) =>
          setWanted(ROLES.find((one) => one === value) ?? 'removed')
        }
        data={[
          ...ROLES.map((value) => ({ value, label: t(`words.role.${value}`) })),
          { value: 'removed', label: t('settings.members.none') },
        ]}
        maw={280}
      />
      <p>{t(removes ? 'settings.members.removeLead' : `settings.members.cans.${wanted}`)}</p>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}
