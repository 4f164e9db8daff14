import type { Locator, Page } from 'playwright-core';

/** Returns a block of 受注詳細, by its heading. */
export function blockOf(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Opens 受注詳細 in a browser that is at Renkei already; resolves once the order is shown. */
export async function showOrder(page: Page, orderNumber: string): Promise<void> {
  await page.goto(new URL(`/orders/${orderNumber}`, page.url()).href);
  await blockOf(page, '入金').getByText('入金状況').waitFor();
}
