import type { RunPlan } from '../../core/src/domain/commands/run-commands.ts';
import type { OrderRef } from '../../core/src/domain/order/order.ts';
import { OVERDUE_ANSWERS, type OverdueAnswer } from '../../core/src/domain/subscriptions/due.ts';
import { goAway, settleAfter } from './deliveries.ts';
import type { PostFault } from './faults.ts';
import { beginRun, controlRun, newRun } from './runs.ts';
import type { Scenario } from './scenario.ts';
import { andPress, REDIRECTS } from './scenarios-counter.ts';
import { REVOCATIONS } from './scenarios-revoked.ts';
import type { Scene } from './scene.ts';
import { CANCEL, PAY, placeOne, pressAfter, REF } from './stages.ts';

/** The scenarios around the money operation. */

const SHOP = 'hanamichi';

// --- bulk runs ----------------------------------------------------------------------------------

export const MARK_PAID: RunPlan = { kind: 'mark_paid' };
const SHIP: RunPlan = {
  kind: 'ship',
  shippedOn: '2026-11-14',
  shippingMail: 'manual',
  andPay: true,
};
const CANCEL_ALL: RunPlan = {
  kind: 'cancel',
  cancelTransaction: true,
  returnStock: false,
  returnPoints: false,
  revokePayments: false,
  mailCustomer: true,
};
const RUN = { id: '44444444-4444-4444-8444-444444444444', key: 'run' };
const ROWS: readonly OrderRef[] = [11, 12, 13].map((n) => {
  return { shopId: SHOP, orderNumber: `1000000000${n}` };
});

type Control = readonly [afterMs: number, action: 'pause' | 'resume' | 'stop' | 'send again'];

/** A run over three orders, the last of them authorized for too much, with its controls. */
export function run(what: string, plan: RunPlan, ...controls: readonly Control[]): Scenario {
  const stage = (scene: Scene) => {
    const chosen = ROWS.map((ref, index) => placeOne(scene, ref, index === 2 ? 700 : 0));
    const begun = newRun(SHOP, RUN, plan, chosen);
    scene.kernel.after(1_000, () => beginRun(scene, begun, chosen));
    for (const [afterMs, action] of controls) {
      scene.kernel.after(1_000 + afterMs, () => {
        if (action === 'send again') scene.runs.create(begun);
        else controlRun(scene, begun, action);
      });
    }
  };
  return { name: `run, ${what}`, pairs: false, stage };
}

const [, SECOND = REF, THIRD = REF] = ROWS;
const RUNS: readonly Scenario[] = [
  run('paid', MARK_PAID),
  { ...run('paid, answers lost', MARK_PAID), planned: ['lost_answer', 'lost_request'] },
  { ...run('paid, one declined', MARK_PAID), planned: ['declined'] },
  run('paid, sent twice', MARK_PAID, [300, 'send again']),
  run('paid, stopped at once', MARK_PAID, [50, 'stop']),
  run('paid, stopped in the middle', MARK_PAID, [6_000, 'stop']),
  run('paid, paused and gone on with', MARK_PAID, [6_000, 'pause'], [30_000, 'resume']),
  run('paid, paused and stopped', MARK_PAID, [6_000, 'pause'], [30_000, 'stop']),
  andPress(run('paid, one pressed by hand', MARK_PAID), 500, SECOND, PAY),
  andPress(run('paid, one cancelled meanwhile', MARK_PAID), 4_000, THIRD, CANCEL),
  run('shipped and paid', SHIP),
  run('shipped and paid, stopped', SHIP, [6_000, 'stop']),
  { ...run('shipped and paid, answer lost', SHIP), planned: ['lost_answer'] },
  run('cancelled', CANCEL_ALL),
  { ...run('cancelled, answer lost', CANCEL_ALL), planned: [null, 'lost_answer'] },
];

// --- mails --------------------------------------------------------------------------------------

/** A payment, and the faults of its mail. */
function mail(what: string, ...faults: readonly (PostFault | null)[]): Scenario {
  const stage = (scene: Scene) => {
    scene.faults.plannedPosts.push(...faults);
    placeOne(scene, REF);
    pressAfter(scene, 1_000, REF, PAY);
  };
  return { name: `mail, ${what}`, stage };
}

const MAILS: readonly Scenario[] = [
  mail('later', 'post_later', 'post_later'),
  mail('refused', 'post_refused'),
  mail('lost', 'post_lost'),
  mail('delivered, answer lost', 'post_untold'),
  mail('slow', 'post_slow'),
];

// --- subscriptions ------------------------------------------------------------------------------

export function deliveries(what: string, planned: Scenario['planned'] = []): Scenario {
  const stage = ({ kernel, deliveries }: Scene) =>
    deliveries.apply({ firstAt: kernel.now + 10_000, deliveries: 2, everyDays: 1, dayMs: 15_000 });
  return { name: `deliveries, ${what}`, planned, stage };
}

/** After an outage three of four weekly deliveries are overdue; an operator settles them. */
function overdue(answer: OverdueAnswer): Scenario {
  const stage = (scene: Scene) => {
    const { kernel, deliveries } = scene;
    const [firstAt, dayMs] = [kernel.now + 1_000, 5_000];
    deliveries.apply({ firstAt, deliveries: 4, everyDays: 7, dayMs });
    goAway(scene, 23 * dayMs);
    settleAfter(scene, { seenAfterMs: 24 * dayMs, pressAfterMs: 1_000 }, answer);
  };
  return { name: `deliveries, overdue: ${answer}`, stage };
}

const DELIVERIES: readonly Scenario[] = [
  ...OVERDUE_ANSWERS.map(overdue),
  deliveries('two'),
  deliveries('declined', ['declined']),
  deliveries('answer lost', ['lost_answer']),
  deliveries('request lost', [null, 'lost_request']),
  {
    ...deliveries('link off'),
    stage(scene) {
      scene.store.saveShop('minato', { linkEnabled: false, inquiry: false });
      deliveries('').stage(scene);
    },
  },
];

// --- withdrawing --------------------------------------------------------------------------------

/**
 * The gateway is known to be down until an instant; the waiting asks are withdrawn at another, or
 * not at all.
 */
export function outage(
  what: string,
  endsAfterMs: number,
  withdrawnAfterMs: number | null,
): Scenario {
  const stage = (scene: Scene) => {
    const { kernel, store } = scene;
    placeOne(scene, REF, 700);
    store.outages.add(SHOP);
    kernel.after(endsAfterMs, () => store.outages.delete(SHOP));
    pressAfter(scene, 1_000, REF, PAY);
    if (withdrawnAfterMs === null) return;
    kernel.after(withdrawnAfterMs, () => {
      kernel.note('operator', 'withdraws');
      scene
        .someOffice()
        ?.withdraw(REF)
        .catch(() => {});
    });
  };
  return { name: `outage, ${what}`, stage };
}

const OUTAGES: readonly Scenario[] = [
  outage('waited for', 40_000, null),
  outage('withdrawn', 90_000, 20_000),
  outage('withdrawn as it ends', 31_030, 31_040),
  outage('withdrawn too late', 20_000, 45_000),
];

export const SCENARIOS_AROUND: readonly Scenario[] = [
  ...RUNS,
  ...MAILS,
  ...REDIRECTS,
  ...REVOCATIONS,
  ...DELIVERIES,
  ...OUTAGES,
];
