import type { OrderTab, RunAgain } from '@renkei/contract';

/** What can be done to many orders at once, by the API’s names. */
export type Plan = RunAgain['plan'];
export type PlanKind = Plan['kind'];

/** What each tab offers, its own work first. What an order cannot be given, the preview excludes. */
export const PLANS_OF: Record<OrderTab, readonly PlanKind[]> = {
  all: ['mark_paid', 'ship', 'cancel'],
  preorder: ['authorize', 'cancel'],
  unpaid: ['mark_paid', 'ship', 'cancel'],
  unshipped: ['ship', 'mark_paid', 'cancel'],
  on_hold: ['cancel'],
  completed: ['ship'],
  cancel_requests: ['cancel', 'dismiss_cancel_request'],
};

/** The keys that look at what a plan would come to; none of them sends anything. */
export const KEY_OF: Partial<Record<PlanKind, string>> = { mark_paid: 'p', ship: 'h', cancel: 'c' };
