import { describe, expect, test } from 'vitest';
import type { Witnesses } from '../../src/domain/order/witnesses.ts';
import type { Page } from '../../src/turns/operation.ts';
import { closeStep, operationOn, transactionOn, writeAnswer } from '../../src/turns/page.ts';
import { asked, awaited, BILLED, NOW, SEQNO, seen } from './pages.ts';

/** The parts of turns: what each writes, and what they must have. */
const TANAKA = { kind: 'user', id: 'tanaka', name: '田中' } as const;
const SATO = { kind: 'user', id: 'sato', name: '佐藤' } as const;
const WITNESSES: Witnesses = { by: TANAKA, confirmedBy: SATO };

describe('M4: the witnesses of F-REGI’s console', () => {
  const parked = asked('capture', { operation: { state: 'review' }, step: { state: 'unknown' } });
  const captured = seen('captured_untransmitted');

  test('the answer to a review is written with its witnesses, and nothing else', () => {
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
  ])('nothing is written if %s', (_what, page, witnesses) => {
    expect(writeAnswer(page, captured, witnesses)).toBe(page);
  });
});

test('a step that nobody answered keeps its earlier words', () => {
  const page = asked('capture', { afterMs: 5, step: { code: 'E1', text: 'time-out' } });
  if (page.step === null) throw new Error('a page without a step');
  const closed = closeStep(page, page.step, 'disproven', null).step;
  expect(closed).toMatchObject({ state: 'disproven', code: 'E1', text: 'time-out' });
  expect(closed?.answeredAt).toBe(NOW + 5);
  const refused = closeStep(page, page.step, 'refused', { code: 'B1' }).step;
  expect(refused).toMatchObject({ state: 'refused', code: 'B1', text: null });
});

test("a page that lacks a turn's foundation is a bug, and names the order", () => {
  const { order } = asked('capture');
  const bare: Page = { ...asked('capture', { transaction: null }), operation: null };
  expect(() => transactionOn(bare)).toThrow(`order ${order.orderNumber} has no transaction`);
  expect(() => operationOn(bare)).toThrow(`order ${order.orderNumber} has no operation`);
});

test('a page returns its open operation and transaction', () => {
  const page = asked('void');
  expect(operationOn(page).id).toBe(awaited(page).operationId);
  expect(transactionOn(page)).toBe(page.order.transaction);
});
