import type { Deed } from '@renkei/core/domain/commands/permissions.ts';
import type { ActivityArea } from '../lists/list-filters.ts';

/**
 * What the shop's own chained log keeps besides changes of settings. An act needs its row here to
 * be written, and a sentence in both languages (`activity.action` of the screens) to be shown.
 */
type Act = {
  /** Where 操作履歴 shows it; null: it is evidence for `verify` and the log of reading only. */
  readonly area: ActivityArea | null;
  /** Who writes it: a trigger, which nobody can forget, or the server. */
  readonly by: 'database' | 'server';
  /** True if the person whose account it changes is mailed about it (ASVS 6.3.7). */
  readonly mailed?: true;
};

export const ACTS = {
  signed_in: { area: 'access', by: 'database' },
  sign_in_failed: { area: 'access', by: 'server' },
  signed_out: { area: 'access', by: 'server' },
  sessions_ended: { area: 'access', by: 'server' },
  renamed: { area: 'access', by: 'database', mailed: true },
  email_changed: { area: 'access', by: 'database', mailed: true },
  recovery_codes_renewed: { area: 'access', by: 'server', mailed: true },
  passkey_added: { area: 'access', by: 'database', mailed: true },
  passkey_removed: { area: 'access', by: 'database', mailed: true },
  directory_linked: { area: 'access', by: 'database', mailed: true },
  directory_unlinked: { area: 'access', by: 'database', mailed: true },
  password_reset_asked: { area: 'access', by: 'server' },
  password_changed: { area: 'access', by: 'database', mailed: true },
  two_factor_on: { area: 'access', by: 'database', mailed: true },
  two_factor_off: { area: 'access', by: 'database', mailed: true },
  member_added: { area: 'access', by: 'database' },
  role_changed: { area: 'access', by: 'database' },
  member_removed: { area: 'access', by: 'database' },
  last_owner_forced: { area: 'access', by: 'server' },
  invited: { area: 'access', by: 'server' },
  invitation_withdrawn: { area: 'access', by: 'server' },
  customers_erased: { area: 'settings', by: 'server' },
  run_paused: { area: 'run', by: 'server' },
  run_resumed: { area: 'run', by: 'server' },
  run_stopped: { area: 'run', by: 'server' },
  /** A row as it was written, and that it is gone: `verify` compares. */
  recorded: { area: null, by: 'database' },
  record_ended: { area: null, by: 'database' },
  /** Who has seen whose records, in some minutes. */
  records_read: { area: null, by: 'server' },
} as const satisfies Readonly<Record<string, Act>>;
export type ActName = keyof typeof ACTS;

/** The changes of an account that its person is mailed about. */
export type MailedAct = {
  [Name in ActName]: (typeof ACTS)[Name] extends { readonly mailed: true } ? Name : never;
}[ActName];

/**
 * What leaves the shop besides a selection of orders, as a file or on paper; each is logged as an
 * export, whose layout is `renkei:` and this name.
 */
export const REPORTS = [
  'run',
  'reconciliation',
  'reconciliation_printed',
  'activity',
  'readers',
] as const;
export type ReportName = (typeof REPORTS)[number];

/** Every act and report that 操作履歴 shows: the screens need a sentence for each. */
export type ShownAction =
  | { [Name in ActName]: (typeof ACTS)[Name]['area'] extends null ? never : Name }[ActName]
  | `exported_${ReportName}`;

/**
 * What under the chain tells of a deed. `journal`: an entry of the order. `record`: a row that the
 * log vouches for. `settings`: a change of settings, before and after.
 */
export type Trace = 'journal' | 'settings' | 'record' | ActName;

/**
 * Every deed, with what it leaves in the chained records; a new deed does not compile without its
 * row. A deed that leaves nothing says why.
 */
export const TRACES: Readonly<Record<Deed, readonly Trace[] | { readonly nothing: string }>> = {
  mark_paid: ['journal'],
  unmark_paid: ['journal'],
  correct_paid_on: ['journal'],
  settle: ['journal'],
  correct_settlement: ['journal'],
  capture: ['journal'],
  authorize: ['journal'],
  cancel_transaction: ['journal'],
  cancel_stray: ['journal'],
  revoke_payments: ['journal'],
  change_status: ['journal'],
  change_method: ['journal'],
  edit_amounts: ['journal'],
  ship: ['journal'],
  request_cancel: ['journal'],
  dismiss_cancel_request: ['journal'],
  relink: ['journal'],
  agree_to_proposal: ['journal'],
  end_proposal: ['journal'],
  read_orders: ['records_read'],
  place_order: ['journal'],
  start_run: ['record', 'run_paused', 'run_resumed', 'run_stopped'],
  write_mail: ['record', 'settings'],
  change_subscription: ['record'],
  answer_overdue_delivery: ['record'],
  check_operation: { nothing: 'a look changes nothing; its result, if news, is in the journal' },
  withdraw_operation: ['journal'],
  check_redirect_payment: { nothing: 'a look; a payment that it finds is in the journal' },
  answer_review: ['record', 'journal'],
  import_file: ['record', 'journal', 'settings'],
  import_console_file: ['record', 'journal'],
  export_orders: ['record', 'records_read'],
  read_settings: { nothing: 'settings hold no customer’s data' },
  change_settings: ['settings'],
  manage_members: [
    'member_added',
    'role_changed',
    'member_removed',
    'invited',
    'invitation_withdrawn',
    'record',
  ],
  erase_customer: ['journal', 'customers_erased'],
  release_safe_mode: ['settings'],
  handle_attention: ['record'],
  sweep_gateway: { nothing: 'a look; each sighting is kept, and news is in the journal' },
  reconcile: ['record'],
  read_activity: { nothing: 'the entries name staff; the CSV is an export and leaves a record' },
  see_readers: ['record'],
  verify_records: { nothing: 'it only reads; the table of verifications names who began it' },
};
