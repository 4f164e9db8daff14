import type { Command } from '../../core/src/domain/commands/decide.ts';
import type { GatewayFault } from './faults.ts';
import { seenOf } from './ledger.ts';
import { restoreAfter } from './restore.ts';
import { wakeRuns } from './runs.ts';
import type { Scenario } from './scenario.ts';
import { deliveries, MARK_PAID, outage, run } from './scenarios-around.ts';
import { pays, redirect, tells } from './scenarios-counter.ts';
import type { Scene } from './scene.ts';
import { AUTHORIZE, CANCEL, PAY, placeOne, pressAfter, REF } from './stages.ts';

/**
 * Scenarios that put the database back to the past in the middle of work. The marks tell what the
 * database has forgotten, safe mode holds, all is compared, and a person releases it. Somebody
 * presses at 1 s; the asks leave within some milliseconds, and F-REGI answers at 3.5 s.
 */

type Restore = {
  /** Counted from the beginning, like every time here. */
  readonly backUpMs: number;
  readonly restoreMs: number;
};

const BEFORE_MS = 500;
const WHILE_ASKED_MS = 1_500;
const AFTER_MS = 10_000;
/** Every ask is answered, and the mail of a payment is not sent yet. */
const LATER_MS = 20_000;

/** Adds a restore to a scenario; afterwards no run is left paused. */
function restored(scenario: Scenario, what: string, { backUpMs, restoreMs }: Restore): Scenario {
  const stage = (scene: Scene) => {
    scenario.stage(scene);
    restoreAfter(scene, backUpMs, restoreMs);
    for (const afterMs of [60_000, 400_000]) {
      scene.kernel.after(restoreMs + afterMs, () => wakeRuns(scene));
    }
  };
  return { ...scenario, name: `restored, ${what}`, stage };
}

/** One order, one command, and the same command pressed again where safe mode holds. */
function order(
  what: string,
  command: Command,
  restore: Restore,
  planned: readonly (GatewayFault | null)[] = [],
  more: number | null = 0,
): Scenario {
  const stage = (scene: Scene) => {
    placeOne(scene, REF, more);
    pressAfter(scene, 1_000, REF, command);
    pressAfter(scene, restore.restoreMs + 40_000, REF, command);
  };
  return restored({ name: '', planned, stage }, what, restore);
}

const TO_BEFORE = { backUpMs: BEFORE_MS, restoreMs: LATER_MS };
const TO_THE_ASK = { backUpMs: WHILE_ASKED_MS, restoreMs: LATER_MS };
/** The restore comes while the forgotten ask is still under way. */
const AT_ONCE = { backUpMs: BEFORE_MS, restoreMs: 2_000 };
/**
 * Backup and restore both come while the ask is under way: the database knows of the ask, and all
 * goes on as after a crash.
 */
const KNOWN = { backUpMs: WHILE_ASKED_MS, restoreMs: 2_000 };
/**
 * Renkei finds out that the first ask was lost; the restore comes while the second is under way.
 */
const ASKED_ANEW = { backUpMs: 30_000, restoreMs: 170_000 };

const ORDERS: readonly Scenario[] = [
  order('capture forgotten', PAY, TO_BEFORE),
  order('capture under way', PAY, AT_ONCE, ['late_act']),
  order('capture known', PAY, KNOWN, ['lost_answer']),
  order('capture asked anew', PAY, ASKED_ANEW, ['lost_request', 'late_act']),
  order('change known, capture forgotten', PAY, TO_THE_ASK, [], 700),
  order('change and capture forgotten', PAY, TO_BEFORE, [], 700),
  order('nothing forgotten', PAY, { backUpMs: AFTER_MS, restoreMs: LATER_MS }),
  order('void forgotten', CANCEL, TO_BEFORE),
  order('void under way', CANCEL, AT_ONCE, ['late_act']),
  order('authorization forgotten', AUTHORIZE, TO_BEFORE, [], null),
  order('authorization under way', AUTHORIZE, AT_ONCE, ['late_act'], null),
  order('mail forgotten', PAY, { backUpMs: AFTER_MS, restoreMs: 90_000 }),
];

/** Somebody captures a second transaction at the console, and the shop cancels it. */
const STRAY: Scenario = {
  name: 'stray',
  stage: (scene) => {
    const { store, ledger, kernel } = scene;
    const { shopId, orderNumber: slipId, transaction } = placeOne(scene, REF);
    if (transaction === null) throw new Error('an order without a transaction');
    const deed = { shopId, slipId, amount: transaction.amount };
    const how = { by: 'console', call: null } as const;
    const besides = ledger.open(deed, 'captured_untransmitted', how, null, true);
    scene.seeksStrays = true;
    const lookAgain = () => {
      const { state } = ledger.held.get(besides.seqno) ?? besides;
      const seen = { slipId, authorizedAt: null, seenAt: kernel.now, source: 'inquiry' } as const;
      const stray = { ...seenOf({ ...besides, state }), ...seen };
      const isThere = store.orders.has(`${shopId}/${slipId}`) && state.startsWith('captured');
      if (isThere) pressAfter(scene, 0, REF, { kind: 'cancel_stray', stray });
      kernel.after(60_000, lookAgain);
    };
    kernel.after(1_000, lookAgain);
  },
};

/**
 * The waiting asks are sent when the gateway is back; then an operator withdraws those on the
 * screen.
 */
const WITHDRAWN: Scenario = {
  name: 'withdrawn',
  stage: (scene) => {
    outage('', 12_000, null).stage(scene);
    const { kernel } = scene;
    const withdraw = () => {
      scene
        .someOffice()
        ?.withdraw(REF)
        .catch(() => {});
    };
    for (let afterMs = 1_000; afterMs < 30_000; afterMs += 1_000) {
      kernel.after(60_000 + afterMs, withdraw);
    }
  },
};

/** After the release work goes on at once; the next ask is lost and stays in doubt for long. */
const GOES_ON: Scenario = {
  name: 'work goes on',
  planned: [null, null, 'lost_request'],
  pairs: false,
  stage: (scene) => {
    placeOne(scene, REF, 700);
    pressAfter(scene, 1_000, REF, PAY);
    for (let afterMs = 190_000; afterMs < 330_000; afterMs += 20_000) {
      pressAfter(scene, afterMs, REF, CANCEL);
    }
  },
};

/**
 * Two orders of one slip and one amount ask for an authorization. The first ask is lost, and the
 * restore forgets the second.
 */
const TWINS: Scenario = {
  name: 'twins',
  planned: ['lost_request'],
  stage: (scene) => {
    const twin = { ...REF, orderNumber: '100000000012' };
    placeOne(scene, REF, null);
    placeOne(scene, twin, null, REF.orderNumber);
    pressAfter(scene, 1_000, REF, AUTHORIZE);
    pressAfter(scene, 5_000, twin, AUTHORIZE);
  },
};

/** The same, and the other order comes in so late that the restore forgets the whole of it. */
const LATE_TWIN: Scenario = {
  name: 'late twin',
  planned: ['lost_request'],
  stage: (scene) => {
    const twin = { ...REF, orderNumber: '100000000012' };
    placeOne(scene, REF, null);
    pressAfter(scene, 1_000, REF, AUTHORIZE);
    scene.kernel.after(4_500, () => void placeOne(scene, twin, null, REF.orderNumber));
    scene.kernel.after(5_000, () => pressAfter(scene, 0, twin, AUTHORIZE));
  },
};

const AROUND: readonly Scenario[] = [
  restored(TWINS, 'twin’s authorization forgotten', { backUpMs: 4_000, restoreMs: LATER_MS }),
  restored(LATE_TWIN, 'twin itself forgotten', { backUpMs: 4_000, restoreMs: LATER_MS }),
  restored(GOES_ON, 'work goes on after the release', TO_THE_ASK),
  restored(run('', MARK_PAID), 'run forgotten', TO_BEFORE),
  restored(run('', MARK_PAID), 'rows of a run forgotten', { backUpMs: 4_000, restoreMs: 30_000 }),
  restored(STRAY, 'stray’s cancel forgotten', TO_BEFORE),
  restored(STRAY, 'stray’s cancel known', KNOWN),
  restored(WITHDRAWN, 'withdrawn since it was asked', { backUpMs: AFTER_MS, restoreMs: 60_000 }),
  restored(outage('', 60_000, 12_000), 'withdrawal forgotten', {
    backUpMs: AFTER_MS,
    restoreMs: LATER_MS,
  }),
  restored(
    redirect('', [
      [5_000, pays],
      [6_000, tells],
    ]),
    'counter forgotten',
    { backUpMs: BEFORE_MS, restoreMs: 300_000 },
  ),
  restored(deliveries(''), 'deliveries forgotten', { backUpMs: 11_000, restoreMs: 40_000 }),
];

export const SCENARIOS_RESTORED: readonly Scenario[] = [...ORDERS, ...AROUND];
