import { useShortcuts } from '../../ui/browser/keyboard.ts';
import { KEY_OF, type PlanKind } from './select/plans.ts';

/** The attribute on a row’s link that holds its 受注コード. */
const ROW_LINK = 'data-order';

type ListKeys = {
  readonly onSelect: ((orderNumber: string) => void) | null;
  /** Ctrl+A: ticks the page; a second press ticks the whole result. */
  readonly onSelectAll: (() => void) | null;
  /** Opens the preview of a plan by its key. */
  readonly onPlan: ((plan: PlanKind) => void) | null;
  readonly plans: readonly PlanKind[];
};

/**
 * j and k go from row to row, x ticks a row; p, h and c open the previews of paying, shipping and
 * cancelling. The browser's own focus stands on the link of the row: so Enter opens it, and screen
 * readers follow.
 */
export function useListKeys({ onSelect, onSelectAll, onPlan, plans }: ListKeys): void {
  const ofPlans = plans.flatMap((plan) => {
    const key = KEY_OF[plan];
    return key === undefined || onPlan === null ? [] : [[key, () => onPlan(plan)] as const];
  });
  useShortcuts({
    ...Object.fromEntries(ofPlans),
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const orderNumber = rowInFocus();
      if (orderNumber !== null) onSelect?.(orderNumber);
    },
    'Ctrl+a': onSelectAll ?? undefined,
  });
}

/** The 受注コード of the row that contains the focus. */
export function rowInFocus(): string | null {
  const row = document.activeElement?.closest('[data-row]');
  return row?.querySelector(`[${ROW_LINK}]`)?.getAttribute(ROW_LINK) ?? null;
}

function move(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
  const current = rowInFocus();
  const index = links.findIndex((link) => link.getAttribute(ROW_LINK) === current);
  const next = current === null ? 0 : Math.min(Math.max(index + by, 0), links.length - 1);
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: 'nearest' });
}
