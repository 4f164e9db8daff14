import type { Command } from '../../backoffice/src/domain/decide.ts';
import { billedOf } from '../../backoffice/src/domain/order.ts';
import { yen } from '../../backoffice/src/domain/yen.ts';
import type { GatewayFault } from './faults.ts';
import { placeOrder, plainAmounts } from './orders.ts';
import { meddle, Reviewer } from './outsiders.ts';
import { press } from './people.ts';
import type { Scene } from './scene.ts';

/** One order, one thing that somebody wants, and perhaps one thing that goes wrong at F-REGI. */
export type Scenario = {
  readonly name: string;
  readonly commands: readonly Command[];
  /** What is authorized beyond what is billed, in yen; null: nothing is authorized yet. */
  readonly more?: number | null;
  /** What befalls the first calls, in order. */
  readonly planned?: readonly (GatewayFault | null)[];
  /** Somebody works on the transaction at the console, a moment after the first command. */
  readonly console?: true;
};

const PAY = {
  ...{ kind: 'mark_paid', paidOn: '2026-11-14', mail: 'auto' },
  ...{ withoutGateway: false, from: 'detail' },
} as const satisfies Command;
const CANCEL = {
  ...{ kind: 'change_status', to: 'cancelled', cancelTransaction: true },
} as const satisfies Command;
const REFUND = { kind: 'unmark_paid', refund: true } as const satisfies Command;
const AUTHORIZE = { kind: 'authorize', cardToken: null } as const satisfies Command;
const ADJUST = {
  ...{ kind: 'edit_amounts', amounts: { items: yen(4_000) }, changeCaptured: true },
} as const satisfies Command;

export const SCENARIOS: readonly Scenario[] = [
  { name: 'capture', commands: [PAY] },
  { name: 'capture, request lost', commands: [PAY], planned: ['lost_request'] },
  { name: 'capture, answer lost', commands: [PAY], planned: ['lost_answer'] },
  { name: 'capture, carried out late', commands: [PAY], planned: ['late_act'] },
  { name: 'capture, not sent at first', commands: [PAY], planned: ['unsent', 'unsent'] },
  { name: 'capture, while the console works', commands: [PAY], console: true },
  { name: 'change and capture', commands: [PAY], more: 700 },
  { name: 'change, request lost', commands: [PAY], more: 700, planned: ['lost_request'] },
  { name: 'change, answer lost', commands: [PAY], more: 700, planned: ['lost_answer'] },
  { name: 'change, carried out late', commands: [PAY], more: 700, planned: ['late_act'] },
  { name: 'change, half done', commands: [PAY], more: 700, planned: ['half_done_change'] },
  { name: 'change, declined', commands: [PAY], more: 700, planned: ['declined'] },
  { name: 'change done, capture lost', commands: [PAY], more: 700, planned: [null, 'lost_answer'] },
  { name: 'void', commands: [CANCEL] },
  { name: 'void, answer lost', commands: [CANCEL], planned: ['lost_answer'] },
  { name: 'capture and refund', commands: [PAY, REFUND] },
  { name: 'refund, answer lost', commands: [PAY, REFUND], planned: [null, 'lost_answer'] },
  { name: 'authorize', commands: [AUTHORIZE], more: null },
  { name: 'authorize, answer lost', commands: [AUTHORIZE], more: null, planned: ['lost_answer'] },
  { name: 'authorize, carried out late', commands: [AUTHORIZE], more: null, planned: ['late_act'] },
  { name: 'captured amount changed', commands: [PAY, ADJUST] },
  { name: 'captured amount, answer lost', commands: [PAY, ADJUST], planned: [null, 'lost_answer'] },
  { name: 'two at once', commands: [PAY, CANCEL], planned: ['error_after'] },
  { name: 'unclear refusal', commands: [PAY], planned: ['unclear_after', 'unclear_before'] },
];

const REF = { shopId: 'hanamichi', orderNumber: '100000000011' } as const;
/** Time for the first command to come to rest before the second, where there is no trouble. */
const BETWEEN_MS = 40_000;
const AT_ONCE_MS = 100;

/** Puts a scenario on the stage: its order, and what will be done. */
export function plan(scene: Scene, { name, commands, more = 0, console }: Scenario): void {
  const { kernel, store, ledger } = scene;
  const amounts = plainAmounts(9_115);
  const held = more === null ? null : yen(billedOf(amounts) + more);
  placeOrder(store, ledger, REF, amounts, held);
  const betweenMs = name === 'two at once' ? AT_ONCE_MS : BETWEEN_MS;
  commands.forEach((command, index) => {
    kernel.after(1_000 + index * betweenMs, () => {
      const order = store.orders.get(`${REF.shopId}/${REF.orderNumber}`);
      if (order) press(scene, order, command);
    });
  });
  if (console) kernel.after(1_500, () => meddle(scene, ledger));
  new Reviewer(scene, ledger).lookRoundAfter(0);
}
