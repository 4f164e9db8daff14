import type { Account } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { keepAnswer } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { accountQuery } from './account-query.ts';

/** Ends a session or removes a passkey, at once; the answer is the account without it. */
export function DeleteButton(props: {
  readonly path: string;
  readonly text: string;
  readonly of?: string;
}) {
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
