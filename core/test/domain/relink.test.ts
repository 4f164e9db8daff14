import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import { billedOf } from '../../src/domain/order/order.ts';
import { decisionOf, orderOf, STATES, sightedBeside } from './order-words.ts';
import { decided } from './orders.ts';

const TABLE = readTable(
  `
  order                     | to                     | slip  | adopt → outcome

  # A2: an order is linked to a live transaction of its slip
  voided                    | authorized             | own   | no    → record transaction_corrected
  voided                    | captured_untransmitted | own   | no    → record transaction_corrected
  authorized                | captured_transmitted   | own   | no    → record transaction_corrected
  captured_transmitted paid | authorized             | own   | no    → record transaction_corrected
  # A2: an order is not linked to a dead transaction
  voided                    | voided                 | own   | no    → not_live
  voided                    | refunded_untransmitted | own   | no    → not_live
  voided                    | refunded_transmitted   | own   | no    → not_live
  voided                    | authorization_failed   | own   | no    → not_live
  voided                    | capture_failed         | own   | no    → not_live
  # A2: an order is not linked to the transaction of another order
  voided                    | authorized             | other | no    → other_slip
  bank_transfer             | authorized             | own   | no    → other_slip
  # A3: a paid order adopts a captured amount only; M5: an unpaid one may adopt an authorized one
  captured_transmitted paid | captured_untransmitted | own   | yes   → record transaction_corrected
  voided paid               | authorized             | own   | yes   → not_captured_there
  voided                    | authorized             | own   | yes   → record transaction_corrected
  `,
  {
    order: orderOf,
    to: wordOf(STATES),
    slip: wordOf({ own: true, other: false }),
    adopt: wordOf({ yes: true, no: false }),
    outcome: String,
  },
);

describe('結び直す', () => {
  for (const { title, order, to: state, slip, adopt, outcome } of TABLE) {
    test(title, () => {
      const to = sightedBeside(order, state, slip ? {} : { slipId: 'another' });
      expect(decisionOf(order, { kind: 'relink', to, adopt })).toBe(outcome);
    });
  }

  test('A2: an order is not linked again to the transaction that it has', () => {
    const order = orderOf('voided');
    const to = sightedBeside(order, 'authorized', { seqno: order.transaction?.seqno ?? '' });
    expect(decisionOf(order, { kind: 'relink', to, adopt: false })).toBe('linked_already');
  });

  test.each([
    [false, 9_115],
    [true, 8_000],
  ])(
    'A3: a captured amount is adopted only on request: %s → the order bills %d',
    (adopt, billed) => {
      const order = orderOf('captured_transmitted paid');
      const to = sightedBeside(order, 'captured_untransmitted');
      const decision = decided(order, { kind: 'relink', to, adopt });
      if (decision.kind !== 'record') throw new Error('not recorded');
      const after = applyEvent(order, decision.event);
      expect(billedOf(after.amounts)).toBe(billed);
      expect(after.transaction).toMatchObject({
        seqno: to.seqno,
        state: 'captured_untransmitted',
        amount: 8_000,
      });
    },
  );

  test('C10: if the day of the authorization is unknown, the earlier one stands', () => {
    const order = orderOf('voided');
    const to = sightedBeside(order, 'authorized', { authorizedAt: null });
    const decision = decided(order, { kind: 'relink', to, adopt: false });
    if (decision.kind !== 'record') throw new Error('not recorded');
    const { transaction } = applyEvent(order, decision.event);
    expect(transaction?.authorizedAt).toBe(order.transaction?.authorizedAt);
  });
});
