import type { World } from '@renkei/core/perform.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { expect, test } from 'vitest';
import { asked } from '../../../core/test/turns/pages.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { Office } from '../../src/workers/office.ts';

const SHOP = 'hanamichi';
const numberOf = (n: number) => String(200_000_000_000 + n);

/**
 * Creates an office with waiting orders; no turn can be made for the first `poisoned`, which are
 * due first.
 */
function officeOf(orders: number, poisoned: number) {
  const state = { now: Date.UTC(2026, 10, 25), tries: 0, isMended: false };
  const store = new MemoryStore({ now: () => state.now });
  const { settings, order, operation, step } = asked('capture', { step: { state: 'unsent' } });
  if (operation === null || step === null) throw new Error('a page without an operation');
  store.saveShop(SHOP, settings);
  for (let n = 0; n < orders; n += 1) {
    const ref = { shopId: SHOP, orderNumber: numberOf(n) };
    const id = `operation ${n}`;
    store.place({ ...order, ...ref });
    store.operations.set(`${SHOP}/${id}`, { ...operation, ...ref, id, key: id, dueAt: n });
    store.steps.set(`${SHOP}/${id}`, [{ ...step, operationId: id }]);
  }
  const world: World = {
    store: {
      due: (limit) => store.due(limit),
      async turn(ref, decide, given) {
        if (!state.isMended && Number(ref.orderNumber) < Number(numberOf(poisoned))) {
          state.tries += 1;
          throw new Error('its row cannot be read');
        }
        return store.turn(ref, decide, given);
      },
    },
    gateway: {
      ask: async () => ({ kind: 'done', seqno: null, authCode: null }),
      inquire: async () => ({ kind: 'unsupported' }),
    },
    marks: { note: () => {} },
    timing: TIMING,
    stopwatch: () => state.now,
  };
  const errors: (string | null)[] = [];
  const office = new Office({
    world,
    now: () => state.now,
    onError: (_error, ref) => errors.push(ref?.orderNumber ?? null),
  });
  const done = () =>
    [...store.operations.values()].filter((one) => one.state === 'succeeded').length;
  return { office, state, errors, done };
}

test('F37: orders whose turns fail keep nobody waiting, and are tried less and less', async () => {
  // More than a round takes at a time, and all of them first.
  const { office, state, errors, done } = officeOf(150, 100);
  for (let second = 0; second < 10; second += 1) {
    await office.round();
    state.now += 1_000;
  }
  expect(done()).toBe(50);
  expect(new Set(errors).size).toBe(100);
  expect(errors).not.toContain(null);
  const triesAt10s = state.tries;
  expect(triesAt10s).toBeLessThanOrEqual(100 * 4);

  for (let second = 0; second < 590; second += 1) {
    await office.round();
    state.now += 1_000;
  }
  expect(state.tries).toBeLessThanOrEqual(100 * 12);

  state.isMended = true;
  state.now += 300_000;
  for (let rounds = 0; rounds < 3; rounds += 1) await office.round();
  expect(done()).toBe(150);
});

test('a person who asks to look again is not kept waiting by earlier tries', async () => {
  const { office, state, done } = officeOf(1, 1);
  for (let second = 0; second < 60; second += 1) {
    await office.round();
    state.now += 1_000;
  }
  state.isMended = true;
  await office.check({ shopId: SHOP, orderNumber: numberOf(0) });
  expect(done()).toBe(1);
});
