import { NativeSelect, TextInput } from '@mantine/core';
import type {
  OperationView,
  OrderView,
  ReviewAnswer,
  TransactionState,
} from '@renkei/backoffice/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { jaWords } from '../../locale/ja-words.ts';
import { normalized, parseYen } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { isSubmit } from '../../ui/keyboard.ts';
import { ProgressNotice } from '../../ui/problem.tsx';
import classes from './order.module.css';

const STATES = Object.keys(jaWords.transaction) as TransactionState[];

type Typed = { state: TransactionState | ''; seqno: string; authCode: string; amount: string };
type Props = { readonly order: OrderView; readonly operation: OperationView };

/** What F-REGI's console shows, typed in by a person: it settles how the operation ended. */
export function ReviewForm({ order, operation }: Props) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [typed, setTyped] = useState<Typed>({ state: '', seqno: '', authCode: '', amount: '' });
  const [asked, setAsked] = useState(false);
  const answer = answerOf(typed);
  const command = useReview(order, operation, answer);
  const why = denied('payments:cancel');
  const set = (changes: Partial<Typed>) => setTyped({ ...typed, ...changes });
  const wrong = (isWrong: boolean, said: string) => (asked && isWrong ? said : null);

  function submit(): void {
    setAsked(true);
    if (answer !== null && why === null) void command.press();
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => isSubmit(event.nativeEvent) && submit()}
      noValidate
    >
      <p>{t('order.open.reviewHint', { slipId: order.transaction?.slipId ?? '' })}</p>
      <div className={classes.fields}>
        <NativeSelect
          label={t('order.open.state')}
          value={typed.state}
          error={wrong(typed.state === '', t('order.status.choose'))}
          onChange={(event) => {
            const value = event.currentTarget.value;
            set({ state: STATES.find((state) => state === value) ?? '' });
          }}
          data={[
            { value: '', label: t('order.status.choose') },
            ...STATES.map((value) => ({ value, label: t(`words.transaction.${value}`) })),
          ]}
        />
        <TextInput
          label={t('order.open.seqno')}
          value={typed.seqno}
          inputMode="numeric"
          autoComplete="off"
          error={wrong(!SEQNO.test(normalized(typed.seqno)), t('order.open.seqnoWrong'))}
          onChange={(event) => set({ seqno: event.currentTarget.value })}
        />
        <TextInput
          label={t('order.open.authCode')}
          value={typed.authCode}
          maxLength={6}
          autoComplete="off"
          onChange={(event) => set({ authCode: event.currentTarget.value })}
        />
        <TextInput
          label={t('order.open.amount')}
          value={typed.amount}
          inputMode="numeric"
          autoComplete="off"
          error={wrong(parseYen(typed.amount) === null, t('order.open.amountWrong'))}
          onChange={(event) => set({ amount: event.currentTarget.value })}
        />
      </div>
      <ProgressNotice progress={command.progress} onResend={submit} />
      <div>
        <GuardedButton denied={why} loading={command.progress.kind === 'sending'} onClick={submit}>
          {t('order.open.submit')}
        </GuardedButton>
      </div>
    </form>
  );
}

const SEQNO = /^\d{20}$/;

/** Null as long as something is missing or no number. */
function answerOf({ state, seqno, authCode, amount }: Typed): ReviewAnswer | null {
  const plain = normalized(seqno);
  const yen = parseYen(amount);
  if (state === '' || !SEQNO.test(plain) || yen === null) return null;
  return { state, seqno: plain, authCode: normalized(authCode) || null, amount: yen };
}

function useReview(order: OrderView, operation: OperationView, answer: ReviewAnswer | null) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () =>
    queries.fetchQuery({ ...orderQuery(shop.id, order.orderNumber), staleTime: 0 });
  return useCommand<OperationView>({
    send: (key) =>
      ask('POST', `/v1/operations/${operation.id}/review`, { shop: shop.id, key, body: answer }),
    onDone: () => void reread().catch(() => {}),
    reread,
  });
}
