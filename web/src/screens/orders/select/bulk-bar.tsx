import { Button } from '@mantine/core';
import { type OrderList, type OrderTab, RUN_ROWS_MAX } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { formatClock, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import classes from '../orders.module.css';
import { PLANS_OF, type PlanKind } from './plans.ts';
import type { Selection } from './use-selection.ts';

/** The ticked orders, their amount, and the bulk commands for them. */
export function BulkBar(props: {
  readonly tab: OrderTab;
  readonly list: OrderList;
  readonly selection: Selection;
  readonly onPlan: (plan: PlanKind) => void;
}) {
  const { tab, list, selection, onPlan } = props;
  const { chosen, frozen, freezing } = selection;
  const { t } = useTranslation();
  const { denied } = useSession();
  if (chosen.size === 0) return null;
  const yen = [...chosen.values()].reduce((sum, billed) => sum + billed, 0);
  const plans = PLANS_OF[tab];
  const reasons = new Set(plans.map((plan) => denied({ kind: plan })));
  // If one reason denies every button, one sentence says so for all of them.
  const shown = reasons.size === 1 && !reasons.has(null) ? plans.slice(0, 1) : plans;
  return (
    <div className={classes.bar}>
      <span role="status">
        {t('orders.selected', { count: chosen.size })} <strong>{formatYen(yen)}</strong>
        {frozen && ` ${t('orders.frozen', { at: formatClock(frozen.createdAt) })}`}
      </span>
      <WholeResult list={list} selection={selection} />
      <div className={classes.barEnd}>
        <Button variant="subtle" onClick={selection.clear} disabled={freezing}>
          {t('orders.clearSelection')}
        </Button>
        {shown.map((plan, index) => (
          <GuardedButton
            key={plan}
            denied={denied({ kind: plan })}
            {...(index > 0 && { variant: 'default' })}
            onClick={() => onPlan(plan)}
          >
            {t(`orders.plans.${plan}`)}
          </GuardedButton>
        ))}
      </div>
    </div>
  );
}

/** Appears when every row of the page is ticked and the result has more. */
function WholeResult({
  list,
  selection,
}: {
  readonly list: OrderList;
  readonly selection: Selection;
}) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const { chosen, freezing, chooseWhole } = selection;
  const { count, items } = list;
  if (freezing) return <span role="status">{t('orders.selectingWhole')}</span>;
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
