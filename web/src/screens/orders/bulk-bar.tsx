import { Button } from '@mantine/core';
import type { OrderList } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { RUN_ROWS_MAX } from './limits.ts';
import classes from './orders.module.css';
import type { Selection } from './use-selection.ts';

/** What is ticked, how much it is, and the one thing to do with it. */
export function BulkBar(props: {
  readonly list: OrderList;
  readonly selection: Selection;
  readonly onPay: () => void;
}) {
  const { list, selection, onPay } = props;
  const { chosen, reading } = selection;
  const { t } = useTranslation();
  const { denied } = useSession();
  if (chosen.size === 0) return null;
  const yen = [...chosen.values()].reduce((sum, billed) => sum + billed, 0);
  return (
    <div className={classes.bar}>
      <span role="status">
        {t('orders.selected', { count: chosen.size })} <strong>{formatYen(yen)}</strong>
      </span>
      <WholeResult list={list} selection={selection} />
      <div className={classes.barEnd}>
        <Button variant="default" onClick={selection.clear} disabled={reading !== null}>
          {t('orders.clearSelection')}
        </Button>
        <GuardedButton denied={denied('payments:capture')} onClick={onPay}>
          {t('orders.markPaid')}
        </GuardedButton>
      </div>
    </div>
  );
}

/** Offered once every row of the page is ticked and there are more. */
function WholeResult({
  list,
  selection,
}: {
  readonly list: OrderList;
  readonly selection: Selection;
}) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const { chosen, reading, chooseWhole } = selection;
  const { count, items } = list;
  if (reading !== null) {
    return <span role="status">{t('orders.selectingWhole', { done: reading })}</span>;
  }
  if (chosen.size >= count || !items.every(({ orderNumber }) => chosen.has(orderNumber))) {
    return null;
  }
  if (count > RUN_ROWS_MAX) return <span>{t('orders.tooMany', { count: RUN_ROWS_MAX })}</span>;
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          setFailed(false);
          void chooseWhole().catch(() => setFailed(true));
        }}
      >
        {t('orders.selectWhole', { count })}
      </Button>
      {failed && <span role="alert">{t('common.unreachable')}</span>}
    </>
  );
}
