/**
 * The public contract of Renkei's API: schemas, types, and the words of its states in Japanese and
 * English. Clients (web/ is one) import from here and from nowhere else.
 */

export { digitsOf } from '@renkei/core/domain/commands/confirmation.ts';
export {
  type Deed,
  type Denial,
  denialOf,
  PERMISSION_TO,
  PERMISSIONS,
  type Permission,
  type PlanBoxes,
  permissionsOfPlan,
  ROLE,
  ROLES,
  type Role,
} from '@renkei/core/domain/commands/permissions.ts';
export * from '@renkei/core/domain/drift/drift.ts';
export { MAIL_KIND, type MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
export { type AmountPart, CHARGED, DEDUCTED, GIVEN_BACK } from '@renkei/core/domain/order/order.ts';
export { LIMITED_KINDS, type LimitedKind } from '@renkei/core/domain/order/proposal.ts';
export * from '@renkei/core/domain/order/states.ts';
export * from '@renkei/core/domain/reasons/index.ts';
export { BUCKETS, type Bucket } from '@renkei/core/domain/reconciliation/buckets.ts';
export { DAY_DOUBTS } from '@renkei/core/domain/rules/day-doubts.ts';
export {
  DEADLINE_LEVELS,
  type DeadlineLevel,
  deadlineLevel,
} from '@renkei/core/domain/transaction/deadline.ts';
export {
  GOALS,
  type Goal,
  isCaptured,
  isLive,
  isRefunded,
  VERBS,
  type Verb,
} from '@renkei/core/domain/transaction/link.ts';
export { REDIRECT_STATUS, type RedirectStatus } from '@renkei/core/domain/transaction/redirect.ts';
export { CARD_YEN_MAX, CARD_YEN_MIN, YEN_MAX } from '@renkei/core/domain/values/yen.ts';
export * from './attention/activity.ts';
export type { ShownAction } from './attention/acts.ts';
export * from './attention/attention.ts';
export * from './attention/attention-item.ts';
export * from './attention/readers.ts';
export * from './attention/reconciliation.ts';
export * from './attention/safe-mode.ts';
export * from './attention/sightings.ts';
export * from './common.ts';
export * from './dates.ts';
export * from './limits.ts';
export * from './lists/deadlines.ts';
export * from './lists/exports.ts';
export * from './lists/file-answers.ts';
export * from './lists/filters.ts';
export * from './lists/home.ts';
export * from './lists/imports.ts';
export * from './lists/list-filters.ts';
export * from './lists/order-filters.ts';
export * from './lists/order-list.ts';
export * from './lists/shipment-parts.ts';
export * from './orders/balance.ts';
export * from './orders/movements.ts';
export * from './orders/operations.ts';
export * from './orders/order-commands.ts';
export * from './orders/order-content.ts';
export * from './orders/order-versions.ts';
export * from './orders/orders.ts';
export * from './orders/place-order.ts';
export * from './orders/previews.ts';
export * from './orders/proposals.ts';
export * from './orders/reviews.ts';
export * from './orders/shipping.ts';
export * from './orders/timeline.ts';
export * from './runs.ts';
export * from './shop/account.ts';
export * from './shop/erasures.ts';
export * from './shop/mails.ts';
export * from './shop/members.ts';
export * from './shop/passkeys.ts';
export * from './shop/shipper.ts';
export * from './shop/shop.ts';
export * from './shop/subscriptions.ts';
export * from './shop/waiting-mails.ts';
