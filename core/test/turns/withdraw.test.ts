import { expect, test } from 'vitest';
import type { Page } from '../../src/turns/operation.ts';
import { withdraw } from '../../src/turns/withdraw.ts';
import { asked, NOW } from './pages.ts';

/** During an outage a person takes back waiting asks that were certainly not sent. */
const waiting = { state: 'asking', reason: 'gateway_down' } as const;
const never: Page = { ...asked('capture', { operation: waiting }), step: null };

test('a withdrawn operation that was never asked ends as not sent, and the order is free', () => {
  const { page, next } = withdraw(never);
  expect(page.operation).toMatchObject({ state: 'not_sent', reason: 'withdrawn', endedAt: NOW });
  expect(page.entries).toMatchObject([{ kind: 'operation_ended', outcome: 'not_sent' }]);
  expect(page.order).toEqual({
    ...never.order,
    version: never.order.version + 1,
    changedIn: never.order.version + 1,
  });
  expect(next).toEqual({ kind: 'rest', until: null });
});

test('a withdrawn operation on an order without a transaction ends as not sent', () => {
  const page: Page = {
    ...asked('authorize', { operation: waiting, transaction: null }),
    step: null,
  };
  expect(withdraw(page).page.operation?.state).toBe('not_sent');
});

test('a withdrawn operation whose one ask never left ends as not sent', () => {
  const page = asked('capture', { operation: waiting, step: { state: 'unsent' } });
  expect(withdraw(page).page.operation?.state).toBe('not_sent');
});

test.each<[string, Page]>([
  [
    'it waited for safe mode, which is over',
    { ...asked('capture', { operation: { ...waiting, reason: 'safe_mode' } }), step: null },
  ],
  [
    'it was accepted in the very millisecond in which the transaction came to be so',
    { ...asked('capture', { operation: waiting, transaction: { asOf: NOW } }), step: null },
  ],
])('a withdrawn operation ends as not sent, also if %s', (_what, page) => {
  expect(withdraw(page).page.operation?.state).toBe('not_sent');
});

test.each<[string, Page]>([
  [
    'it has ended, while the gateway was out of reach',
    {
      ...asked('capture', { operation: { state: 'not_sent', reason: 'gateway_down' } }),
      step: null,
    },
  ],
  [
    'the database was restored to the past, and it may have been asked since',
    { ...never, settings: { ...never.settings, hold: 'safe_mode' } },
  ],
  ['it does not wait', { ...asked('capture'), step: null }],
  ['an ask is under way', asked('capture', { operation: waiting })],
  ['an ask is in doubt', asked('capture', { operation: waiting, step: { state: 'unknown' } })],
  [
    'an ask may have been carried out',
    asked('capture', { operation: waiting, step: { state: 'repeated' } }),
  ],
  [
    'its first ask was carried out, and the second never left',
    asked('capture', {
      operation: waiting,
      step: { n: 2, state: 'unsent' },
      transaction: { asOf: NOW + 1 },
    }),
  ],
  ['it has ended', asked('capture', { operation: { state: 'succeeded' } })],
  ['there is none', { ...asked('capture'), operation: null, step: null }],
])('an operation is not withdrawn if %s', (_what, page) => {
  expect(withdraw(page).page).toBe(page);
});
