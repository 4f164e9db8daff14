import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { PreviewText } from '../command/preview-text.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

type State = NonNullable<OrderView['transaction']>['state'];

/** States in which the card company has not reserved anything, or not yet (B1–B4). */
const UNAUTHORIZED: readonly State[] = [
  'preorder_unauthorized',
  'validated_unauthorized',
  'authorization_failed',
];

/** 承認（オーソリ） with the card that is registered at F-REGI (B3), or the reason why it cannot be. */
export function Authorize({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'authorization',
    body: {},
    onDone(changed) {
      if (changed.transaction?.state === 'authorized') {
        desk.showMessage('panel', t('desk.authorize.done'));
      }
    },
  });
  const { transaction, actions, openOperation } = order;
  if (transaction === null || !UNAUTHORIZED.includes(transaction.state)) return null;
  if (openOperation !== null) return null;
  const { authorize } = actions;
  if (authorize.decision === 'refuse') {
    const { reason } = authorize;
    return (
      <Notice tone="warn" title={reason.cause}>
        <p>{reason.remedy}</p>
        <Remedies reason={reason} actions={desk.remedies} />
      </Notice>
    );
  }
  return (
    <div className="stack">
      <Notice tone="going" title={t('order.preview.title')}>
        <PreviewText order={order} preview={authorize} />
      </Notice>
      <OrderProgress order={order} command={command} actions={desk.remedies} />
      <div>
        <GuardedButton
          denied={deniedTo(order, 'authorize')}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('desk.authorize.button')}
        </GuardedButton>
      </div>
    </div>
  );
}
