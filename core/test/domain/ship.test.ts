import { describe, expect, test } from 'vitest';
import { incoming } from '../../../test/kit/orders.ts';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { type RunOrder, runCommands } from '../../src/domain/commands/run-commands.ts';
import { shipCommand } from '../../src/domain/commands/ship-command.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { newOrder } from '../../src/domain/order/place-order.ts';
import { keysOf, ORDER_STATUS } from '../../src/domain/order/states.ts';
import { decideShip } from '../../src/domain/rules/ship.ts';
import { yen } from '../../src/domain/values/yen.ts';

/** 発送: the orders that may be marked as shipped, and a bulk run's effect on each order. */
const TODAY = '2026-11-24';

function order(changes: Partial<Order> = {}): Order {
  return { ...newOrder('hanamichi', incoming()).order, ...changes };
}

function ship(changes: Partial<CommandOf<'ship'>> = {}): CommandOf<'ship'> {
  const shipments = [{ destination: 0, shippedOn: TODAY }];
  return { kind: 'ship', shipments, complete: true, mail: 'auto', ...changes };
}

test.each(keysOf(ORDER_STATUS))(
  '§2: an order in %s is shipped only if it is to be delivered',
  (status) => {
    const decision = decideShip(order({ status }), ship(), TODAY);
    const may = status === 'processing' || status === 'completed';
    expect(decision).toMatchObject(
      may ? { kind: 'record' } : { kind: 'refuse', reason: 'status_not_shippable' },
    );
  },
);

test.each<[string, Partial<Order>, Partial<CommandOf<'ship'>>, string]>([
  ['shipped already', { shipped: true }, {}, 'already_shipped'],
  [
    'a day to come',
    {},
    { shipments: [{ destination: 0, shippedOn: '2026-11-25' }] },
    'shipped_on_in_future',
  ],
  [
    'a destination that is not there',
    {},
    { shipments: [{ destination: 1, shippedOn: TODAY }] },
    'no_such_destination',
  ],
  ['nothing', {}, { shipments: [] }, 'no_such_destination'],
])('a shipment is refused: %s', (_what, changes, command, reason) => {
  const decision = decideShip(order(changes), ship(command), TODAY);
  expect(decision).toMatchObject({ kind: 'refuse', reason });
});

test('a correction mends the record and does not touch the money', () => {
  const shipped = order({ shipped: true });
  const decision = decideShip(shipped, ship({ correction: true }), TODAY);
  if (decision.kind !== 'record') throw new Error('it was refused');
  const after = applyEvent(shipped, decision.event);
  expect(after).toEqual({
    ...shipped,
    version: shipped.version + 1,
    changedIn: shipped.version + 1,
  });
});

describe('the destinations of a shipment', () => {
  test.each<[string, (string | null)[], number[] | null, number[], boolean]>([
    ['all that are open', [null, '2026-11-01', null], null, [0, 2], true],
    ['the last one', ['2026-11-01', null], [1], [1], true],
    ['one of two', [null, null], [0], [0], false],
  ])('a shipment names its destinations: %s', (_what, sent, wanted, expected, complete) => {
    const list = wanted?.map((destination) => ({ destination })) ?? null;
    const command = shipCommand(sent, list, TODAY, { mail: 'auto' });
    expect(command.shipments.map(({ destination }) => destination)).toEqual(expected);
    expect(command.complete).toBe(complete);
  });
});

describe("L4: a run's effect on an order", () => {
  const terms = { paidOn: TODAY, mail: 'auto', mailUnpaid: false } as const;
  const plan = (andPay: boolean) =>
    ({ kind: 'ship', shippedOn: TODAY, shippingMail: 'auto', andPay }) as const;
  test.each<[string, boolean, (string | null)[], boolean, string[]]>([
    ['ships', false, [null], false, ['ship']],
    ['ships, then captures', true, [null], false, ['ship', 'mark_paid']],
    ['only captures a shipped order', true, ['2026-11-01'], false, ['mark_paid']],
    ['only ships a paid order', true, [null], true, ['ship']],
    ['says that nothing is left to do', true, ['2026-11-01'], true, ['ship']],
  ])('a run %s', (_what, andPay, shippedOn, isPaid, kinds) => {
    const commands = runCommands({ ...terms, plan: plan(andPay) }, row(shippedOn, isPaid), null);
    expect(commands.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('a second run with 送り状番号 sends only the rest, and then captures', () => {
    const wanted = [0, 1].map((destination) => ({ destination, trackingNumber: `${destination}` }));
    const sent = (shippedOn: (string | null)[]) =>
      runCommands({ ...terms, plan: plan(true) }, row(shippedOn), wanted).map((command) =>
        command.kind === 'ship'
          ? command.shipments.map(({ trackingNumber: n }) => n)
          : command.kind,
      );
    expect(sent([null, null])).toEqual([['0', '1'], 'mark_paid']);
    expect(sent(['2026-11-01', null])).toEqual([['1'], 'mark_paid']);
    expect(sent(['2026-11-01', '2026-11-01'])).toEqual(['mark_paid']);
  });

  test('V1, V6: the boxes of a cancelling run are for the orders that they concern', () => {
    const boxes = { cancelTransaction: true, returnStock: true, returnPoints: true };
    const others = { mailCustomer: false, revokePayments: true } as const;
    const cancel = { kind: 'cancel', ...boxes, ...others } as const;
    const boxesFor = (changes: Partial<Order>) =>
      runCommands({ ...terms, plan: cancel }, { ...row([null]), order: order(changes) }, null)[0];
    const withPoints = { amounts: { ...order().amounts, pointsUsed: yen(100) } };
    expect(boxesFor(withPoints)).toMatchObject(boxes);
    const none = { amounts: { ...order().amounts, pointsUsed: yen(0) } };
    const bank = { ...none, paymentKind: 'bank_transfer', stockReturned: true } as const;
    const off = {
      cancelTransaction: false,
      returnStock: false,
      returnPoints: false,
      revokePayments: false,
    };
    expect(boxesFor(bank)).toMatchObject(off);
  });
});

function row(shippedOn: (string | null)[], isPaid = false): RunOrder {
  return { order: order({ paidOn: isPaid ? TODAY : null }), shippedOn, cancelRequested: false };
}
