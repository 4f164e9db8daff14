import { expect, test } from 'vitest';
import type { OrderRef } from '../../core/src/domain/order/order.ts';
import { isOpen } from '../../core/src/turns/operation.ts';
import { Scene } from './scene.ts';
import { MINUTE_MS } from './stage.ts';
import { CANCEL, PAY, placeOne, pressAfter } from './stages.ts';

/** F-REGI is out of reach for ten hours while people go on working (F19). */
const AWAY_MS = 10 * 60 * MINUTE_MS;
const ORDERS = 15;
const WITHDRAWN = 3;
const HOLD = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;

const orderOf = (n: number): OrderRef => ({
  shopId: 'hanamichi',
  orderNumber: `1000000001${String(n).padStart(2, '0')}`,
});
/** The presses are spread over the whole outage. */
const pressedAt = (n: number) => 30_000 + (n * AWAY_MS) / (ORDERS + 1);

test('F19: after ten hours without F-REGI each pressed command is carried out once, or taken back', {
  timeout: 120_000,
}, async () => {
  const scene = new Scene({ seed: 7, planned: [] });
  const { kernel, store, gateway, ledger } = scene;
  const refs = Array.from({ length: ORDERS }, (_, n) => orderOf(n));
  for (const [n, ref] of refs.entries()) {
    placeOne(scene, ref, n % 5 === 3 ? 700 : 0);
    pressAfter(scene, pressedAt(n), ref, n % 5 === 4 ? CANCEL : PAY);
  }
  const others = Array.from({ length: ORDERS }, (_, n) => orderOf(ORDERS + n).orderNumber);
  for (const [n, orderNumber] of others.slice(0, 10).entries()) {
    const ref = { shopId: 'hanamichi', orderNumber };
    placeOne(scene, ref);
    pressAfter(scene, pressedAt(n) + 1_000, ref, HOLD);
  }
  kernel.after(1_000, () => gateway.goDown(AWAY_MS));
  kernel.after(15_000, () => store.outages.add('hanamichi'));
  kernel.after(AWAY_MS - MINUTE_MS, () => {
    const open = [...store.operations.values()].filter(isOpen);
    expect(open).toHaveLength(ORDERS);
    for (const { state, reason } of open) {
      expect([state, reason]).toEqual(['asking', 'gateway_down']);
    }
    expect(scene.presses.size).toBe(ORDERS + 10);
    for (const ref of refs.slice(0, WITHDRAWN)) void scene.someOffice()?.withdraw(ref);
  });
  const backAt = kernel.now + 1_000 + AWAY_MS + 20_000;
  kernel.after(AWAY_MS + 21_000, () => store.outages.clear());
  await scene.play(AWAY_MS + 5 * MINUTE_MS);

  expect(scene.violation).toBeNull();
  const operations = [...store.operations.values()].filter(({ goal }) => goal !== null);
  expect(operations).toHaveLength(ORDERS);
  const ended = Map.groupBy(operations, ({ state, reason }) => reason ?? state);
  expect(ended.get('withdrawn')).toHaveLength(WITHDRAWN);
  expect(ended.get('succeeded')).toHaveLength(ORDERS - WITHDRAWN);
  const slowest = Math.max(...operations.map(({ endedAt }) => endedAt ?? Infinity));
  expect(slowest - backAt).toBeLessThanOrEqual(2 * MINUTE_MS);
  for (const { history } of ledger.held.values()) {
    expect(history.slice(1).filter(({ by }) => by === 'shop').length).toBeLessThanOrEqual(1);
  }
  const held = others
    .slice(0, 10)
    .map((orderNumber) => store.orders.get(`hanamichi/${orderNumber}`));
  expect(held.every((order) => order?.status === 'on_hold')).toBe(true);
});
