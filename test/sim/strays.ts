import { nameOf } from '../../core/src/domain/order/order.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { Operation, Page } from '../../core/src/turns/operation.ts';
import { isWaiting } from '../../core/src/turns/withdraw.ts';
import type { Checks } from './checks.ts';
import { count } from './labels.ts';
import { type Held, isLive, seenOf } from './ledger.ts';
import { press } from './people.ts';
import { MINUTE_MS, type Stage } from './stage.ts';

/**
 * Strays: at the console somebody holds or takes an order's money a second time; the shop finds it
 * and cancels it (D12). Outages: whoever loses patience takes back the asks that wait for F-REGI.
 */
export function planStraysAndOutages(scene: Stage): void {
  const { kernel } = scene;
  const { random } = kernel;
  if (random.chance(0.5)) {
    kernel.after(random.int(1_000, 4 * MINUTE_MS), () => addStray(scene));
    scene.seeksStrays = true;
    lookForStrays(scene);
  }
  if (random.chance(0.7)) {
    kernel.after(random.int(1_000, 4 * MINUTE_MS), () => cutOff(scene));
    lookForWaiting(scene);
  }
}

function addStray({ kernel, ledger }: Stage): void {
  const { random } = kernel;
  const live = [...ledger.held.values()].filter(isLive);
  if (live.length === 0) return;
  const { shopId, slipId, amount } = random.pick(live);
  const to = random.pick(['authorized', 'captured_untransmitted'] as const);
  const deed = { shopId, slipId, amount: random.chance(0.5) ? amount : yen(700) };
  const { seqno } = ledger.open(deed, to, { by: 'console', call: null }, null, true);
  kernel.note('console', `${shopId}/${slipId}: ${seqno} is ${to} besides`);
}

/**
 * Returns the live transactions made at the console besides an order's own; none if nobody looks.
 */
export function straysOf(scene: Stage): Held[] {
  return seemingStrays(scene).filter(
    ({ orderNumber, slipId }) => orderNumber === null || orderNumber === slipId,
  );
}

/** The same, as the console shows them: one may be another order's, whose own the console replaced. */
function seemingStrays({ store, ledger, seeksStrays }: Stage): Held[] {
  if (!seeksStrays) return [];
  return [...ledger.held.values()].filter((held) => {
    const order = store.orders.get(nameOf({ ...held, orderNumber: held.slipId }));
    const own = order?.transaction;
    if (held.history[0]?.by !== 'console' || !isLive(held) || !own) return false;
    const isBesides = isMadeBesides(held) || ledger.liveOf(order).length > 1;
    return isBesides && own.seqno !== held.seqno;
  });
}

export function isMadeBesides({ stray, history }: Held): boolean {
  return stray && history[0]?.by === 'console';
}

/** After so many presses in vain somebody cancels a stray at the console. */
const PRESSES_MAX = 12;

/** The shop looks at its slips again and again and cancels each stray until none is left. */
function lookForStrays(scene: Stage, presses = new Map<string, number>()): void {
  const { kernel, store, ledger } = scene;
  const { random } = kernel;
  kernel.after(random.int(20_000, MINUTE_MS), () => {
    for (const held of seemingStrays(scene)) {
      const { shopId, slipId, seqno } = held;
      // Without an inquiry a file of the console shows the stray, and perhaps not the others.
      const isWhole = scene.inquiryOf(shopId) !== 'none';
      const shown = ledger
        .ofSlip(shopId, slipId)
        .filter((one) => isWhole || one.seqno === seqno || random.chance(0.8));
      store.sightings.note(shopId, shown.map(seenOf), kernel.now);
      count(presses, seqno);
      if ((presses.get(seqno) ?? 0) > PRESSES_MAX) cancelAtConsole(scene, held);
      const how = { slipId, authorizedAt: null, seenAt: kernel.now, source: 'inquiry' } as const;
      const stray = { ...seenOf(held), ...how };
      kernel.after(random.int(500, 15_000), () => {
        const order = store.orders.get(nameOf({ shopId, orderNumber: slipId }));
        if (order) press(scene, order, { kind: 'cancel_stray', stray });
      });
    }
    lookForStrays(scene, presses);
  });
}

/**
 * Renkei cancels nothing that may be another order's (O1): a person who knows better does it at the
 * console.
 */
function cancelAtConsole({ ledger, labels, kernel }: Stage, held: Held): void {
  if (held.orderNumber !== null && held.orderNumber !== held.slipId) return;
  count(labels, 'stray: cancelled at the console');
  kernel.note('console', `${held.slipId}: ${held.seqno} is cancelled as a stray`);
  const to = held.state === 'authorized' ? 'voided' : 'refunded_untransmitted';
  ledger.move(held.seqno, to, { by: 'console', call: null });
}

/** F-REGI is out of reach; Renkei notices the begin and the end of the outage a little later. */
function cutOff({ kernel, gateway, store }: Stage): void {
  const { random } = kernel;
  const ms = random.int(20_000, 3 * MINUTE_MS);
  gateway.goDown(ms);
  const shopIds = new Set([...store.orders.values()].map(({ shopId }) => shopId));
  kernel.after(random.int(500, 10_000), () => {
    for (const shopId of shopIds) store.outages.add(shopId);
  });
  kernel.after(ms + random.int(0, 30_000), () => store.outages.clear());
}

/** Takes back the waiting asks on the screen, a while after the look. */
function lookForWaiting(scene: Stage): void {
  const { kernel, store } = scene;
  const { random } = kernel;
  const waits = (operation: Operation) => isWaiting(operation, store.stepsOf(operation));
  kernel.after(random.int(3_000, 15_000), () => {
    for (const { shopId, id } of [...store.operations.values()].filter(waits)) {
      if (random.chance(0.6)) continue;
      kernel.after(random.int(200, 10_000), () => {
        const now = store.operations.get(`${shopId}/${id}`);
        if (now === undefined || !waits(now)) return;
        kernel.note('operator', `withdraws what waits on ${now.orderNumber}`);
        scene
          .someOffice()
          ?.withdraw(now)
          .catch(() => kernel.note('operator', 'no answer'));
      });
    }
    if (scene.faults.on) lookForWaiting(scene);
  });
}

export const STRAYS_AT_DEED: Checks<[changed: Held]> = {
  'D12: what is asked of a stray moves the stray, and nothing else': ({ calls }, changed) => {
    const { seqno, slipId, history } = changed;
    const operation = calls.get(history.at(-1)?.call ?? 0)?.operation;
    if (operation?.stray == null || operation.stray.seqno === seqno) return null;
    return `${slipId}: ${seqno} is moved for ${operation.stray.seqno}`;
  },
};

export const STRAYS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'D12: an order stays as it is while a stray is cancelled': (_evidence, before, after) => {
    const stray = before.operation?.stray ?? after.operation?.stray ?? null;
    const [was, is] = [before.order.transaction, after.order.transaction];
    return stray === null || was === is ? null : `${after.order.orderNumber} is moved by its stray`;
  },
  'M5: of what is withdrawn nothing was carried out': ({ calls, ledger }, _before, after) => {
    const { operation } = after;
    if (operation?.reason !== 'withdrawn') return null;
    const own = [...calls].flatMap(([n, call]) => (call.operation.id === operation.id ? [n] : []));
    const deeds = [...ledger.held.values()].flatMap(({ history }) => history);
    const deed = deeds.find(({ call }) => call !== null && own.includes(call));
    return deed ? `${operation.orderNumber} is withdrawn, and call ${deed.call} stands` : null;
  },
};

export function countStrays({ store, labels }: Stage): void {
  for (const { stray, state } of store.operations.values()) {
    if (stray) count(labels, `stray: ${state}`);
  }
}
