import { describe, expect, test } from 'vitest';
import { VERB, VERBS } from '../../src/domain/transaction/link.ts';
import type { Answer } from '../../src/turns/asks.ts';
import type { Page } from '../../src/turns/operation.ts';
import { hear, take } from '../../src/turns/protocol.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, BILLED, NOW, SEQNO } from './pages.ts';

const { quarantineMs, takeoverMs } = TIMING;
const _UNKNOWN: Answer = { kind: 'unknown', cause: 'time-out' };
const NOTHING = { kind: 'rest', until: null } as const;

function _heard(page: Page, answer: Answer) {
  return hear(page, awaited(page), answer, TIMING);
}

function withoutInquiry(page: Page): Page {
  return { ...page, settings: { ...page.settings, inquiry: false } };
}

describe('M4: taking up', () => {
  const open = { state: 'unknown', dueAt: NOW } as const;

  test.each(['succeeded', 'declined', 'not_sent', 'review'] as const)(
    'an operation that is %s is not taken up',
    (state) => {
      const page = asked('capture', { operation: { state } });
      expect(take(page, TIMING)).toEqual({ page, next: NOTHING });
    },
  );

  test('without an open operation nothing is taken up', () => {
    const page: Page = { ...asked('capture'), operation: null, step: null };
    expect(take(page, TIMING)).toEqual({ page, next: NOTHING });
  });

  test('a step is taken up when it is due, to the millisecond, and not before', () => {
    const page = asked('capture', { operation: { ...open, dueAt: NOW + 1 } });
    expect(take(page, TIMING)).toEqual({ page, next: { kind: 'rest', until: NOW + 1 } });
    expect(take({ ...page, now: NOW + 1 }, TIMING).next.kind).toBe('look');
  });

  test('a step whose sender is gone is in doubt, and one process at a time looks at it', () => {
    const page = asked('capture', { afterMs: takeoverMs, operation: { dueAt: NOW + takeoverMs } });
    const { page: after, next } = take(page, TIMING);
    expect(next).toEqual({ kind: 'look', ...awaited(page), from: page.now });
    expect(after.step?.state).toBe('unknown');
    expect(after.operation).toMatchObject({
      state: 'unknown',
      reason: 'outcome_unknown',
      dueAt: page.now + takeoverMs,
    });
  });

  test('without an inquiry the doubt rests until the quarantine ends', () => {
    const page = withoutInquiry(asked('capture', { afterMs: takeoverMs, operation: open }));
    const { page: after, next } = take(page, TIMING);
    expect(next).toEqual({ kind: 'rest', until: NOW + quarantineMs });
    expect(after.operation).toMatchObject({ state: 'unknown', dueAt: NOW + quarantineMs });
  });

  test.each(VERBS)('%s without an inquiry is taken up after the quarantine', (verb) => {
    const page = withoutInquiry(asked(verb, { afterMs: quarantineMs, operation: open }));
    const { page: after, next } = take(page, TIMING);
    if (VERB[verb].lostAnswer === 'never_repeat') {
      expect(next).toEqual(NOTHING);
      expect(after.operation).toMatchObject({ state: 'review', reason: 'outcome_needs_review' });
      expect(after.step).toMatchObject({ n: 1, state: 'unknown' });
      return;
    }
    expect(next).toMatchObject({ kind: 'ask', step: { n: 2, verb, repeat: true, seqno: SEQNO } });
    expect(after.closedStep).toMatchObject({ n: 1, state: 'repeated' });
    expect(after.step).toMatchObject({ n: 2, state: 'sent', sentAt: page.now, text: null });
    expect(after.operation).toMatchObject({ state: 'asking', dueAt: page.now + takeoverMs });
  });

  test('a step that was never sent is asked when it is due', () => {
    const page = asked('capture', { step: { state: 'unsent' }, operation: { unsentTries: 1 } });
    expect(take(page, TIMING).next).toMatchObject({
      kind: 'ask',
      step: { n: 2, verb: 'capture', repeat: false, amount: BILLED },
    });
  });
});
