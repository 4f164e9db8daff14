/** Scrolls a block into view and focuses the first control in it. */
export function focusBlock(id: string): void {
  requestAnimationFrame(() => {
    const block = document.getElementById(id);
    block?.scrollIntoView({ block: 'start' });
    block
      ?.querySelector<HTMLElement>('[data-first], input, select, button, a')
      ?.focus({ preventScroll: true });
  });
}
