import type { Transaction } from '../order/order.ts';
import { keysOf } from '../order/states.ts';
import type { Locale } from '../reasons/index.ts';
import type { Command, CommandOf } from './command.ts';

export const ROLES = ['owner', 'clerk', 'accountant', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE: Record<Role, Readonly<Record<Locale, string>>> = {
  owner: { ja: '管理者', en: 'Owner' },
  clerk: { ja: '受注担当', en: 'Clerk' },
  accountant: { ja: '経理', en: 'Accountant' },
  viewer: { ja: '閲覧', en: 'Viewer' },
};

export const PERMISSIONS = [
  'orders:read',
  'orders:write',
  'payments:capture',
  'payments:cancel',
  'imports:write',
  'settings:read',
  'settings:write',
  'payments:adjust',
  'attention:write', // 要対応: assign, postpone, close by hand, look at F-REGI now
  'reconciliation:write', // 照合: close days and months
  'sightings:write', // S6: a file of F-REGI's console
  'activity:read', // 操作履歴 of all users
  'orders:export',
  'orders:erase', // お客様情報の消去
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * Role → permissions: the whole table. Only owner and clerk move money, or say what F-REGI has
 * (S6); only the owner changes a captured amount (A3). An accountant handles differences and closes
 * the books; a viewer reads orders.
 */
export const PERMISSIONS_OF: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  clerk: [
    'orders:read',
    'orders:write',
    'payments:capture',
    'payments:cancel',
    'imports:write',
    'settings:read',
    'attention:write',
    'reconciliation:write',
    'sightings:write',
    'activity:read',
    'orders:export',
  ],
  accountant: [
    'orders:read',
    'settings:read',
    'attention:write',
    'reconciliation:write',
    'activity:read',
    'orders:export',
  ],
  viewer: ['orders:read'],
};

export function isAllowed(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}

/**
 * The reason why a user may not do something: the missing permission, the roles that have it, and a
 * sentence.
 */
export type Denial = {
  readonly permission: Permission;
  readonly by: Role[];
  readonly reason: string;
};

/** Returns the first permission that the role lacks; null if it has them all. */
export function denialOf(
  role: Role,
  permissions: readonly Permission[],
  locale: Locale,
): Denial | null {
  const permission = permissions.find((wanted) => !isAllowed(role, wanted));
  if (permission === undefined) return null;
  const by = ROLES.filter((other) => permissions.every((wanted) => isAllowed(other, wanted)));
  const names = by.map((other) => ROLE[other][locale]);
  return { permission, by, reason: DENIED[locale](ROLE[role][locale], names) };
}

const DENIED: Record<Locale, (role: string, others: readonly string[]) => string> = {
  ja: (role, others) =>
    `この操作の権限がありません（現在の役割：${role}）。${others.join('・')}が行えます。`,
  en: (role, others) =>
    `Your role (${role}) does not allow this. ${others.join(' or ')} can do it.`,
};

/**
 * The permission for each kind of command while its boxes are off. The command's calls to F-REGI
 * decide; recording received money takes the same permission as a capture.
 */
const PERMISSION_OF_KIND: Record<Command['kind'], Permission> = {
  mark_paid: 'payments:capture',
  unmark_paid: 'payments:capture',
  /** O6: no money moves; the bookkeeper corrects the date. */
  correct_paid_on: 'reconciliation:write',
  settle: 'payments:capture',
  correct_settlement: 'payments:capture',
  capture: 'payments:capture',
  authorize: 'payments:capture',
  cancel_transaction: 'payments:cancel',
  cancel_stray: 'payments:cancel',
  revoke_payments: 'payments:cancel',
  change_status: 'orders:write',
  change_method: 'orders:write',
  edit_amounts: 'orders:write',
  ship: 'orders:write',
  request_cancel: 'orders:write',
  dismiss_cancel_request: 'orders:write',
  relink: 'orders:write',
  erase_customer: 'orders:erase',
  agree_to_proposal: 'payments:cancel',
  end_proposal: 'payments:cancel',
};

/** The part of a command that decides its permission: the kind, and the boxes that move money. */
export type CommandBoxes =
  | Pick<CommandOf<'change_status'>, 'kind' | 'to' | 'cancelTransaction' | 'revokePayments'>
  | Pick<CommandOf<'change_method'>, 'kind' | 'cancelTransaction'>
  | Pick<CommandOf<'unmark_paid'>, 'kind' | 'refund'>
  | Pick<CommandOf<'edit_amounts'>, 'kind' | 'changeCaptured'>
  | {
      readonly kind: Exclude<
        Command['kind'],
        'change_status' | 'change_method' | 'unmark_paid' | 'edit_amounts'
      >;
    };

/**
 * Returns the permission that a command takes, by its calls to F-REGI. A capture or an
 * authorization takes `payments:capture`, a void, a refund or a revocation `payments:cancel`, a change of a
 * captured amount `payments:adjust`. `transaction` is the order's own (null: it has none); if it is
 * absent, the answer covers the most that the command may ask.
 */
export function permissionOf(
  command: CommandBoxes,
  transaction?: Pick<Transaction, 'state'> | null,
): Permission {
  const plain = PERMISSION_OF_KIND[command.kind];
  switch (command.kind) {
    case 'change_status':
      if (command.cancelTransaction || command.revokePayments) return 'payments:cancel';
      // B2: this command authorizes a pre-order's waiting card.
      if (command.to !== 'processing') return plain;
      return transaction === undefined || transaction?.state === 'preorder_unauthorized'
        ? 'payments:capture'
        : plain;
    case 'change_method':
      return command.cancelTransaction ? 'payments:cancel' : plain;
    case 'unmark_paid':
      return command.refund ? 'payments:cancel' : plain;
    case 'edit_amounts':
      return command.changeCaptured ? 'payments:adjust' : plain;
    default:
      return plain;
  }
}

/** The kinds of command, from the table that must hold them all. */
export const COMMAND_KINDS = keysOf(PERMISSION_OF_KIND);

/** The part of a plan that decides its permissions; an absent box is off. */
export type PlanBoxes =
  | { readonly kind: 'mark_paid' | 'authorize' | 'dismiss_cancel_request' }
  | { readonly kind: 'ship'; readonly andPay?: boolean | undefined }
  | {
      readonly kind: 'cancel';
      readonly cancelTransaction?: boolean | undefined;
      readonly revokePayments?: boolean | undefined;
    };

/** Returns the permissions for a bulk run: to start it, and for each command of the plan. */
export function permissionsOfPlan(plan: PlanBoxes): readonly Permission[] {
  return [
    ...new Set([PERMISSION_FOR.start_run, ...commandsOf(plan).map((one) => permissionOf(one))]),
  ];
}

function commandsOf(plan: PlanBoxes): readonly CommandBoxes[] {
  switch (plan.kind) {
    case 'mark_paid':
    case 'authorize':
    case 'dismiss_cancel_request':
      return [{ kind: plan.kind }];
    case 'ship':
      return plan.andPay ? [{ kind: 'ship' }, { kind: 'mark_paid' }] : [{ kind: 'ship' }];
    case 'cancel': {
      const { cancelTransaction = false, revokePayments = false } = plan;
      return [
        { kind: 'change_status', to: 'cancelled', cancelTransaction: false },
        { kind: 'change_status', to: 'cancelled', cancelTransaction, revokePayments },
      ];
    }
    default:
      return plan satisfies never;
  }
}

/** The permission for each action that is no command on an order. */
const PERMISSION_FOR = {
  read_orders: 'orders:read',
  place_order: 'orders:write',
  start_run: 'orders:write',
  write_mail: 'orders:write',
  change_subscription: 'orders:write',
  answer_overdue_delivery: 'payments:capture',
  /** 今すぐ確認 and 取り下げ of an operation; 今すぐ照会 of a redirect payment. */
  check_operation: 'payments:capture',
  withdraw_operation: 'payments:capture',
  check_redirect_payment: 'payments:capture',
  /** 要確認: the answer decides the outcome of a call that moves money. */
  answer_review: 'payments:cancel',
  import_file: 'imports:write',
  export_orders: 'orders:export',
  read_settings: 'settings:read',
  change_settings: 'settings:write',
  manage_members: 'settings:write',
  release_safe_mode: 'settings:write',
  handle_attention: 'attention:write',
  /** Looks up all live transactions at F-REGI now. */
  sweep_gateway: 'attention:write',
  reconcile: 'reconciliation:write',
  import_console_file: 'sightings:write',
  read_activity: 'activity:read',
  see_readers: 'settings:write', // who has seen whose records: for owners
  verify_records: 'activity:read',
} as const satisfies Record<string, Permission>;

/** Every action of a person: a kind of command on an order, or an entry of the table above. */
export type Deed = Command['kind'] | keyof typeof PERMISSION_FOR;

/**
 * The permission for each deed: the whole table. For a command it holds the permission with all
 * boxes off; `permissionOf` adds those of its boxes.
 */
export const PERMISSION_TO: Readonly<Record<Deed, Permission>> = {
  ...PERMISSION_OF_KIND,
  ...PERMISSION_FOR,
};
