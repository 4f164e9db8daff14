import { useShortcuts } from '../../ui/keyboard.ts';
import { KEY_OF, type PlanKind } from './plans.ts';

/** The attribute by which a row’s link is found: its 受注コード. */
const ROW_LINK = 'data-order';

type Options = {
  readonly onSelect: ((orderNumber: string) => void) | null;
  /** Ctrl+A: the page; pressed again, the whole result. */
  readonly onSelectAll: (() => void) | null;
  /** Looks at what a plan would come to, by the key of the plan. */
  readonly onPlan: ((plan: PlanKind) => void) | null;
  readonly plans: readonly PlanKind[];
};

/**
 * j and k go from row to row, x ticks one, p, h and c look at what paying, shipping and cancelling
 * would come to. The focus is the browser’s own, on the link of the row: so Enter opens it, and
 * screen readers follow.
 */
export function useListKeys({ onSelect, onSelectAll, onPlan, plans }: Options): void {
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

/** The 受注コード of the row that has the focus, anywhere in it. */
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
