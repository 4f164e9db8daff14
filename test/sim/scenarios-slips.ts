import type { Sighted } from '../../core/src/domain/drift/sighted.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import { type Held, isLive, seenOf } from './ledger.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';
import { AUTHORIZE, placeOne, pressAfter, REF } from './stages.ts';

/** Scenarios of two orders under one slip (O1): a transaction of the first, and what the second does. */

const TWIN = { ...REF, orderNumber: '100000000012' } as const;
/** A doubt is a person's by now, and answered. */
const ANSWERED_MS = 400_000;

/** Looks at the slip, or at a file that shows a part of it; returns what it shows of one. */
function look({ store, ledger, kernel }: Scene, of: Held, isShown = (_: Held) => true): Sighted {
  const { shopId, slipId } = of;
  const shown = ledger.ofSlip(shopId, slipId).filter(isShown);
  store.sightings.note(shopId, shown.map(seenOf), kernel.now);
  const how = { slipId, authorizedAt: null, seenAt: kernel.now, source: 'inquiry' } as const;
  return { ...seenOf(of), ...how };
}

function newest({ ledger }: Scene): Held | undefined {
  return ledger.ofSlip(REF.shopId, REF.orderNumber).at(-1);
}

/** What nobody needs any more is cancelled at the console, so that both sides agree in the end. */
function clear({ ledger }: Scene, held: Held | undefined): void {
  if (held === undefined || !isLive(ledger.held.get(held.seqno) ?? held)) return;
  ledger.move(held.seqno, 'voided', { by: 'console', call: null });
}

/**
 * The first order's authorization has no answer. The console voids it, a person says that nothing is
 * there, and only then a press arrives that links the second order to it.
 */
const OF_BEFORE: Scenario = {
  name: 'shared slip, linked by a look of before',
  planned: ['lost_answer'],
  stage: (scene) => {
    placeOne(scene, REF, null);
    placeOne(scene, TWIN, null, REF.orderNumber);
    pressAfter(scene, 1_000, REF, AUTHORIZE);
    scene.kernel.after(120_000, () => {
      const held = newest(scene);
      if (held === undefined) return;
      const to = look(scene, held);
      scene.kernel.after(1_000, () => clear(scene, held));
      pressAfter(scene, ANSWERED_MS, TWIN, { kind: 'relink', to, adopt: false });
    });
  },
};

/** F-REGI carries out what a person had found not to be there. */
const TOO_LATE: Scenario = {
  name: 'shared slip, made too late',
  planned: ['lost_request'],
  stage: (scene) => {
    const { kernel, ledger } = scene;
    placeOne(scene, REF, null);
    placeOne(scene, TWIN, 0, REF.orderNumber);
    pressAfter(scene, 1_000, REF, AUTHORIZE);
    kernel.after(ANSWERED_MS, () => {
      const deed = { shopId: REF.shopId, slipId: REF.orderNumber, amount: yen(9_615) };
      const how = { by: 'shop', call: 1 } as const;
      const late = ledger.open(deed, 'authorized', how, REF.orderNumber);
      pressAfter(scene, 1_000, TWIN, { kind: 'cancel_stray', stray: look(scene, late) });
      kernel.after(60_000, () => clear(scene, late));
    });
  },
};

/** The console has put another transaction in the place of the first order's own. */
function replaced(what: string, isWhole: boolean): Scenario {
  return {
    name: `shared slip, replaced${what}`,
    stage: (scene) => {
      const { kernel, ledger } = scene;
      const { transaction } = placeOne(scene, REF);
      placeOne(scene, TWIN, 0, REF.orderNumber);
      kernel.after(1_000, () => {
        const { slipId = '', seqno = null } = transaction ?? {};
        const deed = { shopId: REF.shopId, slipId, seqno, verb: 'change_amount' } as const;
        ledger.carryOut({ ...deed, amount: yen(8_000) }, { by: 'console', call: null });
        const held = newest(scene);
        if (held === undefined) return;
        const stray = look(scene, held, (one) => isWhole || one.seqno !== seqno);
        pressAfter(scene, 1_000, TWIN, { kind: 'cancel_stray', stray });
        kernel.after(60_000, () => {
          const to = look(scene, ledger.held.get(held.seqno) ?? held);
          pressAfter(scene, 1_000, REF, { kind: 'relink', to, adopt: true });
        });
      });
    },
  };
}

export const SCENARIOS_OF_SLIPS: readonly Scenario[] = [
  OF_BEFORE,
  TOO_LATE,
  replaced(' at the console', true),
  replaced(', and not in the file', false),
];
