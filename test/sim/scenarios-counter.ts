import type { Command } from '../../core/src/domain/commands/decide.ts';
import type { OrderRef } from '../../core/src/domain/order/order.ts';
import { plainAmounts } from './orders.ts';
import { issueRedirect, REDIRECT_ORDER } from './payments.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';
import { PAY, pressAfter } from './stages.ts';

/** The scenarios of payments that the customer makes at a counter. */

/** Adds a press on an order of a run while the run is carried out. */
export function andPress(
  scenario: Scenario,
  afterMs: number,
  ref: OrderRef,
  command: Command,
): Scenario {
  const stage = (scene: Scene) => {
    scenario.stage(scene);
    pressAfter(scene, 1_000 + afterMs, ref, command);
  };
  return { ...scenario, stage };
}

type Payment = ReturnType<typeof issueRedirect>;

/** A payment at a counter for `more` yen above the billed amount, and its later events. */
export function redirect(
  what: string,
  happens: readonly (readonly [afterMs: number, deed: (payment: Payment) => void])[],
  more = 0,
  count = 1,
): Scenario {
  const stage = (scene: Scene) => {
    const payment = issueRedirect(scene, plainAmounts(3_000), more, count);
    for (const [afterMs, deed] of happens) scene.kernel.after(afterMs, () => deed(payment));
  };
  return { name: `counter, ${what}`, stage };
}

export const begins = ({ become }: Payment) => become('started');
export const pays = ({ become }: Payment) => become('completed');
const expires = ({ become }: Payment) => become('expired');
export const tells = ({ notice }: Payment) => notice();
const reverses = ({ become }: Payment) => become('cancelled');
const paysSecond = ({ become }: Payment) => become('completed', 1);
const tellsSecond = ({ notice }: Payment) => notice(1);
export const LEAVE = { kind: 'change_status', to: 'cancelled', cancelTransaction: false } as const;
export const REOPEN = {
  kind: 'change_status',
  to: 'processing',
  cancelTransaction: false,
} as const;
const HOUR_MS = 3_600_000;

export const REDIRECTS: readonly Scenario[] = [
  redirect('paid and told', [
    [20_000, pays],
    [21_000, tells],
  ]),
  redirect('told of each step', [
    [15_000, begins],
    [15_500, tells],
    [20_000, pays],
    [20_200, tells],
  ]),
  redirect('told twice', [
    [20_000, pays],
    [20_500, tells],
    [22_000, tells],
  ]),
  redirect('told before it is paid', [
    [15_000, tells],
    [16_500, pays],
  ]),
  redirect('told while it is asked', [
    [15_000, tells],
    [15_400, pays],
    [16_000, tells],
  ]),
  redirect('never told', [[20_000, pays]]),
  redirect(
    'of another amount',
    [
      [20_000, pays],
      [20_500, tells],
    ],
    100,
  ),
  redirect('expired', [
    [15_000, begins],
    [15_500, tells],
    [10 * HOUR_MS, expires],
  ]),
  andPress(
    redirect('order cancelled meanwhile', [
      [20_000, pays],
      [21_000, tells],
    ]),
    20_500,
    REDIRECT_ORDER,
    { kind: 'change_status', to: 'on_hold', cancelTransaction: false },
  ),
  redirect(
    'two payments of one order, both paid',
    [
      [20_000, pays],
      [21_000, tells],
      [40_000, paysSecond],
      [41_000, tellsSecond],
    ],
    0,
    2,
  ),
  andPress(
    redirect('paid by hand, then at the counter', [
      [30_000, pays],
      [31_000, tells],
    ]),
    15_000,
    REDIRECT_ORDER,
    PAY,
  ),
  andPress(
    redirect('cancelled, then paid', [
      [30_000, pays],
      [31_000, tells],
    ]),
    15_000,
    REDIRECT_ORDER,
    LEAVE,
  ),
  andPress(
    andPress(
      redirect('cancelled, paid, opened again', [
        [30_000, pays],
        [31_000, tells],
      ]),
      15_000,
      REDIRECT_ORDER,
      LEAVE,
    ),
    50_000,
    REDIRECT_ORDER,
    REOPEN,
  ),
  redirect('reversed and told', [
    [20_000, pays],
    [21_000, tells],
    [60_000, reverses],
    [61_000, tells],
  ]),
  redirect('reversed, and never told', [
    [20_000, pays],
    [21_000, tells],
    [60_000, reverses],
  ]),
  andPress(
    redirect('cancelled, and never paid', [[10 * HOUR_MS, expires]]),
    15_000,
    REDIRECT_ORDER,
    LEAVE,
  ),
];
