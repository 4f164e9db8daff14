import { describe, expect, test } from 'vitest';
import { VERB, VERBS } from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Answer } from '../../src/turns/asks.ts';
import type { Operation, Page } from '../../src/turns/operation.ts';
import { hear, resolveReview, see, take } from '../../src/turns/protocol.ts';
import { backoffMs, LIMITS, TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, BEFORE, BILLED, FRESH, NOW, seen } from './pages.ts';

const { quarantineMs, lookMs, resendMs } = TIMING;
const UNKNOWN: Answer = { kind: 'unknown', cause: 'time-out' };
const NOTHING = { kind: 'rest', until: null } as const;

function heard(page: Page, answer: Answer) {
  return hear(page, awaited(page), answer, TIMING);
}

function withoutInquiry(page: Page): Page {
  return { ...page, settings: { ...page.settings, inquiry: false } };
}

describe('M2: hearing', () => {
  test.each(VERBS)('after a done %s the transaction is where the verb leads', (verb) => {
    const page = asked(verb);
    const made = VERB[verb].makesTransaction;
    const answer = {
      kind: 'done',
      seqno: made ? FRESH : null,
      authCode: made ? 'new' : null,
    } as const;
    const { page: after } = heard(page, answer);
    const moved = { ...BEFORE[verb], state: VERB[verb].to, asOf: NOW };
    const fresh = { seqno: FRESH, authCode: 'new', amount: BILLED, authorizedAt: NOW };
    const authentication = made ? { authentication: 'not_authenticated' } : {};
    expect(after.entries[0]).toEqual({
      ...authentication,
      kind: 'transaction_moved',
      operationId: page.operation?.id,
      verb,
      transaction: made ? { ...moved, ...fresh } : moved,
    });
    const closed = verb === 'change_amount' ? after.closedStep : after.step;
    expect(closed).toMatchObject({ n: 1, state: 'done', answeredAt: NOW });
  });

  test('C2: a changed amount is captured next, on the new 取引番号', () => {
    const { page, next } = heard(asked('change_amount'), {
      kind: 'done',
      seqno: FRESH,
      authCode: 'n',
    });
    expect(next).toMatchObject({ kind: 'ask', step: { n: 2, verb: 'capture', seqno: FRESH } });
    expect(page.operation?.state).toBe('asking');
  });

  test('a new transaction without a number is a bug, and no answer', () => {
    const done = { kind: 'done', seqno: null, authCode: null } as const;
    expect(() => heard(asked('change_amount'), done)).toThrow('取引番号');
  });

  test('the next event is recorded with the end, and a token is forgotten', () => {
    const afterwards = { kind: 'status_changed', to: 'cancelled', gateway: 'cancelled' } as const;
    const page = asked('void', { operation: { afterwards, cardToken: 'token' } });
    const { page: after, next } = heard(page, { kind: 'done', seqno: null, authCode: null });
    expect(after.entries.map(({ kind }) => kind)).toEqual([
      'transaction_moved',
      'operation_ended',
      'status_changed',
    ]);
    expect(after.operation).toMatchObject({
      state: 'succeeded',
      reason: null,
      endedAt: NOW,
      dueAt: NOW,
      cardToken: null,
    });
    expect(after.order).toMatchObject({ status: 'cancelled', version: page.order.version + 3 });
    expect(next).toEqual(NOTHING);
  });

  test('a declined operation ends, nothing follows, and the words are kept', () => {
    const afterwards = { kind: 'status_changed', to: 'cancelled', gateway: 'cancelled' } as const;
    const refused = { kind: 'refused', code: 'A1-1-81', text: '有効期限' } as const;
    const page = asked('change_amount', { operation: { afterwards } });
    const { page: after } = heard(page, { ...refused, refusal: 'card_declined' });
    expect(after.entries).toEqual([
      {
        kind: 'operation_ended',
        operationId: page.operation?.id,
        outcome: 'declined',
        reason: 'amount_change_declined',
      },
    ]);
    expect(after.step).toMatchObject({ state: 'refused', code: 'A1-1-81', text: '有効期限' });
  });

  test.each([
    ['regular', 'authorization_failed'],
    ['preorder', 'validated_unauthorized'],
  ] as const)('B2: a declined authorization of a %s order leaves %s', (type, state) => {
    const declined = { kind: 'refused', refusal: 'card_declined', code: null, text: 'x' } as const;
    const { page } = heard(asked('authorize', { type }), declined);
    expect(page.order.transaction).toMatchObject({ state, asOf: NOW });
    expect(page.entries[0]).toMatchObject({ kind: 'transaction_moved', verb: 'authorize' });
  });

  test('C6: somebody else’s doing is written as found, and is no success', () => {
    const text = '売上受付済みです';
    const already = { kind: 'refused', refusal: 'already_captured', code: null, text } as const;
    const { page } = heard(asked('capture'), already);
    expect(page.entries).toMatchObject([
      {
        kind: 'transaction_corrected',
        evidence: 'refusal',
        transaction: { state: 'captured_untransmitted' },
      },
      { kind: 'operation_ended', outcome: 'declined', reason: 'already_captured' },
    ]);
    expect(page.step).toMatchObject({ state: 'refused', text });
    const { page: again } = heard(asked('capture', { step: { repeat: true } }), already);
    expect(again.step).toMatchObject({ state: 'proven', text });
    expect(again.operation?.state).toBe('succeeded');
  });

  test('a step without an answer is looked at soon; without an inquiry after the quarantine, never earlier', () => {
    const page = asked('capture', { afterMs: 60_000 });
    const soon = NOW + 60_000 + lookMs;
    expect(heard(page, UNKNOWN)).toMatchObject({
      next: { kind: 'rest', until: soon },
      page: {
        operation: { state: 'unknown', reason: 'outcome_unknown', dueAt: soon },
        step: { state: 'unknown', code: null, text: 'time-out', answeredAt: page.now },
      },
    });
    const blind = withoutInquiry(page);
    expect(heard(blind, UNKNOWN).next).toEqual({ kind: 'rest', until: NOW + quarantineMs });
    const late = { ...blind, now: NOW + quarantineMs + 7 };
    expect(heard(late, UNKNOWN).next).toEqual({ kind: 'rest', until: NOW + quarantineMs + 7 });
  });

  test('an unclear refusal is no answer, and its words are kept', () => {
    const unclear = { kind: 'refused', refusal: 'unclear', code: 'JCN-G97', text: '保留' } as const;
    expect(heard(asked('void'), unclear).page).toMatchObject({
      operation: { state: 'unknown' },
      step: { state: 'unknown', code: 'JCN-G97', text: '保留' },
    });
  });

  test.each([1, 2, 3, 4, 5])(
    'a step not sent for the %ith time is asked again, later each time',
    (tries) => {
      const page = asked('capture', { operation: { unsentTries: tries - 1 } });
      const dueAt = NOW + resendMs * 2 ** (tries - 1);
      expect(heard(page, { kind: 'unsent', cause: 'refused' })).toMatchObject({
        next: { kind: 'rest', until: dueAt },
        page: {
          operation: { state: 'asking', unsentTries: tries, dueAt },
          step: { state: 'unsent' },
        },
      });
    },
  );

  test('a repeat that never left keeps the doubt about the first ask', () => {
    const page = asked('capture', { step: { n: 2, repeat: true }, operation: { unsentTries: 9 } });
    expect(heard(page, { kind: 'unsent', cause: 'refused' })).toMatchObject({
      next: { kind: 'rest', until: NOW + backoffMs(lookMs, 10) },
      page: { operation: { state: 'unknown', unsentTries: 10 }, step: { n: 2, state: 'unknown' } },
    });
  });

  test.each([
    ['another step', { n: 2 }],
    ['a step of another operation', { operationId: '22222222-2222-4222-8222-222222222222' }],
  ])('the fence: an answer to %s changes nothing', (_what, other) => {
    const page = asked('capture');
    expect(hear(page, { ...awaited(page), ...other }, UNKNOWN, TIMING)).toEqual({
      page,
      next: NOTHING,
    });
  });

  test.each(['done', 'refused', 'unsent', 'proven', 'disproven', 'repeated'] as const)(
    'the fence: an answer to a step that is %s changes nothing',
    (state) => {
      const page = asked('capture', { step: { state } });
      expect(heard(page, UNKNOWN)).toEqual({ page, next: NOTHING });
    },
  );
});

describe('M4: seeing', () => {
  const look = (page: Page) => ({ ...awaited(page), from: page.now });
  const doubted = (looks: number, afterMs = 70_000) =>
    asked('capture', { afterMs, operation: { state: 'unknown', looks } });
  const FAILED = { kind: 'failed', cause: 'HTTP 503' } as const;
  const shown = (...transactions: ReturnType<typeof seen>[]) =>
    ({ kind: 'seen', transactions, complete: true }) as const;

  test.each([0, 1, 5, 12])(
    'after a failed look and %i others the next look comes later each time',
    (looks) => {
      const page = doubted(looks, quarantineMs);
      const dueAt = page.now + backoffMs(lookMs, looks + 1);
      expect(see(page, look(page), FAILED, TIMING)).toMatchObject({
        next: { kind: 'rest', until: dueAt },
        page: { operation: { looks: looks + 1, dueAt } },
      });
    },
  );

  test.each([
    ['the next look would come after it', 130_000, 6, quarantineMs],
    ['the next look comes before it', 70_000, 2, 70_000 + 8 * lookMs],
    ['it is over', quarantineMs, 2, quarantineMs + 8 * lookMs],
  ])(
    'the look at the end of the quarantine comes in time, where %s',
    (_when, afterMs, looks, dueMs) => {
      const page = doubted(looks, afterMs);
      for (const sighting of [FAILED, shown(seen('authorized'))] as const) {
        if (afterMs >= quarantineMs && sighting !== FAILED) continue; // a telling sighting
        expect(see(page, look(page), sighting, TIMING).next).toEqual({
          kind: 'rest',
          until: NOW + dueMs,
        });
      }
    },
  );

  test('a wait is an hour at the most', () => {
    expect(backoffMs(5_000, 30)).toBe(3_600_000);
  });

  test('after eighteen looks the step is asked again without another look', () => {
    const page = doubted(LIMITS.looks - 1, quarantineMs);
    expect(see(page, look(page), FAILED, TIMING).next).toMatchObject({
      kind: 'ask',
      step: { repeat: true },
    });
    const taken = doubted(LIMITS.looks, quarantineMs);
    const due = { ...taken, operation: { ...(taken.operation as Operation), dueAt: NOW } };
    expect(take(due, TIMING).next).toMatchObject({ kind: 'ask', step: { repeat: true } });
  });

  test('a sighting of success is believed at once, and the transaction is as it was seen', () => {
    const page = doubted(0);
    const transmitted = seen('captured_transmitted', { authCode: 'A9' });
    const { page: after } = see(page, look(page), shown(transmitted), TIMING);
    expect(after.step?.state).toBe('proven');
    expect(after.operation).toMatchObject({ state: 'succeeded', looks: 1 });
    expect(after.order.transaction).toEqual({
      ...BEFORE.capture,
      state: 'captured_transmitted',
      authCode: 'A9',
      asOf: page.now,
    });
  });

  test('a new transaction counts from the instant when it was seen', () => {
    const page = asked('authorize', { afterMs: 70_000, operation: { state: 'unknown' } });
    const { page: after } = see(
      page,
      look(page),
      shown(seen('authorized', { seqno: FRESH })),
      TIMING,
    );
    expect(after.order.transaction).toMatchObject({ seqno: FRESH, authorizedAt: page.now });
  });

  test.each([
    ['voided', 'already_voided'],
    ['refunded_transmitted', 'already_refunded'],
    ['refunded_untransmitted', 'already_refunded'],
    ['capture_failed', 'not_authorized'],
  ] as const)(
    'a transaction found %s after the quarantine is mirrored, and the operation declined as %s',
    (state, reason) => {
      const page = doubted(0, quarantineMs);
      const { page: after } = see(page, look(page), shown(seen(state)), TIMING);
      expect(after.entries[0]).toMatchObject({
        kind: 'transaction_corrected',
        evidence: 'inquiry',
      });
      expect(after.operation).toMatchObject({ state: 'declined', reason });
      expect(after.step?.state).toBe('disproven');
    },
  );

  test.each(['captured_untransmitted', 'captured_transmitted'] as const)(
    'a void that finds its transaction %s is declined as captured',
    (state) => {
      const page = asked('void', { afterMs: quarantineMs, operation: { state: 'unknown' } });
      const { page: after } = see(page, look(page), shown(seen(state)), TIMING);
      expect(after.operation).toMatchObject({ state: 'declined', reason: 'already_captured' });
    },
  );

  test('two live transactions and an unreadable slip go to a person, and not before the quarantine ends', () => {
    const two = shown(seen('authorized'), seen('authorized', { seqno: FRESH }));
    const late = doubted(0, quarantineMs);
    expect(see(late, look(late), two, TIMING)).toMatchObject({
      next: NOTHING,
      page: { operation: { state: 'review', reason: 'two_live_transactions' } },
    });
    expect(see(late, look(late), shown(), TIMING)).toMatchObject({
      next: NOTHING,
      page: { operation: { state: 'review', reason: 'outcome_needs_review' } },
    });
    const early = doubted(0);
    expect(see(early, look(early), two, TIMING).page.operation?.state).toBe('unknown');
  });

  test('the fence: a sighting for another step changes nothing', () => {
    const page = doubted(0);
    const turn = see(page, { ...look(page), n: 9 }, shown(seen('captured_untransmitted')), TIMING);
    expect(turn).toEqual({ page, next: NOTHING });
  });
});

describe('M4: a person’s answer', () => {
  const parked = (verb: 'change_amount' | 'capture') =>
    asked(verb, {
      afterMs: quarantineMs,
      operation: { state: 'review' },
      step: { state: 'unknown' },
    });

  test('the answer “done” proves the step, and the operation goes on', () => {
    const page = parked('change_amount');
    const { page: after, next } = resolveReview(page, seen('authorized', { seqno: FRESH }), TIMING);
    expect(after.closedStep).toMatchObject({ n: 1, state: 'proven' });
    expect(next).toMatchObject({ kind: 'ask', step: { n: 2, verb: 'capture', seqno: FRESH } });
  });

  test('the answer “not done” ends the operation, and nothing is asked again', () => {
    const page = parked('change_amount');
    const { page: after, next } = resolveReview(
      page,
      seen('authorized', { amount: yen(9_850) }),
      TIMING,
    );
    expect(after.step?.state).toBe('disproven');
    expect(after.operation).toMatchObject({ state: 'declined', reason: 'confirmed_not_executed' });
    expect(next).toEqual(NOTHING);
  });

  test('another answer mirrors the transaction, on the person’s word', () => {
    const { page } = resolveReview(parked('capture'), seen('voided'), TIMING);
    expect(page.entries[0]).toMatchObject({ kind: 'transaction_corrected', evidence: 'person' });
    expect(page.operation).toMatchObject({ state: 'declined', reason: 'already_voided' });
  });

  test.each(['asking', 'unknown', 'succeeded'] as const)(
    'while %s no person has been asked, and no answer counts',
    (state) => {
      const page = asked('capture', { operation: { state } });
      expect(resolveReview(page, seen('voided'), TIMING)).toEqual({ page, next: NOTHING });
    },
  );
});
