import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { Command } from '../../src/domain/commands/command.ts';
import { decide } from '../../src/domain/commands/decide.ts';
import { offeredRemedies, REMEDIES } from '../../src/domain/commands/remedies.ts';
import type { RemedyScene } from '../../src/domain/commands/remedy-scene.ts';
import { REPAIR } from '../../src/domain/drift/drift.ts';
import * as repairs from '../../src/domain/drift/repairs.ts';
import type { Order, Proposal } from '../../src/domain/order/order.ts';
import { keysOf, ORDER_STATUS, TRANSACTION_STATE } from '../../src/domain/order/states.ts';
import { REASON } from '../../src/domain/reasons/index.ts';
import { REMEDY, type Remedy } from '../../src/domain/reasons/remedies.ts';
import type { ReasonFacts } from '../../src/domain/reasons/words.ts';
import type { Goal } from '../../src/domain/transaction/link.ts';
import { addDays } from '../../src/domain/values/jst.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { orderOf } from './order-words.ts';
import { billed, orderIn, SHOP_SETTINGS, TODAY } from './orders.ts';

test('a repair is one of the remedies, in the same words', () => {
  for (const id of keysOf(REPAIR)) expect(REPAIR[id], id).toEqual(REMEDY[id]);
});

test('every remedy has a text of its own, except the two ids of recording a payment', () => {
  for (const language of ['ja', 'en'] as const) {
    const told = Map.groupBy(keysOf(REMEDY), (id) => REMEDY[id][language]);
    const alike = [...told.values()].filter((ids) => ids.length > 1);
    expect(alike).toEqual([['mark_paid_without_gateway', 'record_as_paid']]);
  }
});

test('clients know these ids of repairs: none is lost', () => {
  expect(keysOf(REPAIR)).toEqual([
    'capture',
    'relink',
    'adopt_amount',
    'record_as_paid',
    'cancel_transaction',
    'cancel_stray',
    'change_captured_amount',
    'settle_otherwise',
    'revoke_payments',
    'unmark_paid',
    'mark_paid',
    'authorize',
    'look_again',
    'answer_review',
    'see_proposal',
    'confirm_file',
    'change_method',
    'ask_customer',
    'check_at_gateway',
    'check_settings',
    'refund_otherwise',
    'reopen_order',
  ]);
});

const settings = { ...SHOP_SETTINGS, inquiry: true };

function sceneOf(order: Order, changes: Partial<RemedyScene> = {}): RemedyScene {
  return { order, open: null, failed: null, settings, today: TODAY, ...changes };
}

const PROPOSAL: Proposal = {
  version: 1,
  fits: 1,
  command: { kind: 'cancel_transaction' },
  limited: { kind: 'refund', amount: yen(9_115) },
  by: { id: 'tanaka', name: '田中' },
  at: 0,
  until: 1,
};

/** Every state of F-REGI and of an order, with and without an open difference. */
const ORDERS: readonly Order[] = keysOf(TRANSACTION_STATE).flatMap((state) =>
  keysOf(ORDER_STATUS).flatMap((status) =>
    (['card_fregi', 'bank_transfer'] as const).flatMap((paymentKind) =>
      [null, '2026-11-12'].flatMap((paidOn) => {
        const order = orderIn(state, { status, paymentKind, paidOn });
        const dearer = { ...order, amounts: { ...order.amounts, otherFee: yen(900) } };
        return [order, dearer, billed(0, order), { ...order, proposal: PROPOSAL }];
      }),
    ),
  ),
);

const UNDERWAY = ['asking', 'review'] as const;
const GOALS_FAILED: readonly (Goal | null)[] = [
  null,
  'captured',
  'cancelled',
  'authorized',
  'adjusted',
];

const SCENES: readonly RemedyScene[] = ORDERS.flatMap((order) =>
  [
    ...UNDERWAY.map((open) => ({ open })),
    ...GOALS_FAILED.map((failed) => ({ failed })),
    { settings: { ...settings, linkEnabled: false } },
  ].map((changes) => sceneOf(order, changes)),
);

/** The fields that a press leaves to its form, or to the day. */
const FILLED: Partial<Record<Command['kind'], object>> = {
  mark_paid: { mail: 'auto', from: 'detail', withoutGateway: false, paidOn: TODAY },
  change_method: { paymentKind: 'cash_on_delivery', paymentMethod: '代引' },
  edit_amounts: { amounts: {} },
  authorize: { cardToken: null },
  change_status: {},
  unmark_paid: {},
  cancel_transaction: {},
  capture: {},
};

/**
 * The decision on the command of a press; null if the press is about another transaction, or has no
 * command.
 */
function decisionOfPress(remedy: Remedy, { order, settings: shop }: RemedyScene) {
  const { press } = REMEDIES[remedy];
  if (press.kind !== 'command' && press.kind !== 'form') return null;
  const filled = FILLED[press.command.kind];
  if (filled === undefined) return null;
  return decide(order, { ...filled, ...press.command } as Command, shop, TODAY);
}

describe('the table of remedies', () => {
  test('every remedy of a reason can be pressed on some order', () => {
    const offered = new Set(SCENES.flatMap((scene) => offeredRemedies(scene)));
    const named = Object.values<ReasonFacts>(REASON).flatMap(({ remedies }) => remedies);
    for (const remedy of new Set(named)) expect(offered.has(remedy), remedy).toBe(true);
  });

  test('M6: an offered remedy is not refused, unless an operator still has to choose', () => {
    for (const scene of SCENES) {
      for (const remedy of offeredRemedies(scene)) {
        if (REMEDIES[remedy].press.kind !== 'command') continue;
        if (remedy === 'change_method_to_none') continue; // With the link off its box is off, too.
        const decision = decisionOfPress(remedy, scene);
        expect(decision?.kind, `${remedy} ${scene.order.transaction?.state}`).not.toBe('refuse');
      }
    }
  });

  test('a remedy that claims to move no money asks F-REGI for none, on any order', () => {
    for (const scene of SCENES) {
      for (const remedy of keysOf(REMEDIES)) {
        if (REMEDIES[remedy].movesMoney) continue;
        expect(decisionOfPress(remedy, scene)?.kind, remedy).not.toBe('pursue');
      }
    }
  });

  test('while an operation is open, no remedy that moves money is offered', () => {
    for (const scene of SCENES.filter(({ open }) => open !== null)) {
      const moving = offeredRemedies(scene).filter((remedy) => REMEDIES[remedy].movesMoney);
      expect(moving).toEqual([]);
    }
  });

  test('with the link off, no remedy that must ask F-REGI is offered', () => {
    const off = SCENES.filter(({ settings: { linkEnabled } }) => !linkEnabled);
    for (const scene of off) {
      const offered = offeredRemedies(scene);
      expect(offered).toContain('turn_link_on');
      for (const remedy of ['cancel_transaction', 'capture', 'authorize'] as const) {
        expect(offered, remedy).not.toContain(remedy);
      }
    }
  });

  test('a repair that a drift carries out is a command of the table, and an advice has none', () => {
    const sighted = { ...orderIn('authorized').transaction, seenAt: 0, source: 'inquiry' } as never;
    const made = [
      repairs.capture(),
      repairs.cancelTransaction(),
      repairs.cancelStray(sighted),
      repairs.unmarkPaid(),
      repairs.markPaid(TODAY),
      repairs.recordAsPaid(TODAY),
      repairs.authorize(),
      repairs.relink(sighted),
      repairs.adoptAmount(orderIn('captured_untransmitted'), yen(5_000)),
      repairs.changeCapturedAmount(),
    ];
    for (const repair of made) {
      const { press } = REMEDIES[repair.id];
      const kind = press.kind === 'command' || press.kind === 'form' ? press.command.kind : null;
      expect(kind, repair.id).toBe(repair.kind === 'command' ? repair.command.kind : null);
    }
  });
});

const yes = wordOf({ yes: true, '-': false });
/** Written by hand: the failure, the state of the order, and whether 「もう一度実行する」 is offered. */
const AGAIN = readTable(
  `
  failed     | order                        | again

  captured   | authorized                   | yes
  captured   | voided                       | -
  captured   | captured_untransmitted       | -
  captured   | capture_failed               | -
  cancelled  | authorized                   | yes
  cancelled  | captured_untransmitted       | yes
  cancelled  | refunded_untransmitted       | -
  authorized | registered validated_unauthorized | yes
  authorized | authorization_failed         | -
  adjusted   | captured_untransmitted paid  | yes
  adjusted   | refunded_untransmitted paid  | -
  `,
  {
    failed: wordOf({
      captured: 'captured',
      cancelled: 'cancelled',
      authorized: 'authorized',
      adjusted: 'adjusted',
    } as const),
    order: orderOf,
    again: yes,
  },
);

describe('「もう一度実行する」 is offered only if it can succeed', () => {
  test.each(AGAIN)('$title', ({ failed, order, again }) => {
    expect(offeredRemedies(sceneOf(order, { failed })).includes('try_again')).toBe(again);
  });

  test('C10: after the approval has expired neither a capture nor the same command is offered', () => {
    const order = orderIn('authorized');
    const day = (days: number) => addDays('2026-11-14', days);
    const offered = (today: string) =>
      offeredRemedies(sceneOf(order, { failed: 'captured', today })).filter((remedy) =>
        ['mark_paid', 'try_again'].includes(remedy),
      );
    expect(offered(day(0))).toEqual(['mark_paid', 'try_again']);
    expect(offered(day(90))).toEqual([]);
  });
});
