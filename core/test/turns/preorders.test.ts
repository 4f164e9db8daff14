import { expect, test } from 'vitest';
import type { Order } from '../../src/domain/order/order.ts';
import type { Answer } from '../../src/turns/asks.ts';
import type { Page } from '../../src/turns/operation.ts';
import { hear } from '../../src/turns/protocol.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, awaited } from './pages.ts';

/** B2: the events after the end of an operation on a pre-order. */
const REFUSED = { kind: 'refused', code: null, text: 'x' } as const;

function heard(page: Page, answer: Answer) {
  return hear(page, awaited(page), answer, TIMING);
}

test.each([
  [
    'a pre-order that the card company declines: it becomes 通常処理 all the same',
    'preorder',
    true,
  ],
  ['another order that it declines: nothing follows', 'regular', false],
] as const)('B2: %s', (_what, type, follows) => {
  const gateway = 'authorization_asked' as const;
  const afterwards = { kind: 'status_changed', to: 'processing', gateway } as const;
  const page = asked('authorize', { type, operation: { afterwards } });
  const { entries } = heard(page, { ...REFUSED, refusal: 'card_declined' }).page;
  expect(entries.some(({ kind }) => kind === 'status_changed')).toBe(follows);
});

test.each<[Order['type'], Order['status'], held: boolean]>([
  ['subscription', 'processing', true],
  ['club', 'processing', true],
  ['subscription', 'completed', false],
  ['regular', 'processing', false],
])('B4: a declined delivery is put on hold (%s, %s)', (type, status, held) => {
  const page = asked('authorize', { type });
  const { entries, order } = heard(
    { ...page, order: { ...page.order, status } },
    { ...REFUSED, refusal: 'card_declined' },
  ).page;
  expect(order.status).toBe(held ? 'on_hold' : status);
  const change = { kind: 'status_changed', to: 'on_hold', gateway: 'nothing_to_cancel' };
  expect(entries.filter(({ kind }) => kind === 'status_changed')).toEqual(held ? [change] : []);
});

test('B2: another declined operation on a pre-order has no further event', () => {
  const afterwards = { kind: 'status_changed', to: 'cancelled', gateway: 'cancelled' } as const;
  const transaction = { state: 'validated_unauthorized' } as const;
  const page = asked('void', { type: 'preorder', transaction, operation: { afterwards } });
  const { entries } = heard(page, { ...REFUSED, refusal: 'request_rejected' }).page;
  expect(entries.some(({ kind }) => kind === 'status_changed')).toBe(false);
});
