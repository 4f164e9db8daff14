import { expect, test } from 'vitest';
import type { IssuedPayment, RedirectStatus } from '../../src/domain/transaction/redirect.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Page } from '../../src/turns/operation.ts';
import { hearRefusal, seePayment } from '../../src/turns/see-payment.ts';
import { unsoundness } from '../../src/turns/sound.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked } from './pages.ts';

/** K3: what a look at a payment brings an ordered 発行取消 to. */
const SEEN = 'redirect_payment_seen';
const SETTLENO = '00000000000002596001';
const ASKED_AT = 1_000_000;
const LATER = ASKED_AT + TIMING.quarantineMs;
/** A page without an open operation. */
function quiet(): Page {
  return { ...asked('capture'), operation: null, step: null };
}
type Revocation = NonNullable<IssuedPayment['revocation']>;
const ORDERED: Revocation = { outcome: null, asks: 0, asksMax: 4, askedAt: null, refused: false };
const ASKED: Revocation = { ...ORDERED, asks: 1, askedAt: ASKED_AT };

function withPayment(revocation: Revocation | undefined, page: Page = quiet()): Page {
  const payment = { settleno: SETTLENO, amount: yen(9_115), status: 'issued', asOf: 0 } as const;
  const known = revocation === undefined ? payment : { ...payment, revocation };
  return { ...page, order: { ...page.order, redirects: [known] } };
}

function seen(before: Page, status: RedirectStatus, asOf: number) {
  const turn = seePayment(before, { settleno: SETTLENO, amount: yen(9_115), status, asOf }, TIMING);
  expect(unsoundness(before, turn.page)).toBeNull();
  const said = turn.page.entries.slice(before.entries.length).map((entry) => {
    return entry.kind === 'revocation_ended' ? entry.outcome : entry.kind;
  });
  return [...said, turn.next.kind].join(' ');
}

test.each<[string, Revocation | undefined, RedirectStatus, number, string]>([
  ['nobody has ordered it', undefined, 'issued', 1, 'rest'],
  ['it was ordered', ORDERED, 'issued', 1, 'revocation_asked revoke'],
  [
    'it was ordered, and the customer begins',
    ORDERED,
    'started',
    1,
    `${SEEN} revocation_asked revoke`,
  ],
  ['it was ordered, and is broken off', ORDERED, 'interrupted', 1, `${SEEN} failed rest`],
  ['the look began before the call', ASKED, 'issued', ASKED_AT, 'wait'],
  ['the call may still be carried out', ASKED, 'issued', LATER - 1, 'wait'],
  ['the call is lost', ASKED, 'issued', LATER, 'revocation_asked revoke'],
  ['four calls are lost', { ...ASKED, asks: 4 }, 'issued', LATER, 'failed rest'],
  ['F-REGI has refused', { ...ASKED, refused: true }, 'issued', ASKED_AT + 1, 'failed rest'],
  ['it is revoked', ASKED, 'revoked', ASKED_AT + 1, `${SEEN} revoked rest`],
  ['the customer was first', ASKED, 'completed', ASKED_AT + 1, `${SEEN} paid rest`],
  ['it was paid and reversed', ASKED, 'cancelled', ASKED_AT + 1, `${SEEN} paid rest`],
  ['it has expired', ASKED, 'expired', ASKED_AT + 1, `${SEEN} expired rest`],
  ['it has failed before', { ...ASKED, outcome: 'failed' }, 'issued', LATER, 'rest'],
])('K3: a look, when %s', (_when, revocation, status, asOf, said) => {
  expect(seen(withPayment(revocation), status, asOf)).toBe(said);
});

test('K3: in safe mode nothing is asked, and the order waits', () => {
  const { settings, ...page } = quiet();
  const held = { ...page, settings: { ...settings, hold: 'safe_mode' as const } };
  expect(seen(withPayment(ORDERED, held), 'issued', 1)).toBe('wait');
});

test('K3: a refusal counts for the call that is open, and once', () => {
  const refusal = { settleno: SETTLENO, n: 1, code: 'CSC1-1-122', text: 'NG' };
  const before = withPayment(ASKED);
  const { page } = hearRefusal(before, refusal);
  expect(page.order.redirects[0]?.revocation?.refused).toBe(true);
  expect(hearRefusal(page, refusal).page).toBe(page);
  expect(hearRefusal(before, { ...refusal, n: 2 }).page).toBe(before);
});
