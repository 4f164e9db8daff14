import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { Command } from '../../src/domain/commands/command.ts';
import { previewCommand } from '../../src/domain/commands/preview-command.ts';
import { type OrderEvent, replay } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { toldOf } from '../../src/domain/transaction/effects.ts';
import { LINK_WORDS, orderOf } from './order-words.ts';
import { decided, SHOP_SETTINGS, TODAY } from './orders.ts';

/**
 * The effect on the transaction in each state of F-REGI, by hand, for 取消 or another method with the
 * box on or off, and for 入金日取消 without a refund. `cancelled`: F-REGI is asked to cancel it.
 */
const WORDS = {
  left: 'left_alone',
  none: 'nothing_to_cancel',
  apart: 'not_concerned',
  asked: 'cancelled',
  off: 'link_off',
  'no box': 'cancel_not_offered',
} as const;
const effect = wordOf(WORDS);
const TABLE = readTable(
  `
  order                            | box off | unmark | box on | box on, no link

  # V4, P2, U1: money that F-REGI holds or has taken stays unless it is cancelled
  authorized                       | left    | left   | asked  | off
  captured_untransmitted           | left    | left   | asked  | off
  captured_transmitted             | left    | left   | asked  | off
  # V5: if F-REGI holds nothing, there is nothing to cancel
  voided                           | none    | none   | none   | none
  authorization_failed             | none    | none   | none   | none
  refunded_untransmitted           | none    | none   | none   | none
  refunded_transmitted             | none    | none   | none   | none
  capture_failed                   | none    | none   | none   | none
  preorder_unauthorized            | none    | none   | none   | none
  validated_unauthorized           | none    | none   | none   | none
  no_transaction                   | none    | none   | none   | none
  apple_pay_fregi voided           | none    | none   | none   | none
  # C11: another method has nothing at F-REGI, unless a card's money was left there
  bank_transfer                    | apart   | apart  | no box | no box
  bank_transfer voided             | apart   | apart  | no box | no box
  bank_transfer captured_untransmitted | left | left  | no box | no box
  `,
  {
    order: orderOf,
    'box off': effect,
    unmark: effect,
    'box on': effect,
    'box on, no link': effect,
  },
);

/** The written effect of a command; the preview must say the same. */
function effectOf(order: Order, command: Command, link: 'on' | 'off' = 'on'): string {
  const settings = { ...SHOP_SETTINGS, ...LINK_WORDS[link] };
  const decision = decided(order, command, settings);
  const shown = previewCommand(order, false, command, settings, TODAY);
  if (decision.kind === 'refuse') return decision.reason;
  const event = decision.kind === 'record' ? decision.event : decision.afterwards;
  const written = event !== null && 'gateway' in event ? event.gateway : undefined;
  if (shown.kind === 'record') expect(shown.gateway).toBe(written);
  return String(written);
}

const cancel = (cancelTransaction: boolean) =>
  ({ kind: 'change_status', to: 'cancelled', cancelTransaction }) as const;
const toCash = (cancelTransaction: boolean) =>
  ({
    kind: 'change_method',
    paymentKind: 'cash_on_delivery',
    paymentMethod: '代引',
    cancelTransaction,
  }) as const;

describe('the effect on the transaction', () => {
  for (const row of TABLE) {
    test(row.title, () => {
      for (const link of ['on', 'off'] as const) {
        expect(effectOf(row.order, cancel(false), link)).toBe(row['box off']);
        expect(effectOf(row.order, toCash(false), link)).toBe(row['box off']);
        const paid = { ...row.order, paidOn: '2026-11-12' };
        expect(effectOf(paid, { kind: 'unmark_paid' }, link)).toBe(row.unmark);
      }
      expect(effectOf(row.order, cancel(true))).toBe(row['box on']);
      const isCard = row['box on'] !== 'cancel_not_offered';
      // S1: with the link off a status change has no box; a change of method has it.
      expect(effectOf(row.order, cancel(true), 'off')).toBe(isCard ? 'link_off' : row['box on']);
      if (!isCard) return;
      expect(effectOf(row.order, toCash(true))).toBe(row['box on']);
      expect(effectOf(row.order, toCash(true), 'off')).toBe(row['box on, no link']);
    });
  }

  test('C11: a record of the shop alone is not told to F-REGI, also for a card order', () => {
    const ask = { kind: 'request_cancel', message: '' } as const;
    const shown = (order: Order) => previewCommand(order, false, ask, SHOP_SETTINGS, TODAY);
    expect(shown(orderOf('-'))).toMatchObject({ kind: 'record', gateway: 'not_told' });
    expect(shown(orderOf('bank_transfer'))).toMatchObject({ gateway: 'not_concerned' });
  });
});

describe('the history of an older journal', () => {
  const { changedIn: _, settlements: __, redirects: ___, ...placed } = orderOf('-');
  const left: OrderEvent = { kind: 'status_changed', to: 'cancelled', gateway: 'left_alone' };
  const voided = orderOf('voided').transaction;
  if (voided === null) throw new Error('no transaction');
  const moved: OrderEvent = {
    kind: 'transaction_moved',
    operationId: 'operation',
    verb: 'void',
    transaction: voided,
  };
  const stray: OrderEvent = {
    kind: 'stray_moved',
    operationId: 'operation',
    evidence: 'answer',
    transaction: voided,
  };
  const told = (...events: OrderEvent[]) => toldOf(events).at(-1);
  const birth: OrderEvent = { kind: 'order_placed', order: placed };

  test('V4: “left alone” is told of a transaction that was live then', () => {
    expect(told(birth, left)).toEqual(left);
    expect(told(birth, stray, left)).toEqual(left);
    expect(toldOf([birth, left, moved])[1]).toEqual(left);
  });

  test('V5: “left alone” of a voided transaction is told as nothing to cancel', () => {
    expect(told(birth, moved, left)).toEqual({ ...left, gateway: 'nothing_to_cancel' });
    const none: OrderEvent = { kind: 'order_placed', order: { ...placed, transaction: null } };
    expect(told(none, left)).toEqual({ ...left, gateway: 'nothing_to_cancel' });
  });

  test('a part of a journal that does not show the transaction is told as it was written', () => {
    expect(told(left)).toEqual(left);
  });

  test('the replay of an older journal is as before', () => {
    const before = replay([birth, moved, left]);
    expect(before).toEqual(replay(toldOf([birth, moved, left])));
    expect(before.status).toBe('cancelled');
  });
});
