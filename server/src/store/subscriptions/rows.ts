import type { SubscriptionInput } from '@renkei/contract/shop/subscriptions.ts';
import type { Schedule } from '@renkei/core/domain/subscriptions/schedule.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import {
  day,
  type Fields,
  flag,
  instant,
  int,
  json,
  nullable,
  RowCodec,
  text,
} from '../db/codec.ts';

/** An application with its deliveries so far. */
export type StoredSubscription = Omit<
  SubscriptionInput,
  'nextDeliveryOn' | 'deliveries' | 'customerId'
> & {
  readonly shopId: string;
  readonly status: 'active' | 'cancelled' | 'finished';
  readonly nextDeliveryOn: JstDate | null;
  readonly deliveries: number | null;
  readonly customerId: string | null;
  readonly dayOfMonth: number;
  /** The number of deliveries made or skipped. */
  readonly lastDelivery: number;
  readonly customerName: string;
  /** True once nothing of the customer is left. */
  readonly customerErased: boolean;
  readonly version: number;
  readonly createdAt: number;
};

const ON_SCHEDULE: Fields<Schedule> = {
  cycle: json('cycle'),
  dayOfMonth: int('day_of_month'),
  nextDeliveryOn: nullable(day('next_delivery_on')),
  leadDays: int('lead_days'),
  deliveries: nullable(int('deliveries')),
  lastDelivery: int('last_delivery'),
};

/** The columns of `subscriptions` that determine the next deliveries. */
export const SUBSCRIPTION_SCHEDULE = new RowCodec<Schedule>(ON_SCHEDULE);

/** The columns of an application that it is made with. */
const APPLIED = {
  shopId: text('shop_id'),
  code: text('code'),
  type: text('type'),
  channel: text('channel'),
  cycle: ON_SCHEDULE.cycle,
  dayOfMonth: ON_SCHEDULE.dayOfMonth,
  nextDeliveryOn: ON_SCHEDULE.nextDeliveryOn,
  leadDays: ON_SCHEDULE.leadDays,
  deliveries: ON_SCHEDULE.deliveries,
  paymentKind: text('payment_kind'),
  paymentMethod: text('payment_method'),
  customerId: nullable(text('customer_id')),
  amounts: json('amounts'),
  details: json('details'),
  customerName: text('customer_name'),
} satisfies Partial<Fields<StoredSubscription>>;

/** A row of `subscriptions`. */
export const SUBSCRIPTION = new RowCodec<StoredSubscription>({
  ...APPLIED,
  status: text('status'),
  lastDelivery: ON_SCHEDULE.lastDelivery,
  customerErased: flag('customer_erased'),
  version: int('version'),
  createdAt: instant('created_at'),
});

/** A new row of `subscriptions`; the table has the first values of the others. */
export const APPLICATION = new RowCodec<Pick<StoredSubscription, keyof typeof APPLIED>>(APPLIED);
