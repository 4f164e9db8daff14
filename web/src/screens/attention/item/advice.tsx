import { Button } from '@mantine/core';
import type { AttentionDetail, LookResult, RepairView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { useSession } from '../../../app/session.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { DO } from '../../order/use-desk.ts';
import { RepairHead } from './repair-head.tsx';

type Props = {
  readonly item: AttentionDetail;
  readonly repair: RepairView;
  readonly best: boolean;
};

/** The work that a person has to do elsewhere, and the way there. */
export function Advice({ item, repair, best }: Props) {
  return (
    <div className="stack">
      <RepairHead repair={repair} best={best} />
      <Way item={item} repair={repair} />
    </div>
  );
}

function Way({ item, repair }: Omit<Props, 'best'>) {
  const { t } = useTranslation();
  const { me } = useSession();
  const { sandboxConsole } = me.links;
  const { orderNumber } = item;
  const { id } = repair;
  if (id === 'check_settings') {
    return <Link to="/settings">{t('attention.repairs.openSettings')}</Link>;
  }
  if (id === 'check_at_gateway' && sandboxConsole !== null) {
    return (
      <a href={sandboxConsole} target="_blank" rel="noreferrer">
        {t('attention.repairs.openConsole')}
        <span className="spoken">{t('frame.newWindow')}</span>
      </a>
    );
  }
  // Without an order, Renkei learns from the console's CSV what somebody did there.
  if (orderNumber === null) {
    return <Link to="/reconciliation">{t('attention.repairs.openConsoleCsv')}</Link>;
  }
  if (id === 'look_again') return <LookNow orderNumber={orderNumber} />;
  return (
    <Link to="/orders/$orderNumber" params={{ orderNumber }} hash={`${DO}${id}`}>
      {t(`attention.repairs.${WAY[id] ?? 'openOrder'}`)}
    </Link>
  );
}

/** The name of the way to the order, by the block that it opens there. */
const WAY: Partial<
  Record<RepairView['id'], 'openMethod' | 'openReview' | 'openSettle' | 'openMails'>
> = {
  change_method: 'openMethod',
  answer_review: 'openReview',
  settle_otherwise: 'openSettle',
  ask_customer: 'openMails',
  refund_otherwise: 'openMails',
};

/** 再照会: looks at F-REGI now and changes nothing there. A sighting closes the item by itself. */
function LookNow({ orderNumber }: { readonly orderNumber: string }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [look, setLook] = useState<LookResult['look'] | null>(null);
  const reread = () => queries.invalidateQueries({ queryKey: ['attention', shop.id] });
  const command = useCommand<LookResult>({
    send: (key) => ask('POST', `/v1/orders/${orderNumber}/look`, { shop: shop.id, key }),
    onDone(result) {
      setLook(result.look);
      void reread();
    },
    reread,
  });
  const said = { looked: 'looked', fresh: 'looked', failed: 'look_failed' } as const;
  const name = look === null ? null : look in said ? said[look as keyof typeof said] : 'look_none';
  return (
    <div className="wrap">
      <Button
        variant="default"
        loading={command.progress.kind === 'sending'}
        onClick={() => void command.press()}
      >
        {t('attention.repairs.look')}
      </Button>
      {name !== null && <span role="status">{t(`attention.repairs.${name}`)}</span>}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </div>
  );
}
