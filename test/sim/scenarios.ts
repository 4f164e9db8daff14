import type { Command } from '../../core/src/domain/commands/decide.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import { meddle, Reviewer } from './outsiders.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS_AROUND } from './scenarios-around.ts';
import { SCENARIOS_OF_CARDHOLDERS } from './scenarios-cardholders.ts';
import { SCENARIOS_RESTORED } from './scenarios-restored.ts';
import { SCENARIOS_OF_SECOND_PERSONS } from './scenarios-second-persons.ts';
import { SCENARIOS_OF_SLIPS } from './scenarios-slips.ts';
import type { Scene } from './scene.ts';
import { AUTHORIZE, CANCEL, PAY, placeOne, pressAfter, REF } from './stages.ts';

/** One order, and one command after another. */
type OneOrder = Omit<Scenario, 'stage'> & {
  readonly commands: readonly Command[];
  /** The amount authorized above the billed amount, in yen; null: nothing is authorized yet. */
  readonly more?: number | null;
  /** Somebody works on the transaction at the console, a moment after the first command. */
  readonly console?: true;
};

const REFUND = { kind: 'unmark_paid', refund: true } as const satisfies Command;
const ADJUST = {
  kind: 'edit_amounts',
  amounts: { items: yen(4_000) },
  changeCaptured: true,
} as const satisfies Command;

/** C4 a, O3: captures the former amount; the rest came in another way. */
const FORMER = { ...PAY, amount: 'authorized' } as const satisfies Command;
const SETTLE = {
  kind: 'settle',
  direction: 'received',
  amount: yen(700),
  by: 'cash',
  on: '2026-11-14',
} as const satisfies Command;
const SETTLED = 'settled otherwise, then captured amount changed';

const OF_ONE_ORDER: readonly OneOrder[] = [
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
  { name: SETTLED, commands: [FORMER, SETTLE, ADJUST], more: -700, pairs: false },
  { name: 'two at once', commands: [PAY, CANCEL], planned: ['error_after'] },
  { name: 'unclear refusal', commands: [PAY], planned: ['unclear_after', 'unclear_before'] },
];

/** The order of the scenarios. */
/** Time for the first command to come to rest before the second, if no fault strikes. */
const BETWEEN_MS = 40_000;
const AT_ONCE_MS = 100;

export const SCENARIOS: readonly Scenario[] = [
  ...OF_ONE_ORDER.map(({ name, planned = [], ...wanted }): Scenario => {
    const betweenMs = name === 'two at once' ? AT_ONCE_MS : BETWEEN_MS;
    return { name, planned, stage: (scene) => stageOne(scene, wanted, betweenMs) };
  }),
  ...SCENARIOS_AROUND,
  ...SCENARIOS_OF_CARDHOLDERS,
  ...SCENARIOS_RESTORED,
  ...SCENARIOS_OF_SECOND_PERSONS,
  ...SCENARIOS_OF_SLIPS,
];

/** Sets up a scenario, and a reviewer who answers what only a person can tell. */
export function plan(scene: Scene, { stage }: Scenario): void {
  stage(scene);
  new Reviewer(scene, scene.ledger).lookRoundAfter(0);
}

function stageOne(
  scene: Scene,
  { commands, more = 0, console }: Omit<OneOrder, 'name' | 'planned'>,
  betweenMs: number,
): void {
  const { kernel, ledger } = scene;
  placeOne(scene, REF, more);
  for (const [index, command] of commands.entries()) {
    pressAfter(scene, 1_000 + index * betweenMs, REF, command);
  }
  if (console) kernel.after(1_500, () => meddle(scene, ledger));
}
