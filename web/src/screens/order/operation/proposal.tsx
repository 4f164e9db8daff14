import { TextInput } from '@mantine/core';
import type { OrderView, ProposalView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { OrderProgress } from '../command/order-progress.tsx';
import { PreviewNotice } from '../command/preview-notice.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** F59: the command that waits for a second person, with what an agreement does. */
export function Proposal({ order, desk }: Props) {
  const { proposal } = order;
  return proposal && <Waiting order={order} desk={desk} proposal={proposal} />;
}

function Waiting({ order, desk, proposal }: Props & { readonly proposal: ProposalView }) {
  const { limited, amount, by, at, until, isOwn, objection } = proposal;
  const { t } = useTranslation();
  const what = { what: t(`words.limited.${limited}`), yen: formatYen(amount), by };
  return (
    <div id="proposal" className={classes.open}>
      <Notice tone="warn" role="status" title={t(isOwn ? 'proposal.own' : 'proposal.others', what)}>
        <p>{t('proposal.lead')}</p>
        <p className="quiet">
          {t('proposal.times', { at: formatInstant(at), until: formatInstant(until) })}
        </p>
        {objection && !isOwn && (
          <p>
            <strong>{objection.cause}</strong> {objection.remedy}
          </p>
        )}
        <p>{t('proposal.outcome')}</p>
        <PreviewNotice order={order} preview={proposal.preview} />
        {isOwn ? (
          <Withdraw order={order} desk={desk} proposal={proposal} />
        ) : (
          <Answer order={order} desk={desk} proposal={proposal} />
        )}
      </Notice>
    </div>
  );
}

/** A second person agrees, or declines with a word. */
function Answer({ order, desk, proposal }: Props & { readonly proposal: ProposalView }) {
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const typed = useDigits(order, true);
  const agree = useOrderCommand(order, {
    method: 'POST',
    resource: 'proposal/agreement',
    body: { proposal: proposal.version },
    onDone: () => {},
  });
  const decline = useEnd(order, proposal, word);
  const denied = proposal.denied?.reason ?? null;
  const mayNot = proposal.objection === null ? null : proposal.objection.cause;
  return (
    <div className="stack">
      {typed.field}
      <div>
        <GuardedButton
          color="red"
          denied={denied ?? mayNot}
          loading={agree.progress.kind === 'sending'}
          onClick={() => typed.isRight() && void agree.press(typed.confirmed)}
        >
          {t('proposal.agree')}
        </GuardedButton>
      </div>
      <OrderProgress order={order} command={agree} actions={desk.remedies} />
      <TextInput
        label={t('proposal.word')}
        value={word}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setWord(event.currentTarget.value)}
      />
      <div>
        <GuardedButton
          variant="default"
          denied={denied ?? (word.trim() === '' ? t('proposal.wordWanted') : null)}
          loading={decline.progress.kind === 'sending'}
          onClick={() => void decline.press()}
        >
          {t('proposal.decline')}
        </GuardedButton>
      </div>
      <OrderProgress order={order} command={decline} actions={desk.remedies} />
    </div>
  );
}

/** Whoever gave the command may take it back. */
function Withdraw({ order, desk, proposal }: Props & { readonly proposal: ProposalView }) {
  const { t } = useTranslation();
  const withdraw = useEnd(order, proposal, '');
  return (
    <div className="stack">
      <p>{t('proposal.notOwn')}</p>
      <div>
        <GuardedButton
          variant="default"
          denied={proposal.denied?.reason ?? null}
          loading={withdraw.progress.kind === 'sending'}
          onClick={() => void withdraw.press()}
        >
          {t('proposal.withdraw')}
        </GuardedButton>
      </div>
      <OrderProgress order={order} command={withdraw} actions={desk.remedies} />
    </div>
  );
}

function useEnd(order: OrderView, { version }: ProposalView, word: string) {
  return useOrderCommand(order, {
    method: 'POST',
    resource: 'proposal/end',
    body: { proposal: version, word },
    onDone: () => {},
  });
}
