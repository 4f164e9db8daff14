import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Scripts for the page are text: this program does not have the types of a browser's page. */

/** Waits until an element has the focus. */
export async function focused(locator: Locator): Promise<void> {
  const hasFocus = (element: { ownerDocument: { activeElement: unknown } }) =>
    element.ownerDocument.activeElement === element;
  await expect.poll(() => locator.evaluate(hasFocus), { timeout: 5_000 }).toBe(true);
}

/** Returns by how many pixels the page itself scrolls sideways; tables scroll on their own. */
export async function sidewaysScroll(page: Page): Promise<number> {
  const { scrollWidth, clientWidth } = (await page.evaluate(
    '({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })',
  )) as { scrollWidth: number; clientWidth: number };
  return scrollWidth - clientWidth;
}

/** Records every value that a number in the page's text takes from now on. */
export async function watchNumber(page: Page, pattern: RegExp): Promise<() => Promise<number[]>> {
  await page.evaluate(`{
    const seen = (window.seenNumbers = []);
    new MutationObserver(() => {
      const found = ${pattern}.exec(document.body.innerText)?.[1];
      if (found !== undefined && seen.at(-1) !== Number(found)) seen.push(Number(found));
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }`);
  return () => page.evaluate('window.seenNumbers');
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Returns axe-core's findings, serious or worse, each with its first place. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'] });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} — ${nodes[0]?.html} (${nodes.length})`);
}
