import { useShortcuts } from '../../ui/keyboard.ts';

/** The attribute by which a row’s link is found: its 受注コード. */
const ROW_LINK = 'data-order';

type Options = {
  readonly onSelect: ((orderNumber: string) => void) | null;
  /** Ctrl+A: the page; pressed again, the whole result. */
  readonly onSelectAll: (() => void) | null;
  readonly onPay: (() => void) | null;
};

/**
 * j and k go from row to row, x ticks one, p looks at what marking paid would come to. The focus is
 * the browser’s own, on the link of the row: so Enter opens it, and screen readers follow.
 */
export function useListKeys({ onSelect, onSelectAll, onPay }: Options): void {
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const orderNumber = rowInFocus();
      if (orderNumber !== null) onSelect?.(orderNumber);
    },
    'Ctrl+a': onSelectAll ?? undefined,
    p: onPay ?? undefined,
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
