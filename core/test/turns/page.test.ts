import { describe, expect, test } from 'vitest';
import type { Witnesses } from '../../src/domain/events.ts';
import type { Page } from '../../src/turns/operation.ts';
import { closeStep, operationOn, transactionOn, writeAnswer } from '../../src/turns/page.ts';
import { asked, awaited, BILLED, NOW, SEQNO, seen } from './pages.ts';

/** What turns are made of: what each writes, and what they must have. */
const TANAKA = { kind: 'user', id: 'tanaka', name: '田中' } as const;
const SATO = { kind: 'user', id: 'sato', name: '佐藤' } as const;
const WITNESSES: Witnesses = { by: TANAKA, confirmedBy: SATO };

describe('M4: who has told what F-REGI’s console shows', () => {
  const parked = asked('capture', { operation: { state: 'review' }, step: { state: 'unknown' } });
  const captured = seen('captured_untransmitted');

  test('is written with what they saw, and nothing else', () => {
    const page = writeAnswer(parked, captured, WITNESSES);
    expect(page.entries).toEqual([
      {
        kind: 'review_answered',
        operationId: parked.operation?.id,
        found: { state: 'captured_untransmitted', seqno: SEQNO, amount: BILLED },
        ...WITNESSES,
      },
    ]);
    expect(page.order).toEqual({
      ...parked.order,
      version: parked.order.version + 1,
      changedIn: parked.order.version + 1,
    });
  });

  test.each<[string, Page, Witnesses | null]>([
    ['nobody is named', parked, null],
    ['nobody was asked', asked('capture', { operation: { state: 'unknown' } }), WITNESSES],
    ['it has ended', asked('capture', { operation: { state: 'succeeded' } }), WITNESSES],
    ['there is no operation', { ...parked, operation: null, step: null }, WITNESSES],
  ])('%s: nothing is written', (_what, page, witnesses) => {
    expect(writeAnswer(page, captured, witnesses)).toBe(page);
  });
});

test('a step that nobody answered keeps the words that came before', () => {
  const page = asked('capture', { afterMs: 5, step: { code: 'E1', text: 'time-out' } });
  if (page.step === null) throw new Error('a page without a step');
  const closed = closeStep(page, page.step, 'disproven', null).step;
  expect(closed).toMatchObject({ state: 'disproven', code: 'E1', text: 'time-out' });
  expect(closed?.answeredAt).toBe(NOW + 5);
  const refused = closeStep(page, page.step, 'refused', { code: 'B1' }).step;
  expect(refused).toMatchObject({ state: 'refused', code: 'B1', text: null });
});

test('a page without what a turn rests on is a bug, and names the order', () => {
  const { order } = asked('capture');
  const bare: Page = { ...asked('capture', { transaction: null }), operation: null };
  expect(() => transactionOn(bare)).toThrow(`order ${order.orderNumber} has no transaction`);
  expect(() => operationOn(bare)).toThrow(`order ${order.orderNumber} has no operation`);
});

test('what is open is what is there', () => {
  const page = asked('void');
  expect(operationOn(page).id).toBe(awaited(page).operationId);
  expect(transactionOn(page)).toBe(page.order.transaction);
});
