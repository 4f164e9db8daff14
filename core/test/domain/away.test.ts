import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command, CommandOf } from '../../src/domain/commands/command.ts';
import { decide } from '../../src/domain/commands/decide.ts';
import { awayOf } from '../../src/domain/order/away.ts';
import { movementsOf, type OrderEvent } from '../../src/domain/order/events.ts';
import type { Movement } from '../../src/domain/order/movement.ts';
import type { Lines, Order } from '../../src/domain/order/order.ts';
import { keysOf, ORDER_STATUS } from '../../src/domain/order/states.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { carriedOut } from './carried-out.ts';
import { bankOrder, decided, orderIn, outcomeOf, TODAY } from './orders.ts';

/** O4: what is given back to stock or points is what is away, whatever was edited in between. */

/** What other systems have counted out for an order: pieces of each product, and points. */
class Counted {
  readonly #pieces = new Map<string, number>();
  #points = 0;

  constructor({ lines, amounts }: Order) {
    this.#countStock(lines.flat(), 1);
    this.#points = amounts.pointsUsed;
  }

  hear(movements: readonly Movement[]): void {
    for (const movement of movements) {
      const sign = movement.direction === 'taken' ? 1 : -1;
      if (movement.of === 'points') this.#points += sign * movement.points;
      else this.#countStock(movement.items, sign);
    }
  }

  get away(): object {
    const pieces = [...this.#pieces].filter(([, count]) => count !== 0);
    return { points: this.#points, ...Object.fromEntries(pieces.toSorted()) };
  }

  #countStock(items: readonly { productCode: string; quantity: number }[], sign: number): void {
    for (const { productCode, quantity } of items) {
      const before = this.#pieces.get(productCode) ?? 0;
      this.#pieces.set(productCode, before + sign * quantity);
    }
  }
}

function eventOf(order: Order, command: Command): OrderEvent | null {
  const decision = decide(order, command, { linkEnabled: true }, TODAY);
  if (decision.kind === 'refuse') return null;
  return decision.kind === 'record' ? decision.event : decision.afterwards;
}

/** Gives a command, and lets the other systems hear its movements. */
function give(order: Order, command: Command, counted: Counted): Order {
  const event = eventOf(order, command);
  if (event !== null) counted.hear(movementsOf(event));
  return carriedOut(order, command);
}

function linesOf(...destinations: readonly Readonly<Record<string, number>>[]): Lines {
  return destinations.map((products) =>
    Object.entries(products).map(([productCode, quantity]) => ({
      productCode,
      name: productCode,
      variation: '',
      quantity,
      unitPrice: yen(1_000),
      taxRate: 10,
    })),
  );
}

function edit(lines: Lines): CommandOf<'edit_amounts'> {
  return { kind: 'edit_amounts', amounts: {}, lines };
}

function pointsTo(pointsUsed: number): CommandOf<'edit_amounts'> {
  return { kind: 'edit_amounts', amounts: { pointsUsed: yen(pointsUsed) } };
}

function change(to: Order['status'], boxes: object = {}): CommandOf<'change_status'> {
  return { kind: 'change_status', to, cancelTransaction: false, ...boxes };
}

function orderOf(pieces: number, pointsUsed = 0): Order {
  const plain = bankOrder({ lines: linesOf({ pen: pieces }) });
  return { ...plain, amounts: { ...plain.amounts, pointsUsed: yen(pointsUsed) } };
}

/** The movements of commands, one after the other; each is carried out. */
function movementsAfter(order: Order, ...commands: readonly Command[]): Movement[] {
  let now = order;
  return commands.flatMap((command) => {
    const event = eventOf(now, command);
    if (event === null) throw new Error(outcomeOf(decided(now, command)));
    now = carriedOut(now, command);
    return [...movementsOf(event)];
  });
}

const stock = (direction: Movement['direction'], quantity: number, productCode = 'pen') => ({
  of: 'stock',
  direction,
  items: [{ productCode, variation: '', quantity }],
});
const points = (direction: Movement['direction'], count: number) => ({
  of: 'points',
  direction,
  points: count,
});

describe('what an edit moves', () => {
  test('O4: 3 pieces, edited to 1, cancelled with the stock: 2 and 1 go back', () => {
    const commands = [edit(linesOf({ pen: 1 })), change('cancelled', { returnStock: true })];
    expect(movementsAfter(orderOf(3), ...commands)).toEqual([
      stock('returned', 2),
      stock('returned', 1),
    ]);
  });

  test('O4: 3 pieces, edited to 5, cancelled with the stock: 2 are taken, 5 go back', () => {
    const commands = [edit(linesOf({ pen: 5 })), change('cancelled', { returnStock: true })];
    expect(movementsAfter(orderOf(3), ...commands)).toEqual([
      stock('taken', 2),
      stock('returned', 5),
    ]);
  });

  test('O4: 500 points, edited to none: they go back with the edit, and none are left to return', () => {
    expect(movementsAfter(orderOf(3, 500), pointsTo(0))).toEqual([points('returned', 500)]);
    const edited = carriedOut(orderOf(3, 500), pointsTo(0));
    expect(outcomeOf(decided(edited, change('cancelled', { returnPoints: true })))).toBe(
      'no_points_used',
    );
  });

  test('O4: 500 points, edited to 700: 200 are taken, and a cancellation gives 700 back', () => {
    const commands = [pointsTo(700), change('cancelled', { returnPoints: true })];
    expect(movementsAfter(orderOf(3, 500), ...commands)).toEqual([
      points('taken', 200),
      points('returned', 700),
    ]);
  });

  test('O4: held with the stock returned, edited from 3 to 5, taken up again: 3 go back, 5 are taken', () => {
    const commands = [
      change('on_hold', { returnStock: true }),
      edit(linesOf({ pen: 5 })),
      change('processing'),
    ];
    expect(movementsAfter(orderOf(3), ...commands)).toEqual([
      stock('returned', 3),
      stock('taken', 5),
    ]);
  });

  test('O4: held with 500 points returned, edited to 700, taken up again: 500 go back, 700 are taken', () => {
    const commands = [
      change('on_hold', { returnPoints: true }),
      pointsTo(700),
      change('processing'),
    ];
    expect(movementsAfter(orderOf(3, 500), ...commands)).toEqual([
      points('returned', 500),
      points('taken', 700),
    ]);
  });

  test('O4: a product that is exchanged goes back, and the other is taken', () => {
    expect(movementsAfter(orderOf(3), edit(linesOf({ ink: 2 })))).toEqual([
      stock('returned', 3),
      stock('taken', 2, 'ink'),
    ]);
  });

  test('O4: pieces that go from one destination to another move nothing', () => {
    const order = { ...orderOf(3), lines: linesOf({ pen: 2 }, { pen: 1 }) };
    expect(movementsAfter(order, edit(linesOf({ pen: 1 }, { pen: 2 })))).toEqual([]);
  });

  test('O4: an edit of fees moves nothing, and says nothing of it', () => {
    const event = eventOf(orderOf(3, 500), { kind: 'edit_amounts', amounts: { shipping: yen(1) } });
    expect(event).not.toHaveProperty('movements');
  });

  test('O4: a change of the captured amount moves the difference once F-REGI has done it', () => {
    const paid = { ...orderIn('captured_untransmitted'), paidOn: TODAY };
    const decision = decided(paid, { ...pointsTo(0), changeCaptured: true });
    expect(decision).toMatchObject({
      kind: 'pursue',
      afterwards: { movements: [points('returned', 735)] },
    });
  });
});

const quantity = fc.integer({ min: 1, max: 4 });
const products = fc
  .record({ pen: quantity, ink: quantity }, { requiredKeys: [] })
  .map((given) => (Object.keys(given).length > 0 ? given : { pen: 1 }));
const lines = fc.tuple(products, products).map((given) => linesOf(...given));
const used = fc.constantFrom(0, 300, 500, 700);
const boxes = fc.record({ returnStock: fc.boolean(), returnPoints: fc.boolean() });

const command: fc.Arbitrary<Command> = fc.oneof(
  lines.map(edit),
  used.map(pointsTo),
  fc.record({ lines, used }).map((both) => ({ ...edit(both.lines), ...pointsTo(both.used) })),
  lines.map((given) => ({ ...edit(given), changeCaptured: true })),
  fc
    .record({
      to: fc.constantFrom(...keysOf(ORDER_STATUS)),
      boxes,
      cancelTransaction: fc.boolean(),
    })
    .map(({ to, boxes: ticked, cancelTransaction }) =>
      change(to, { ...ticked, cancelTransaction }),
    ),
  fc.record({
    kind: fc.constant('ship' as const),
    shipments: fc.constant([{ destination: 0, shippedOn: TODAY }]),
    complete: fc.boolean(),
    correction: fc.boolean(),
    mail: fc.constant('manual' as const),
  }),
  fc.record({
    kind: fc.constant('mark_paid' as const),
    paidOn: fc.constant(TODAY),
    withoutGateway: fc.boolean(),
    from: fc.constant('detail' as const),
  }),
  fc.record({ kind: fc.constant('unmark_paid' as const), refund: fc.boolean() }),
);

const order: fc.Arbitrary<Order> = fc
  .record({ lines, used, card: fc.boolean() })
  .map(({ card, lines: given, used: pointsUsed }) => {
    const plain = card ? orderIn('authorized') : bankOrder();
    return { ...plain, lines: given, amounts: { ...plain.amounts, pointsUsed: yen(pointsUsed) } };
  });

describe('any sequence of commands', () => {
  test('O4: what other systems have counted is at every step what is away', () => {
    fc.assert(
      fc.property(order, fc.array(command, { maxLength: 12 }), (first, commands) => {
        const counted = new Counted(first);
        let now = first;
        for (const wanted of commands) {
          now = give(now, wanted, counted);
          const away = awayOf(now);
          const lines = new Counted({
            ...now,
            lines: away.stock,
            amounts: { ...now.amounts, pointsUsed: away.points },
          });
          expect(counted.away).toEqual(lines.away);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('O4: all movements sum to zero once everything that is away is given back', () => {
    let closed = 0;
    fc.assert(
      fc.property(order, fc.array(command, { maxLength: 12 }), (first, commands) => {
        const counted = new Counted(first);
        let now = first;
        for (const wanted of [...commands, change('processing')]) now = give(now, wanted, counted);
        if (now.status !== 'processing') return; // V7: its transaction was cancelled
        const away = awayOf(now);
        const back = { returnStock: away.stock.length > 0, returnPoints: away.points > 0 };
        now = give(now, change('returned', back), counted);
        expect(counted.away).toEqual({ points: 0 });
        expect(awayOf(now)).toEqual({ stock: [], points: 0 });
        closed += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(closed).toBeGreaterThan(2_500);
  });
});
