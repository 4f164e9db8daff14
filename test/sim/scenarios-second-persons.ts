import type { Command } from '../../core/src/domain/commands/decide.ts';
import type { OrderRef } from '../../core/src/domain/order/order.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { GatewayFault } from './faults.ts';
import { forgeFiles } from './forgers.ts';
import { type Presser, TANAKA } from './people.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';
import {
  answerAfter,
  LIMITS,
  OTHER_DAY,
  PROPOSAL_WAITS_MS,
  SATO,
  type SaidToProposal,
  SUZUKI,
  setLimits,
} from './second-persons.ts';
import { PAY, placeOne, pressAfter, REF } from './stages.ts';

/** The scenarios of F59: what one person may not do alone waits for a second one. */

const REFUND = { kind: 'unmark_paid', refund: true } as const satisfies Command;
const EDIT = { kind: 'edit_amounts', amounts: { shipping: yen(1_500) } } as const;
const RAISE = { ...EDIT, changeCaptured: true } as const;
const LOWER = { ...RAISE, amounts: { items: yen(10) } } as const;
const SECOND: OrderRef = { ...REF, orderNumber: '100000000012' };

/** When the command above the limit is pressed: the payment before it has come to rest. */
const PRESSED_MS = 41_000;

type Answer = readonly [afterMs: number, by: Presser, said: SaidToProposal];

/** A captured order, a command above the limit, and what people say to it. */
function proposed(
  what: string,
  answers: readonly Answer[],
  command: Command = REFUND,
  planned: readonly (GatewayFault | null)[] = [],
): Scenario {
  const stage = (scene: Scene) => {
    setLimits(scene);
    placeOne(scene, REF);
    pressAfter(scene, 1_000, REF, PAY);
    pressAfter(scene, PRESSED_MS, REF, command);
    for (const [afterMs, by, said] of answers) {
      answerAfter(scene, PRESSED_MS + afterMs, REF, by, said);
    }
  };
  return { name: `second person, ${what}`, planned: [null, ...planned], pairs: false, stage };
}

/** Something else happens to the order while its command waits. */
function meanwhile(scenario: Scenario, afterMs: number, command: Command): Scenario {
  const stage = (scene: Scene) => {
    scenario.stage(scene);
    pressAfter(scene, PRESSED_MS + afterMs, REF, command);
  };
  return { ...scenario, stage };
}

/** One person refunds two orders on a day whose limit holds one of them. */
const TWO_ON_A_DAY: Scenario = {
  name: 'second person, two refunds on a day',
  pairs: false,
  stage(scene) {
    setLimits(scene, { ...LIMITS, refund: { single: null, daily: 14_000 } });
    for (const ref of [REF, SECOND]) {
      placeOne(scene, ref);
      pressAfter(scene, 1_000, ref, PAY);
      pressAfter(scene, PRESSED_MS, ref, REFUND);
      answerAfter(scene, PRESSED_MS + 30_000, ref, SATO, 'agree');
    }
  },
};

/** S6: a change of amount is never answered, and somebody forges the console's file. */
const FORGED: Scenario = {
  name: 'second person, a forged file',
  planned: ['lost_request'],
  pairs: false,
  stage(scene) {
    placeOne(scene, REF, 700);
    pressAfter(scene, 1_000, REF, PAY);
    forgeFiles(scene, REF);
  },
};

const AGREED: Answer = [10_000, SATO, 'agree'];

export const SCENARIOS_OF_SECOND_PERSONS: readonly Scenario[] = [
  proposed('nobody answers', []),
  proposed('agreed', [AGREED]),
  proposed('agreed, request lost', [AGREED], REFUND, ['lost_request']),
  proposed('agreed, answer lost', [AGREED], REFUND, ['lost_answer']),
  proposed('agreed twice at once', [AGREED, AGREED]),
  proposed('agreed and declined at once', [AGREED, [10_000, SATO, 'end']]),
  proposed('declined', [[10_000, SATO, 'end']]),
  proposed('withdrawn', [[10_000, TANAKA, 'end']]),
  proposed('agreed alone', [[10_000, TANAKA, 'agree']]),
  proposed('agreed by a newcomer', [[10_000, SUZUKI, 'agree']]),
  proposed('agreed as it expires', [[PROPOSAL_WAITS_MS - 20, SATO, 'agree']]),
  // One of them comes after the time is over and before anybody has ended the proposal.
  proposed(
    'agreed too late',
    [5, 15, 25, 40].map((ms) => [PROPOSAL_WAITS_MS + ms, SATO, 'agree'] as const),
  ),
  proposed('raised, agreed', [AGREED], RAISE),
  proposed('raised, answer lost', [AGREED], RAISE, ['lost_answer']),
  proposed('lowered, nobody answers', [], LOWER),
  meanwhile(proposed('order changed', [AGREED]), 5_000, OTHER_DAY),
  meanwhile(proposed('proposed again', [AGREED]), 5_000, REFUND),
  TWO_ON_A_DAY,
  FORGED,
];
