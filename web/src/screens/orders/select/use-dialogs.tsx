import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../../../locale/index.ts';
import { Notice } from '../../../ui/notice/notice.tsx';
import type { PlanKind } from './plans.ts';
import type { Picked, Selection } from './use-selection.ts';

const BulkDialog = lazy(
  withWords(() =>
    import('../../bulk/bulk-dialog.tsx').then(({ BulkDialog }) => ({ default: BulkDialog })),
  ),
);
const ShipDialog = lazy(
  withWords(() =>
    import('../../shipping/ship-dialog.tsx').then(({ ShipDialog }) => ({ default: ShipDialog })),
  ),
);

type ListDialog =
  | { readonly kind: 'plan'; readonly plan: PlanKind; readonly picked: Picked }
  | { readonly kind: 'ship'; readonly orderNumber: string };

type Dialogs = {
  /** Opens the preview of a plan for the ticked orders, or without a tick for the focused row. */
  readonly openPlan: (plan: PlanKind, focused: string | null) => void;
  /** Ships one order, and stays in the list. */
  readonly openShip: (orderNumber: string) => void;
  readonly shown: ReactNode;
  /** The message of the last command, near the list. */
  readonly said: ReactNode;
};

/** The dialogs of the list: for many orders, or for one of its rows. */
export function useDialogs({ chosen, picked, clear }: Selection): Dialogs {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<ListDialog | null>(null);
  const [shipped, setShipped] = useState<string | null>(null);
  const openShip = useCallback((orderNumber: string) => {
    setShipped(null);
    setOpened({ kind: 'ship', orderNumber });
  }, []);

  function openPlan(plan: PlanKind, focused: string | null): void {
    if (chosen.size > 0) setOpened({ kind: 'plan', plan, picked });
    else if (focused !== null)
      setOpened({ kind: 'plan', plan, picked: { orderNumbers: [focused] } });
  }

  const close = () => setOpened(null);
  return {
    openPlan,
    openShip,
    shown: opened && (
      <Suspense fallback={null}>
        {opened.kind === 'plan' ? (
          <BulkDialog plan={opened.plan} picked={opened.picked} onClose={close} />
        ) : (
          <ShipDialog
            orderNumber={opened.orderNumber}
            onClose={close}
            onDone={() => {
              setShipped(opened.orderNumber);
              clear();
              close();
            }}
          />
        )}
      </Suspense>
    ),
    said: shipped !== null && (
      <Notice tone="good" role="status" title={t('orders.shipped', { orderNumber: shipped })} />
    ),
  };
}
