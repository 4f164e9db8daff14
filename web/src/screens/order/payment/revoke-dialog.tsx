import type { OrderView, RevokePayments } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { PreviewBlock, usePreview } from '../command/preview-notice.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

/** 発行取消 of one payment (K3): its effect, and what can come in between. */
export function RevokeDialog(props: {
  readonly order: OrderView;
  readonly settleno: string;
  readonly desk: Desk;
}) {
  const { order, settleno, desk } = props;
  const { t } = useTranslation();
  const body: RevokePayments = { settlenos: [settleno] };
  const preview = usePreview(order, 'revocations', body);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'revocations',
    body,
    onDone: () => desk.close(), // The block shows how far it has come.
  });
  const why = deniedTo(order, 'revokePayments');
  return (
    <Dialog
      title={t('desk.redirect.revoke.title')}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      danger
      blocked={why !== null || preview.data === undefined || preview.data.decision === 'refuse'}
      confirm={t('desk.redirect.revoke.button')}
    >
      <p>{t('desk.redirect.revoke.lead')}</p>
      <PreviewBlock order={order} preview={preview} />
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
