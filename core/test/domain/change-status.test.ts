import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { OrderStatus } from '../../src/domain/order/states.ts';
import { BOX_WORDS, decisionOf, LINK_WORDS, orderOf, STATUSES } from './order-words.ts';
import { decided, outcomeOf } from './orders.ts';

type Options = Partial<CommandOf<'change_status'>>;

function command(to: OrderStatus, options: Options = {}): CommandOf<'change_status'> {
  return { kind: 'change_status', to, cancelTransaction: false, ...options };
}

/** The order after a change that is recorded at once. */
function changed(order: Order, to: OrderStatus, options: Options = {}): Order {
  return applyEvent(order, eventOf(order, to, options));
}

function eventOf(order: Order, to: OrderStatus, options: Options = {}) {
  const decision = decided(order, command(to, options));
  if (decision.kind !== 'record' || decision.event.kind !== 'status_changed') {
    throw new Error(outcomeOf(decision));
  }
  return decision.event;
}

const LEAVING = ['cancelled', 'returned', 'uncollectible', 'on_hold'] as const;
const YES_NO = wordOf({ yes: true, no: false });

/** Written out by hand: the test must not believe the code's own table. */
const MAY = readTable(
  `
  from          | preorder | processing | on_hold | completed | cancelled | returned | uncollectible
  preorder      | no       | yes        | yes     | no        | yes       | no       | no
  processing    | no       | no         | yes     | yes       | yes       | yes      | yes
  on_hold       | no       | yes        | no      | no        | yes       | no       | no
  completed     | no       | yes        | no      | no        | no        | no       | no
  cancelled     | no       | yes        | no      | no        | no        | no       | no
  returned      | no       | yes        | no      | no        | no        | no       | no
  uncollectible | no       | yes        | no      | no        | no        | no       | no
  `,
  {
    from: wordOf(STATUSES),
    preorder: YES_NO,
    processing: YES_NO,
    on_hold: YES_NO,
    completed: YES_NO,
    cancelled: YES_NO,
    returned: YES_NO,
    uncollectible: YES_NO,
  },
);

const TABLE = readTable(
  `
  order                                | to            | box | link → outcome

  # V1: the box is for card orders, and in 通常処理 only
  bank_transfer                        | cancelled     | on  | on   → cancel_not_offered
  bank_transfer authorized             | cancelled     | on  | on   → cancel_not_offered
  on_hold                              | cancelled     | on  | on   → cancel_not_offered
  apple_pay_fregi                      | cancelled     | on  | on   → pursue cancelled 9,115
  # V2: with the box on, 承認済 and 売上済 are cancelled on the way to 取消, 返品, 未回収, 保留
  authorized                           | cancelled     | on  | on   → pursue cancelled 9,115
  captured_untransmitted               | cancelled     | on  | on   → pursue cancelled 9,115
  captured_transmitted                 | cancelled     | on  | on   → pursue cancelled 9,115
  authorized                           | returned      | on  | on   → pursue cancelled 9,115
  captured_untransmitted               | returned      | on  | on   → pursue cancelled 9,115
  captured_transmitted paid            | returned      | on  | on   → pursue cancelled 9,115
  authorized                           | uncollectible | on  | on   → pursue cancelled 9,115
  captured_untransmitted               | uncollectible | on  | on   → pursue cancelled 9,115
  captured_transmitted                 | uncollectible | on  | on   → pursue cancelled 9,115
  authorized                           | on_hold       | on  | on   → pursue cancelled 9,115
  captured_untransmitted               | on_hold       | on  | on   → pursue cancelled 9,115
  captured_transmitted                 | on_hold       | on  | on   → pursue cancelled 9,115
  12,000 held=8,000                    | cancelled     | on  | on   → pursue cancelled 8,000
  # V2: on the way to 処理済み the box is not offered
  -                                    | completed     | on  | on   → cancel_not_offered
  # V2, B2: the box is not offered if a pre-order is authorized
  preorder preorder_unauthorized       | processing    | on  | on   → cancel_not_offered
  # V4: without the box the transaction stays, and the record says so
  -                                    | cancelled     | off | on   → record left_alone
  captured_transmitted paid            | returned      | off | on   → record left_alone
  bank_transfer                        | cancelled     | off | on   → record not_concerned
  # V5: with nothing to cancel, the status changes without a call
  voided                               | cancelled     | on  | on   → record nothing_to_cancel
  authorization_failed                 | cancelled     | on  | on   → record nothing_to_cancel
  refunded_untransmitted               | cancelled     | on  | on   → record nothing_to_cancel
  refunded_transmitted                 | cancelled     | on  | on   → record nothing_to_cancel
  capture_failed                       | cancelled     | on  | on   → record nothing_to_cancel
  preorder_unauthorized                | cancelled     | on  | on   → record nothing_to_cancel
  validated_unauthorized               | cancelled     | on  | on   → record nothing_to_cancel
  no_transaction                       | cancelled     | on  | on   → record nothing_to_cancel
  # S1: with the link off the box is refused, and the status alone may change
  -                                    | cancelled     | on  | off  → link_off
  -                                    | cancelled     | off | off  → record left_alone
  # V7: an order whose transaction was cancelled cannot go back to 通常処理; other orders can
  cancelled authorized                 | processing    | off | on   → record left_alone
  cancelled captured_transmitted       | processing    | off | on   → record left_alone
  cancelled voided                     | processing    | off | on   → transaction_cancelled
  cancelled refunded_untransmitted     | processing    | off | on   → transaction_cancelled
  cancelled refunded_transmitted       | processing    | off | on   → transaction_cancelled
  returned authorized                  | processing    | off | on   → record left_alone
  returned voided                      | processing    | off | on   → transaction_cancelled
  returned refunded_untransmitted      | processing    | off | on   → transaction_cancelled
  returned refunded_transmitted        | processing    | off | on   → transaction_cancelled
  uncollectible authorized             | processing    | off | on   → record left_alone
  uncollectible voided                 | processing    | off | on   → transaction_cancelled
  uncollectible refunded_untransmitted | processing    | off | on   → transaction_cancelled
  uncollectible refunded_transmitted   | processing    | off | on   → transaction_cancelled
  # V7: a cancelled transaction closes the order only while it is one by card
  cancelled voided bank_transfer       | processing    | off | on   → record not_concerned
  returned voided bank_transfer        | processing    | off | on   → record not_concerned
  # V7: 保留 goes back to 通常処理 in any case: there the method can be changed
  on_hold voided                       | processing    | off | on   → record nothing_to_cancel
  on_hold refunded_transmitted         | processing    | off | on   → record nothing_to_cancel
  `,
  {
    order: orderOf,
    to: wordOf(STATUSES),
    box: wordOf(BOX_WORDS),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

const PREORDERS = readTable(
  `
  order                                                | to         | link → outcome

  # B2: a pre-order by card is authorized for the billed amount, by the registered card
  preorder preorder_unauthorized registered            | processing | on   → pursue authorized 9,115
  preorder preorder_unauthorized registered 5,000      | processing | on   → pursue authorized 5,000
  on_hold preorder_unauthorized registered             | processing | on   → pursue authorized 9,115
  preorder preorder_unauthorized                       | processing | on   → no_card_registered
  # B2, C3: no pre-order of 0円, 1円 or more than F-REGI takes is authorized
  preorder preorder_unauthorized registered 0          | processing | on   → amount_zero
  preorder preorder_unauthorized registered 1          | processing | on   → amount_one
  preorder preorder_unauthorized registered 10,000,000 | processing | on   → amount_too_large
  # B2: a pre-order by another method has nothing to authorize
  preorder preorder_unauthorized bank_transfer         | processing | on   → record not_concerned
  # B2: on the way to 保留 or 取消 nothing is authorized
  preorder preorder_unauthorized registered            | on_hold    | on   → record nothing_to_cancel
  preorder preorder_unauthorized registered            | cancelled  | on   → record nothing_to_cancel
  # B3: a change of status does not ask again after a decline
  on_hold validated_unauthorized registered            | processing | on   → record nothing_to_cancel
  # S1, B2: with the link off the status changes, and F-REGI is told nothing
  preorder preorder_unauthorized registered            | processing | off  → record not_told
  preorder preorder_unauthorized                       | processing | off  → record not_told
  `,
  {
    order: orderOf,
    to: wordOf(STATUSES),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

describe('ステータスの変更', () => {
  for (const { from, title: _, ...row } of MAY) {
    for (const [to, allowed] of Object.entries(row)) {
      test(`V4: ${from} → ${to} is ${allowed ? 'allowed' : 'refused'}`, () => {
        const order = orderOf(`${from} bank_transfer`);
        const outcome = allowed ? 'record not_concerned' : 'status_change_not_allowed';
        expect(decisionOf(order, command(wordOf(STATUSES)(to)))).toBe(outcome);
      });
    }
  }

  for (const { title, order, to, box, link, outcome } of TABLE) {
    test(title, () => {
      const wanted = command(to, { cancelTransaction: box });
      expect(decisionOf(order, wanted, link)).toBe(outcome);
    });
  }

  test.each(LEAVING)('V3: to %s the status changes only after F-REGI’s success', (to) => {
    expect(decided(orderOf('-'), command(to, { cancelTransaction: true }))).toMatchObject({
      goal: 'cancelled',
      afterwards: { kind: 'status_changed', to, gateway: 'cancelled' },
    });
  });

  for (const { title, order, to, link, outcome } of PREORDERS) {
    test(title, () => {
      expect(decisionOf(order, command(to), link)).toBe(outcome);
    });
  }

  test('B2: the order becomes 通常処理 together with the answer of the authorization', () => {
    const order = orderOf('preorder preorder_unauthorized registered');
    expect(decided(order, command('processing'))).toMatchObject({
      afterwards: { kind: 'status_changed', to: 'processing', gateway: 'authorization_asked' },
    });
  });
});

/** The boxes V6 of a change, and the mail. */
const BOXES = readTable(
  `
  order               | to         | ticked → outcome

  # V6: the boxes stand beside 取消, 返品, 未回収 and 保留 only
  -                   | completed  | stock  → return_not_offered
  -                   | completed  | points → return_not_offered
  -                   | completed  | mail   → return_not_offered
  on_hold             | processing | stock  → return_not_offered
  on_hold             | processing | points → return_not_offered
  on_hold             | processing | mail   → return_not_offered
  -                   | cancelled  | mail   → record left_alone
  # V6: points go back only if some were used
  9,115               | cancelled  | points → no_points_used
  -                   | cancelled  | points → record left_alone
  # V6: neither stock nor points go back twice
  on_hold stock_back  | cancelled  | stock  → stock_already_returned
  on_hold points_back | cancelled  | points → points_already_returned
  on_hold stock_back  | cancelled  | points → record left_alone
  on_hold points_back | cancelled  | stock  → record left_alone
  `,
  {
    order: orderOf,
    to: wordOf(STATUSES),
    ticked: wordOf({
      stock: { returnStock: true },
      points: { returnPoints: true },
      mail: { mail: true },
    }),
    outcome: String,
  },
);

describe('the boxes beside it', () => {
  test.each(LEAVING)(
    'V6: a change to %s offers stock, points and mail, each off by default',
    (to) => {
      const off = decided(orderOf('-'), command(to));
      expect(off).toMatchObject({ kind: 'record' });
      expect(JSON.stringify(off)).not.toMatch(/movements|"mail"/);
      const ticked = { returnStock: true, returnPoints: true, mail: true };
      const on = decided(orderOf('-'), command(to, ticked));
      expect(on).toMatchObject({
        event: {
          movements: [
            {
              of: 'stock',
              direction: 'returned',
              items: [{ productCode: 'pen-01', variation: '', quantity: 1 }],
            },
            { of: 'points', direction: 'returned', points: 735 },
          ],
          mail: true,
        },
      });
    },
  );

  for (const { title, order, to, ticked, outcome } of BOXES) {
    test(title, () => {
      expect(decisionOf(order, command(to, ticked))).toBe(outcome);
    });
  }

  test('V6: only stock goes back if no points were used or they are back already', () => {
    for (const order of [orderOf('9,115'), orderOf('on_hold points_back')]) {
      const { movements = [] } = eventOf(order, 'cancelled', { returnStock: true });
      expect(movements.map((each) => each.of)).toEqual(['stock']);
    }
  });

  test('V6, V7: an order taken up again takes its stock and points again', () => {
    const gone = changed(orderOf('bank_transfer'), 'cancelled', {
      returnStock: true,
      returnPoints: true,
    });
    expect(gone).toMatchObject({ stockReturned: true, pointsReturned: 735 });
    expect(eventOf(gone, 'processing')).toMatchObject({
      movements: [
        { of: 'stock', direction: 'taken' },
        { of: 'points', direction: 'taken', points: 735 },
      ],
    });
    expect(changed(gone, 'processing')).toMatchObject({ stockReturned: false, pointsReturned: 0 });
  });

  test('V3, V6: with a cancellation, stock and points go back only once it is known', () => {
    const options = { cancelTransaction: true, returnStock: true, returnPoints: true };
    expect(decided(orderOf('-'), command('cancelled', options))).toMatchObject({
      kind: 'pursue',
      afterwards: { movements: [{ of: 'stock' }, { of: 'points' }] },
    });
  });
});
