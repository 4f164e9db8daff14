import {
  type ContentPreview,
  type OverduePreview,
  SUBSCRIPTION_STATUS,
  type SubscriptionView,
} from '@renkei/contract/shop/subscriptions.ts';
import { billedOf, totalOf } from '@renkei/core/domain/order/order.ts';
import { amountsOf } from '@renkei/core/domain/order/place-order.ts';
import { taxesOf } from '@renkei/core/domain/order/tax.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { changedContent } from '@renkei/core/domain/subscriptions/content.ts';
import {
  dueOf,
  mayMakeAll,
  type Settled,
  upcomingDeliveries,
} from '@renkei/core/domain/subscriptions/due.ts';
import { liabilityAfter, NOT_TOLD } from '@renkei/core/domain/transaction/authentication.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { StoredSubscription } from '../../store/subscriptions/rows.ts';
import type { StoredDelivery } from '../../store/subscriptions/subscriptions.ts';
import { instant } from './instant.ts';
import { maskCustomerId } from './orders.ts';
import { presentReason } from './reasons.ts';

/** The number of next deliveries to show. */
const UPCOMING = 3;

/** Presents an application with its deliveries among those given, newest first. */
export function presentSubscription(
  found: StoredSubscription,
  deliveries: readonly StoredDelivery[],
  today: JstDate,
  locale: Locale,
): SubscriptionView {
  const { code, type, status, customerName, cycle, nextDeliveryOn, leadDays } = found;
  const { paymentKind, paymentMethod, customerId, amounts, details, version } = found;
  const own = deliveries.filter((one) => one.code === code);
  return {
    code,
    type,
    status,
    customerName,
    cycle,
    nextDeliveryOn,
    leadDays,
    version,
    paymentKind,
    paymentMethod,
    details,
    deliveries: found.deliveries,
    label: SUBSCRIPTION_STATUS[status][locale],
    customerId: customerId === null ? null : maskCustomerId(customerId),
    liability: customerId === null ? null : liabilityAfter(NOT_TOLD, ['authorize'], false),
    amounts: amountsOf(amounts),
    total: totalOf(amountsOf(amounts)),
    billed: billedOf(amountsOf(amounts)),
    createdAt: instant(found.createdAt),
    history: own.map(({ code: _, at, ...delivery }) => ({ ...delivery, at: instant(at) })),
    upcoming: upcomingDeliveries(found, today, UPCOMING),
    overdue: overdueOf(found, today),
    restorable: restorableOf(found, own, today),
  };
}

/** Presents a previewed change of an application's content, as each delivery from the next on. */
export function presentContent(
  { version }: StoredSubscription,
  after: ReturnType<typeof changedContent>,
  locale: Locale,
): ContentPreview {
  if (after.kind === 'refuse') {
    return { decision: 'refuse', version, reason: presentReason(after.reason, locale, null) };
  }
  const { amounts, lines } = after;
  return {
    decision: 'record',
    version,
    items: amounts.items,
    total: totalOf(amounts),
    billed: billedOf(amounts),
    taxes: taxesOf(amounts, lines),
  };
}

/** Returns the overdue deliveries of an application, with their sum. */
function overdueOf(found: StoredSubscription, today: JstDate): SubscriptionView['overdue'] {
  const due = dueOf(found, today);
  if (due.kind !== 'overdue') return null;
  const { overdue } = due;
  return {
    count: overdue.length,
    first: overdue[0],
    last: overdue.at(-1) ?? overdue[0],
    amount: billedOf(amountsOf(found.amounts)) * overdue.length,
    canMakeAll: mayMakeAll(overdue),
  };
}

/** Presents the previewed result of an answer to overdue deliveries. */
export function presentSettled(
  found: StoredSubscription,
  { made, skipped }: Settled,
  today: JstDate,
): OverduePreview {
  const [next = null] = upcomingDeliveries(found, today, 1);
  return {
    version: found.version,
    made: [...made],
    amount: billedOf(amountsOf(found.amounts)) * made.length,
    skipped: [...skipped],
    next,
  };
}

/** Returns the last counted delivery if it was skipped and its day has not passed. */
function restorableOf(
  { status, lastDelivery }: StoredSubscription,
  own: readonly StoredDelivery[],
  today: JstDate,
): SubscriptionView['restorable'] {
  const last = own.find(({ n }) => n === lastDelivery);
  if (status === 'cancelled' || last?.state !== 'skipped' || last.deliverOn < today) return null;
  return { n: last.n, deliverOn: last.deliverOn };
}
