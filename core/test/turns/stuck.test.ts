import { beforeEach, expect, test } from 'vitest';
import { Stuck } from '../../src/turns/stuck.ts';

/** F37: an order whose turns fail is left alone, for longer every time. */
const REF = { shopId: 'hanamichi', orderNumber: '100000000011' };
const OTHER = { ...REF, orderNumber: '100000000022' };
let now: number;
let stuck: Stuck;
beforeEach(() => {
  now = 0;
  stuck = new Stuck(() => now);
});

/** Checks how long it is left alone from now on; its turn comes at that very millisecond. */
function leftFor(ms: number): void {
  now += ms - 1;
  expect(stuck.isLeft(REF)).toBe(true);
  now += 1;
  expect(stuck.isLeft(REF)).toBe(false);
}

test('the pause is a second, then twice as long each time, five minutes at the most', () => {
  expect(stuck.isLeft(REF)).toBe(false);
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
    stuck.note(REF);
    leftFor(seconds * 1_000);
  }
});

test('after a successful turn an order is as any other, and begins anew', () => {
  stuck.note(REF);
  stuck.note(REF);
  stuck.note(OTHER);
  expect(stuck.size).toBe(2);
  stuck.forget(REF);
  expect(stuck.size).toBe(1);
  expect([REF, OTHER].map((ref) => stuck.isLeft(ref))).toEqual([false, true]);
  stuck.note(REF);
  leftFor(1_000);
});
