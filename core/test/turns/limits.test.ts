import { expect, test } from 'vitest';
import { hear, see, take } from '../../src/turns/protocol.ts';
import { checkTiming, LIMITS, TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, NOW, seen } from './pages.ts';

const { quarantineMs } = TIMING;
const UNSENT = { kind: 'unsent', cause: 'refused connection' } as const;

test('a step that never left is asked again a little later, and is no longer in doubt', () => {
  const page = asked('capture', { operation: { state: 'unknown', reason: 'outcome_unknown' } });
  expect(hear(page, awaited(page), UNSENT, TIMING).page.operation).toMatchObject({
    state: 'asking',
    reason: null,
    unsentTries: 1,
    dueAt: NOW + TIMING.resendMs,
  });
});

test('a step that never left six times ends as not sent', () => {
  const page = asked('capture', { operation: { unsentTries: LIMITS.unsent - 1 } });
  const { page: after, next } = hear(page, awaited(page), UNSENT, TIMING);
  expect(after.operation).toMatchObject({ state: 'not_sent', reason: 'gateway_unreachable' });
  expect(after.step).toMatchObject({ state: 'unsent', text: 'refused connection' });
  expect(next).toEqual({ kind: 'rest', until: null });
});

test('a step that could not be noted six times says so, and does not blame F-REGI', () => {
  const page = asked('capture', { operation: { unsentTries: LIMITS.unsent - 1 } });
  const unnoted = { ...UNSENT, because: 'not_noted' } as const;
  const { operation } = hear(page, awaited(page), unnoted, TIMING).page;
  expect(operation).toMatchObject({ state: 'not_sent', reason: 'not_noted' });
});

test('after twelve asks a closed step stays closed, and a doubt goes to a person', () => {
  const step = { n: LIMITS.asks, state: 'unknown' } as const;
  const page = asked('capture', { afterMs: quarantineMs, step, operation: { state: 'unknown' } });
  const looked = { ...awaited(page), from: page.now };
  const sighting = { kind: 'seen', transactions: [seen('authorized')], complete: true } as const;
  expect(see(page, looked, sighting, TIMING).page).toMatchObject({
    operation: { state: 'declined', reason: 'confirmed_not_executed' },
    step: { state: 'disproven' },
  });
  expect(
    take({ ...page, settings: { linkEnabled: true, inquiry: false } }, TIMING).page,
  ).toMatchObject({
    operation: { state: 'review', reason: 'outcome_needs_review' },
    step: { n: LIMITS.asks, state: 'unknown' },
  });
});

test('the twelfth ask is still made', () => {
  const page = asked('capture', { step: { n: LIMITS.asks - 1, state: 'unsent' } });
  expect(take(page, TIMING).next).toMatchObject({ kind: 'ask', step: { n: LIMITS.asks } });
});

test.each([
  ['is voided', { state: 'voided' as const }],
  ['is not there', null],
])('if the transaction %s there is no way, and nothing is asked', (_what, transaction) => {
  const page = asked('capture', { transaction, step: { state: 'unsent' } });
  const { page: after, next } = take(page, TIMING);
  expect(next).toEqual({ kind: 'rest', until: null });
  expect(after.operation).toMatchObject({ state: 'declined', reason: 'not_authorized' });
});

test('after twelve asks an unsent step is not sent', () => {
  const page = asked('capture', { step: { n: LIMITS.asks, state: 'unsent' } });
  expect(take(page, TIMING).page.operation).toMatchObject({
    state: 'not_sent',
    reason: 'gateway_unreachable',
  });
});

test.each([
  ['a quarantine shorter than all that a request may take', { quarantineMs: 134_999 }],
  ['a takeover while the sender may still wait for its answer', { takeoverMs: 75_000 }],
])('the constants are refused by name if they have %s', (_what, wrong) => {
  const [constant] = Object.keys(wrong).map((name) => name.replace('Ms', ''));
  expect(() => checkTiming({ ...TIMING, ...wrong })).toThrow(new RegExp(`^${constant} must `));
});

test('constants that just hold the inequalities are accepted', () => {
  const timing = { ...TIMING, quarantineMs: 135_000, takeoverMs: 75_001 };
  expect(checkTiming(timing)).toBe(timing);
});
