/**
 * The public contract of Renkei's API: schemas, types, and the words of its states in Japanese and
 * English. Clients (web/ is one) import from here and from nowhere else.
 */

export * from '../domain/drift.ts';
export { GOALS, type Goal, VERBS, type Verb } from '../domain/link.ts';
export { MAIL_KIND, type MailKind } from '../domain/mail-kinds.ts';
export * from '../domain/reasons.ts';
export { REDIRECT_STATUS, type RedirectStatus } from '../domain/redirect.ts';
export * from '../domain/states.ts';
export { CARD_YEN_MAX, CARD_YEN_MIN } from '../domain/yen.ts';
export * from './activity.ts';
export * from './attention.ts';
export * from './attention-item.ts';
export * from './balance.ts';
export * from './common.ts';
export * from './dates.ts';
export * from './deadlines.ts';
export * from './exports.ts';
export * from './home.ts';
export * from './imports.ts';
export * from './mails.ts';
export * from './members.ts';
export * from './movements.ts';
export * from './operations.ts';
export * from './order-commands.ts';
export * from './order-content.ts';
export * from './order-list.ts';
export * from './order-versions.ts';
export * from './orders.ts';
export * from './place-order.ts';
export * from './previews.ts';
export * from './reconciliation.ts';
export * from './reviews.ts';
export * from './runs.ts';
export * from './safe-mode.ts';
export * from './shipper.ts';
export * from './shipping.ts';
export * from './shop.ts';
export * from './sightings.ts';
export * from './subscriptions.ts';
export * from './waiting-mails.ts';
