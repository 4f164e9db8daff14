import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { test } from 'vitest';
import type { Role } from '../../../core/src/domain/commands/permissions.ts';
import type { IncomingOrder } from '../../../core/src/domain/order/place-order.ts';
import { heldFor } from '../../kit/gateway.ts';
import { openStage, type Stage } from '../../kit/stage.ts';

/**
 * The directory for the pictures of the walk, one after each statement; without it none are taken.
 */
const PICTURES = process.env.WALK_PICTURES;

/** A person at the screens who follows the manual, with F-REGI's ledger beside them. */
export type Walk = {
  readonly stage: Stage;
  readonly page: Page;
  /** Returns a block of a screen, by its heading. */
  block(name: string): Locator;
  dialog(name: string): Locator;
  /** Places a card order, billed for so many yen or for the manual's 9,115; 承認済 for 9,115. */
  order(changes?: Partial<IncomingOrder> | number): Promise<string>;
  openOrder(orderNumber: string): Promise<void>;
  openList(query: string): Promise<void>;
  /** Presses 入金済に更新 of the open order. */
  pay(): Promise<void>;
  /** Does ステータスの変更 of the open order, with 更新. */
  changeStatus(change: string): Promise<void>;
  /** Types the last four digits, and presses the button that acts. */
  confirm(dialog: string, orderNumber: string, button: string): Promise<void>;
  /** Resolves to F-REGI's transactions for an order, oldest first: `authorized 9115`. */
  ledger(orderNumber: string): Promise<string[]>;
};

const NOTHING = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };

export async function beginWalk(role: Role, path = '/orders'): Promise<Walk> {
  const stage = await openStage();
  const page = await stage.visit(role, path);
  const block = (name: string) => page.getByRole('region', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  return {
    stage,
    page,
    block,
    dialog,
    order: (changes = {}) =>
      stage.env.order(
        typeof changes === 'number' ? { amounts: { ...NOTHING, items: changes } } : changes,
      ),
    async openOrder(orderNumber) {
      await page.goto(`${stage.env.url}/orders/${orderNumber}`);
      await block('入金').getByText('入金状況').waitFor();
    },
    async openList(query) {
      await page.goto(`${stage.env.url}/orders${query}`);
      await page.getByRole('table').waitFor();
    },
    async pay() {
      await block('入金').getByRole('button', { name: '入金済に更新' }).click();
      await block('入金').getByText('入金済にしました。').waitFor();
    },
    async changeStatus(change) {
      await block('ステータス').getByLabel('ステータスの変更').selectOption(change);
      await block('ステータス').getByRole('button', { name: '更新' }).click();
    },
    async confirm(name, orderNumber, button) {
      await dialog(name)
        .getByLabel(/末尾4桁/)
        .fill(orderNumber.slice(-4));
      await dialog(name).getByRole('button', { name: button, exact: true }).click();
    },
    async ledger(orderNumber) {
      const held = await heldFor(stage.env, orderNumber);
      return held.map(({ state, amount }) => `${state} ${amount}`);
    },
  };
}

/**
 * A statement of the manual, with its page, in our own words after the ids of its rules; the
 * browser carries it out. `docs/manual-walk.md` is generated from the calls, so both texts are
 * plain strings.
 */
export function statement(
  page: `p. ${number}`,
  says: `${string}: ${string}`,
  walk: () => Walk,
  follow: (walk: Walk) => Promise<void>,
): void {
  test(`${says} (${page})`, async () => {
    const one = walk();
    await follow(one).finally(() => picture(one, `${page.slice(3)} ${says}`));
  });
}

async function picture({ page }: Walk, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 90)}.png`;
  await page.screenshot({ path: join(PICTURES, file) });
}
