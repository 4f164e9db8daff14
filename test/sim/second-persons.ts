import type { Command } from '../../core/src/domain/commands/decide.ts';
import { limitsOf } from '../../core/src/domain/limits/limits.ts';
import { nameOf, type Order, type OrderRef } from '../../core/src/domain/order/order.ts';
import { expire } from '../../core/src/turns/second-person/proposing.ts';
import { count } from './labels.ts';
import { SHOPS } from './orders.ts';
import { type Presser, press, TANAKA } from './people.ts';
import type { OpenService } from './process.ts';
import { MINUTE_MS, type Stage } from './stage.ts';
import { straysOf } from './strays.ts';

/** F59: shops with limits, and the people who answer what waits for a second person. */

/** One refund, and three raises, of these histories are within a limit; the day holds two. */
export const LIMITS = limitsOf({
  refund: { single: 9_000, daily: 14_000 },
  raise: { single: 400, daily: 600 },
  memberDays: 7,
  hours: 0.05,
});

/** A second person; one who came yesterday; and the one who presses. */
export const SATO: Presser = {
  actor: { kind: 'user', id: 'sato', name: '佐藤' },
  memberSince: 0,
};
export const SUZUKI: Presser = {
  actor: { kind: 'user', id: 'suzuki', name: '鈴木' },
  memberSince: Date.UTC(2026, 10, 19),
};

export type SaidToProposal = 'agree' | 'end';

export function setLimits({ store, inquiryOf }: Stage, limits = LIMITS): void {
  for (const { shopId } of SHOPS) {
    store.saveShop(shopId, { linkEnabled: true, inquiry: inquiryOf(shopId) !== 'none', limits });
  }
}

/** Says something to the proposal that the screen shows; nothing if it shows none. */
function answerProposal(
  scene: Stage,
  order: Order | undefined,
  by: Presser,
  said: SaidToProposal,
): void {
  if (order === undefined || order.proposal === null) return;
  const { version: proposal } = order.proposal;
  const command =
    said === 'agree'
      ? ({ kind: 'agree_to_proposal', proposal } as const)
      : ({ kind: 'end_proposal', proposal, by: by.actor.id, word: '相違あり' } as const);
  press(scene, order, command, true, by);
}

export function answerAfter(
  scene: Stage,
  waitMs: number,
  ref: OrderRef,
  by: Presser,
  said: SaidToProposal,
): void {
  scene.kernel.after(waitMs, () =>
    answerProposal(scene, scene.store.orders.get(nameOf(ref)), by, said),
  );
}

/** People who look at what waits, think, and answer; at times two at once, or the wrong one. */
export function answerSomeProposals(scene: Stage): void {
  const { kernel, store } = scene;
  const { random } = kernel;
  kernel.after(random.int(3_000, 30_000), () => {
    const waiting = [...store.orders.values()].filter(({ proposal }) => proposal !== null);
    for (const order of waiting) {
      const { age } = scene;
      const answer = () => {
        const by = scene.faults.on ? random.pick([SATO, SATO, SATO, SUZUKI, TANAKA]) : SATO;
        const said = random.chance(0.75) ? 'agree' : 'end';
        kernel.after(random.int(200, 20_000), () => {
          if (scene.age === age) answerProposal(scene, order, by, said);
        });
      };
      if (random.chance(0.7)) answer();
      if (random.chance(0.3)) answer();
      if (scene.faults.on && random.chance(0.2)) overtake(scene, order);
    }
    // Who looks for strays does not give up before the last is cancelled.
    if (scene.faults.on || straysOf(scene).length > 0) answerSomeProposals(scene);
  });
}

/** Somebody changes the order while its command waits, and gives the command again. */
function overtake(scene: Stage, { shopId, orderNumber, proposal }: Order): void {
  const { kernel, store, age } = scene;
  const later = (ms: number, command: Command | undefined) =>
    kernel.after(ms, () => {
      const order = store.orders.get(nameOf({ shopId, orderNumber }));
      if (scene.age === age && order && command) press(scene, order, command);
    });
  later(1_000, OTHER_DAY);
  later(6_000, proposal?.command);
}

/** O6: a change of a paid order that moves no money. */
export const OTHER_DAY = {
  kind: 'correct_paid_on',
  paidOn: '2026-11-13',
  dayConfirmed: true,
  closed: null,
} as const satisfies Command;

/** Ends what nobody has answered in time. */
export function proposalService({ kernel, store }: Stage): OpenService {
  return ({ as }) => ({
    async round() {
      for (const order of store.orders.values()) {
        const { proposal } = order;
        const isOver = proposal !== null && proposal.until <= kernel.now;
        if (isOver) await as('follow').turn(order, expire);
      }
    },
  });
}

/** When the next proposal expires; infinity if none waits. */
export function proposalsDueAt({ store }: Stage): number {
  const waiting = [...store.orders.values()].flatMap(({ proposal }) => proposal ?? []);
  return Math.min(Number.POSITIVE_INFINITY, ...waiting.map(({ until }) => until));
}

export function countProposals({ store, labels }: Stage): void {
  for (const journal of store.journals.values()) {
    for (const entry of journal) {
      if (entry.kind === 'proposal_ended') count(labels, `proposal: ${entry.outcome}`);
    }
  }
}

export const PROPOSAL_WAITS_MS = 3 * MINUTE_MS;
