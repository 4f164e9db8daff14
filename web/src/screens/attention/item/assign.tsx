import { NativeSelect } from '@mantine/core';
import type { AttentionDetail } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeAttention } from '../../../api/attention.ts';
import { membersQuery } from '../../../api/members.ts';
import { useSession } from '../../../app/session.tsx';
import { useShortcuts } from '../../../ui/browser/keyboard.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { useItemChange } from './use-item-change.ts';

type Props = { readonly item: AttentionDetail };
const NOBODY = '';

/** 担当: a person takes the item with one press, or gives it to somebody else of the shop. */
export function Assign({ item }: Props) {
  const { t } = useTranslation();
  const { me, denied } = useSession();
  const mine = useAssign(item, item.assignee?.id === me.user.id ? null : 'me');
  const isMine = item.assignee?.id === me.user.id;
  const why = denied('handle_attention');
  useShortcuts({ a: why === null && !isMine ? () => void mine.press() : undefined });
  return (
    <div className="wrap">
      <span>
        {item.assignee
          ? t('attention.assignee', { name: item.assignee.name })
          : t('attention.nobody')}
      </span>
      <GuardedButton
        variant="default"
        size="compact-md"
        denied={why}
        loading={mine.progress.kind === 'sending'}
        onClick={() => void mine.press()}
      >
        {t(isMine ? 'attention.handling.release' : 'attention.handling.take')}
      </GuardedButton>
      <ProgressNotice progress={mine.progress} onResend={() => void mine.press()} />
      {why === null && <GiveTo key={item.assignee?.id ?? NOBODY} item={item} />}
    </div>
  );
}

function useAssign(item: AttentionDetail, assignee: string | null) {
  const { shop } = useSession();
  return useItemChange(item, (key) => changeAttention(shop.id, item, key, { assignee }));
}

/** The members who may handle the item, by name; the address tells two of one name apart. */
function GiveTo({ item }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const now = item.assignee?.id ?? NOBODY;
  const [wanted, setWanted] = useState(now);
  const members = useQuery(membersQuery(shop.id)).data?.items ?? [];
  const command = useAssign(item, wanted === NOBODY ? null : wanted);
  const able = members.filter(({ role }) => role !== 'viewer');
  const nameOf = ({ name, email }: (typeof members)[number]) =>
    able.filter((other) => other.name === name).length > 1 ? `${name} (${email})` : name;
  return (
    <>
      <NativeSelect
        aria-label={t('attention.handling.giveTo')}
        value={wanted}
        onChange={({ currentTarget: { value } }) => setWanted(value)}
        data={[
          { value: NOBODY, label: t('attention.nobody') },
          ...able.map((member) => ({ value: member.id, label: nameOf(member) })),
        ]}
      />
      {wanted !== now && (
        <GuardedButton
          variant="default"
          size="compact-md"
          denied={null}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('attention.handling.give')}
        </GuardedButton>
      )}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </>
  );
}
