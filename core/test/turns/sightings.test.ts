import { expect, test } from 'vitest';
import { see } from '../../src/turns/protocol.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, NOW, seen } from './pages.ts';

const { quarantineMs } = TIMING;

test('an old sighting is not believed, however late it is heard', () => {
  // The process fell asleep after its look: the capture was carried out before the look was heard.
  const page = asked('capture', { afterMs: quarantineMs + 60_000 });
  const sighting = { kind: 'seen', transactions: [seen('authorized')], complete: true } as const;
  const old = { ...awaited(page), from: NOW + quarantineMs - 1 };
  expect(see(page, old, sighting, TIMING)).toMatchObject({
    page: { operation: { looks: 1 }, step: { n: 1, state: 'sent' } },
    next: { kind: 'rest' },
  });
  const fresh = { ...awaited(page), from: NOW + quarantineMs };
  expect(see(page, fresh, sighting, TIMING)).toMatchObject({
    page: { closedStep: { n: 1, state: 'disproven' }, step: { n: 2, verb: 'capture' } },
    next: { kind: 'ask' },
  });
});

test.each(['change_amount', 'change_captured_amount', 'authorize'] as const)(
  '%s goes to a person if other transactions may be hidden',
  (verb) => {
    const page = asked(verb, { afterMs: quarantineMs, operation: { state: 'unknown' } });
    const looked = { ...awaited(page), from: NOW + quarantineMs };
    const glimpse = { kind: 'seen', transactions: [seen('voided')], complete: false } as const;
    expect(see(page, looked, glimpse, TIMING).page).toMatchObject({
      operation: { state: 'review', reason: 'outcome_needs_review' },
      step: { n: 1, state: 'unknown' },
    });
  },
);

test('for a slip that the gateway does not know, nobody looks eighteen times', () => {
  const unsupported = { kind: 'unsupported' } as const;
  const early = asked('capture', { afterMs: 70_000, operation: { state: 'unknown' } });
  expect(see(early, { ...awaited(early), from: early.now }, unsupported, TIMING).next).toEqual({
    kind: 'rest',
    until: NOW + quarantineMs,
  });
  const late = asked('capture', { afterMs: quarantineMs, operation: { state: 'unknown' } });
  expect(see(late, { ...awaited(late), from: late.now }, unsupported, TIMING)).toMatchObject({
    next: { kind: 'ask', step: { n: 2, verb: 'capture', repeat: true } },
  });
});
