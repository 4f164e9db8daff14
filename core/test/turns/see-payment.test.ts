import { expect, test } from 'vitest';
import type { RedirectStatus } from '../../src/domain/transaction/redirect.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { seePayment } from '../../src/turns/see-payment.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked } from './pages.ts';

/** L2: what an order shows of its payment after a look that another process had begun or ended. */
const PAYMENT = { settleno: '00000000000002596001', amount: yen(9_115) } as const;
const KNOWN_AT = 1_000;

test.each<[string, RedirectStatus, RedirectStatus, number, RedirectStatus]>([
  ['begun earlier tells of another state', 'interrupted', 'started', KNOWN_AT - 1, 'interrupted'],
  ['begun later tells of another state', 'interrupted', 'started', KNOWN_AT + 1, 'started'],
  [
    'begun later was answered before the payment',
    'completed',
    'started',
    KNOWN_AT + 1,
    'completed',
  ],
  [
    'begun later was answered before the reversal',
    'cancelled',
    'completed',
    KNOWN_AT + 1,
    'cancelled',
  ],
  ['begun later was answered before 発行取消', 'revoked', 'issued', KNOWN_AT + 1, 'revoked'],
  ['begun later tells of the payment', 'issued', 'completed', KNOWN_AT + 1, 'completed'],
  ['begun later tells of the reversal', 'completed', 'cancelled', KNOWN_AT + 1, 'cancelled'],
  [
    'begun later tells of a payment in the last minute',
    'expired',
    'completed',
    KNOWN_AT + 1,
    'completed',
  ],
])('L2: a look %s: the order shows what is true', (_what, known, status, asOf, shown) => {
  const page = { ...asked('capture'), operation: null, step: null };
  const redirects = [{ ...PAYMENT, status: known, asOf: KNOWN_AT }];
  const before = { ...page, order: { ...page.order, redirects } };
  const { order } = seePayment(before, { ...PAYMENT, status, asOf }, TIMING).page;
  expect(order.redirects.map((one) => one.status)).toEqual([shown]);
});

test.each<[string, string | null, RedirectStatus, number | null]>([
  ['the payment that made it 入金済', '2026-11-14', 'completed', 9_115],
  ['a payment that can still be made', '2026-11-14', 'issued', null],
  ['a payment of an unpaid order', null, 'completed', null],
])(
  'L2: an order of 0.1 knows its paid yen by its first look: %s',
  (_what, paidOn, status, yens) => {
    const page = { ...asked('capture'), operation: null, step: null };
    const paymentKind = 'convenience_fregi' as const;
    const before = { ...page, order: { ...page.order, paymentKind, paidOn, redirects: [] } };
    const { order } = seePayment(before, { ...PAYMENT, status, asOf: KNOWN_AT }, TIMING).page;
    expect(order.paidAtStore).toBe(yens);
  },
);
