import type { OperationView, OrderView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { orderQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';

/** Withdraws an operation that waits for F-REGI, if F-REGI was certainly not asked. */
export function Withdraw(props: { readonly order: OrderView; readonly operation: OperationView }) {
  const { order, operation } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => readAnew(queries, orderQuery(shop.id, order.orderNumber));
  const command = useCommand<OperationView>({
    send: (key) => ask('DELETE', `/v1/operations/${operation.id}`, { shop: shop.id, key }),
    onDone: () => void reread(),
    reread,
  });
  return (
    <>
      <GuardedButton
        variant="default"
        size="compact-md"
        denied={deniedTo(order, 'withdrawOperation')}
        loading={command.progress.kind === 'sending'}
        onClick={() => void command.press()}
      >
        {t('order.open.withdraw')}
      </GuardedButton>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </>
  );
}
