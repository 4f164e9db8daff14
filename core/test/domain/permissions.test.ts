import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { decide } from '../../src/domain/commands/decide.ts';
import {
  COMMAND_KINDS,
  type CommandBoxes,
  denialOf,
  isAllowed,
  type Permission,
  type PlanBoxes,
  permissionOf,
  permissionsOfPlan,
  ROLES,
  type Role,
} from '../../src/domain/commands/permissions.ts';
import { type RunPlan, runCommands } from '../../src/domain/commands/run-commands.ts';
import { keysOf, ORDER_STATUS, TRANSACTION_STATE } from '../../src/domain/order/states.ts';
import type { Goal } from '../../src/domain/transaction/link.ts';
import { LINK_WORDS } from './order-words.ts';
import { cardOrder, orderIn, TODAY } from './orders.ts';

const box = { cancelTransaction: true } as const;
const noBox = { cancelTransaction: false } as const;
const COMMANDS: Record<string, CommandBoxes> = {
  mark_paid: { kind: 'mark_paid' },
  unmark_paid: { kind: 'unmark_paid' },
  correct_paid_on: { kind: 'correct_paid_on' },
  'unmark_paid, refund': { kind: 'unmark_paid', refund: true },
  settle: { kind: 'settle' },
  correct_settlement: { kind: 'correct_settlement' },
  capture: { kind: 'capture' },
  authorize: { kind: 'authorize' },
  'status to on_hold': { kind: 'change_status', to: 'on_hold', ...noBox },
  'status to processing': { kind: 'change_status', to: 'processing', ...noBox },
  'status to cancelled': { kind: 'change_status', to: 'cancelled', ...noBox },
  'status to cancelled, box': { kind: 'change_status', to: 'cancelled', ...box },
  'status to cancelled, revoke': {
    kind: 'change_status',
    to: 'cancelled',
    ...noBox,
    revokePayments: true,
  },
  revoke_payments: { kind: 'revoke_payments' },
  method: { kind: 'change_method', ...noBox },
  'method, box': { kind: 'change_method', ...box },
  edit_amounts: { kind: 'edit_amounts' },
  'edit_amounts, captured': { kind: 'edit_amounts', changeCaptured: true },
  ship: { kind: 'ship' },
  request_cancel: { kind: 'request_cancel' },
  dismiss_cancel_request: { kind: 'dismiss_cancel_request' },
  cancel_transaction: { kind: 'cancel_transaction' },
  cancel_stray: { kind: 'cancel_stray' },
  relink: { kind: 'relink' },
  erase_customer: { kind: 'erase_customer' },
  agree_to_proposal: { kind: 'agree_to_proposal' },
  end_proposal: { kind: 'end_proposal' },
};
const YES_NO = wordOf({ yes: true, '–': false });

/** Written out by hand: the test must not believe the code's own tables. */
const MAY = readTable(
  `
  command                  | permission       | owner | clerk | accountant | viewer
  mark_paid                | payments:capture | yes   | yes   | –          | –
  unmark_paid              | payments:capture | yes   | yes   | –          | –
  unmark_paid, refund      | payments:cancel  | yes   | yes   | –          | –
  correct_paid_on          | reconciliation:write | yes | yes | yes | –
  settle                   | payments:capture | yes   | yes   | –          | –
  correct_settlement       | payments:capture | yes   | yes   | –          | –
  capture                  | payments:capture | yes   | yes   | –          | –
  authorize                | payments:capture | yes   | yes   | –          | –
  status to on_hold        | orders:write     | yes   | yes   | –          | –
  status to processing     | payments:capture | yes   | yes   | –          | –
  status to cancelled      | orders:write     | yes   | yes   | –          | –
  status to cancelled, box | payments:cancel  | yes   | yes   | –          | –
  status to cancelled, revoke | payments:cancel | yes | yes   | –          | –
  revoke_payments          | payments:cancel  | yes   | yes   | –          | –
  method                   | orders:write     | yes   | yes   | –          | –
  method, box              | payments:cancel  | yes   | yes   | –          | –
  edit_amounts             | orders:write     | yes   | yes   | –          | –
  edit_amounts, captured   | payments:adjust  | yes   | –     | –          | –
  ship                     | orders:write     | yes   | yes   | –          | –
  request_cancel           | orders:write     | yes   | yes   | –          | –
  dismiss_cancel_request   | orders:write     | yes   | yes   | –          | –
  cancel_transaction       | payments:cancel  | yes   | yes   | –          | –
  cancel_stray             | payments:cancel  | yes   | yes   | –          | –
  relink                   | orders:write     | yes   | yes   | –          | –
  erase_customer           | orders:erase     | yes   | –     | –          | –
  agree_to_proposal        | payments:cancel  | yes   | yes   | –          | –
  end_proposal             | payments:cancel  | yes   | yes   | –          | –
  `,
  {
    command: String,
    permission: (cell) => cell as Permission,
    owner: YES_NO,
    clerk: YES_NO,
    accountant: YES_NO,
    viewer: YES_NO,
  },
);

describe('the permission of a command', () => {
  test.each(MAY)('$title', ({ command, permission, ...may }) => {
    const boxes = COMMANDS[command];
    if (boxes === undefined) throw new Error(`no command “${command}”`);
    expect(permissionOf(boxes)).toBe(permission);
    for (const role of ROLES) expect(isAllowed(role, permissionOf(boxes)), role).toBe(may[role]);
  });

  test('the table has every command of every kind', () => {
    expect(MAY.map(({ command }) => command).toSorted()).toEqual(keysOf(COMMANDS).toSorted());
    const kinds = new Set(Object.values(COMMANDS).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([...COMMAND_KINDS].toSorted());
  });

  test('通常処理 takes payments:capture only if a pre-order’s card waits', () => {
    const command = { kind: 'change_status', to: 'processing', ...noBox } as const;
    expect(permissionOf(command, null)).toBe('orders:write');
    for (const state of keysOf(TRANSACTION_STATE)) {
      const waits = state === 'preorder_unauthorized';
      expect(permissionOf(command, { state }), state).toBe(
        waits ? 'payments:capture' : 'orders:write',
      );
    }
  });
});

const OF_GOAL: Record<Goal, Permission> = {
  captured: 'payments:capture',
  authorized: 'payments:capture',
  cancelled: 'payments:cancel',
  adjusted: 'payments:adjust',
};

test('on any order, a command that pursues a goal takes that goal’s permission', () => {
  const paid = { paidOn: TODAY, mail: 'auto', withoutGateway: false, from: 'detail' } as const;
  const lower = { ...cardOrder().amounts, discount: cardOrder().amounts.items };
  const goals = new Set<Goal>();
  for (const state of keysOf(TRANSACTION_STATE)) {
    for (const status of keysOf(ORDER_STATUS)) {
      for (const paidOn of [null, TODAY]) {
        const plain = orderIn(state, { status, paidOn });
        const transaction = plain.transaction && { ...plain.transaction, customerId: 'C-1' };
        const order = { ...plain, transaction };
        const method = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
        const commands = [
          { kind: 'mark_paid', ...paid },
          { kind: 'unmark_paid' },
          { kind: 'unmark_paid', refund: true },
          { kind: 'authorize', cardToken: null },
          { kind: 'cancel_transaction' },
          { kind: 'capture' },
          { kind: 'edit_amounts', amounts: { discount: 1 as typeof lower.discount } },
          {
            kind: 'edit_amounts',
            amounts: { discount: 1 as typeof lower.discount },
            changeCaptured: true,
          },
          { kind: 'change_method', ...method, ...box },
          { kind: 'change_method', ...method, ...noBox },
          ...keysOf(ORDER_STATUS).flatMap((to) => [
            { kind: 'change_status' as const, to, ...box },
            { kind: 'change_status' as const, to, ...noBox },
          ]),
        ] as const;
        for (const command of commands) {
          const decision = decide(order, command, LINK_WORDS.on, TODAY);
          if (decision.kind !== 'pursue') continue;
          goals.add(decision.goal);
          const where = JSON.stringify([state, status, paidOn, command]);
          expect(permissionOf(command, order.transaction), where).toBe(OF_GOAL[decision.goal]);
          expect(permissionOf(command), where).toBe(OF_GOAL[decision.goal]);
        }
      }
    }
  }
  expect([...goals].toSorted()).toEqual(['adjusted', 'authorized', 'cancelled', 'captured']);
});

describe('the permissions of a bulk run', () => {
  const leaving = {
    returnStock: false,
    returnPoints: false,
    mailCustomer: false,
    revokePayments: false,
  } as const;
  const shipping = { kind: 'ship', shippedOn: TODAY, shippingMail: 'auto' } as const;
  const PLANS: readonly RunPlan[] = [
    { kind: 'mark_paid' },
    { kind: 'authorize' },
    { kind: 'dismiss_cancel_request' },
    { ...shipping, andPay: false },
    { ...shipping, andPay: true },
    { kind: 'cancel', ...noBox, ...leaving },
    { kind: 'cancel', ...box, ...leaving },
    { kind: 'cancel', ...noBox, ...leaving, revokePayments: true },
  ];

  test("a run's permissions cover each command that its plan gives to any order", () => {
    for (const plan of PLANS) {
      const covered = permissionsOfPlan(plan satisfies PlanBoxes);
      for (const state of keysOf(TRANSACTION_STATE)) {
        for (const status of keysOf(ORDER_STATUS)) {
          const order = orderIn(state, { status });
          const row = { order, shippedOn: [null], cancelRequested: true };
          for (const command of runCommands(
            { plan, paidOn: TODAY, mail: 'auto', mailUnpaid: false },
            row,
            null,
          )) {
            expect(covered, JSON.stringify(plan)).toContain(permissionOf(command));
          }
        }
      }
    }
  });

  test('a box that is off asks for nothing more', () => {
    expect(permissionsOfPlan({ kind: 'ship' })).toEqual(['orders:write']);
    expect(permissionsOfPlan({ kind: 'ship', andPay: true })).toEqual([
      'orders:write',
      'payments:capture',
    ]);
    expect(permissionsOfPlan({ kind: 'cancel' })).toEqual(['orders:write']);
    expect(permissionsOfPlan({ kind: 'cancel', cancelTransaction: true })).toEqual([
      'orders:write',
      'payments:cancel',
    ]);
  });
});

test.each<[Role, 'ja' | 'en', string | null]>([
  ['owner', 'ja', null],
  ['clerk', 'ja', 'この操作の権限がありません（現在の役割：受注担当）。管理者が行えます。'],
  ['viewer', 'en', 'Your role (Viewer) does not allow this. Owner can do it.'],
])('a denial tells %s in %s which role is allowed', (role, locale, reason) => {
  const denial = denialOf(role, ['orders:read', 'payments:adjust'], locale);
  expect(denial?.reason ?? null).toBe(reason);
  if (denial) expect(denial).toMatchObject({ permission: 'payments:adjust', by: ['owner'] });
});
