import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';
import { sentenceOf } from './settlements.tsx';

/** Takes a settlement back that somebody recorded by mistake, by a counter-entry (O3). */
export function CorrectDialog(props: {
  readonly order: OrderView;
  readonly settlement: number;
  readonly desk: Desk;
}) {
  const { order, settlement, desk } = props;
  const { t } = useTranslation();
  const command = useOrderCommand(order, {
    method: 'DELETE',
    resource: `settlements/${settlement}`,
    onDone() {
      desk.close();
      desk.showMessage('panel', t('desk.settle.correctDone'));
    },
  });
  const found = order.settlements.find(({ version }) => version === settlement);
  const why = deniedTo(order, 'correctSettlement');
  return (
    <Dialog
      title={t('desk.settle.correctTitle')}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || found === undefined}
      confirm={t('desk.settle.correct')}
    >
      {found && <p>{sentenceOf(found, t)}</p>}
      <Notice tone="warn" title={t('desk.settle.correctLead')}>
        <p>{t('desk.settle.correctConsequence')}</p>
      </Notice>
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
