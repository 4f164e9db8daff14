import type { OrderTab, RunAgain } from '@renkei/contract';

/** A bulk command, by the API’s name. */
export type Plan = RunAgain['plan'];
export type PlanKind = Plan['kind'];

/**
 * The plans of each tab, its own work first. The preview excludes orders that cannot take the plan.
 */
export const PLANS_OF: Record<OrderTab, readonly PlanKind[]> = {
  all: ['mark_paid', 'ship', 'cancel'],
  preorder: ['authorize', 'cancel'],
  unpaid: ['mark_paid', 'ship', 'cancel'],
  unshipped: ['ship', 'mark_paid', 'cancel'],
  on_hold: ['cancel'],
  completed: ['ship'],
  cancel_requests: ['cancel', 'dismiss_cancel_request'],
};

/** The keys that open the preview of a plan; none of them sends anything. */
export const KEY_OF: Partial<Record<PlanKind, string>> = { mark_paid: 'p', ship: 'h', cancel: 'c' };
