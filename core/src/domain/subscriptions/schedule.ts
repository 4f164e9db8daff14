import { addDays, addDaysWithin, addMonths, DateRangeError, isBusinessDate } from '../jst.ts';
import type { JstDate } from '../order.ts';

/** お届けサイクル: every so many days, weeks or months. */
export type Cycle = { readonly every: number; readonly unit: 'day' | 'week' | 'month' };

/** What of an application its next deliveries follow from. */
export type Schedule = {
  readonly cycle: Cycle;
  /** Null once there is none any more. */
  readonly nextDeliveryOn: JstDate | null;
  /** The day of the month that monthly deliveries keep. */
  readonly dayOfMonth: number;
  /** How many days before the delivery its order is made. */
  readonly leadDays: number;
  /** How many deliveries there are in all; null: without an end. */
  readonly deliveries: number | null;
  /** How many deliveries were made or skipped. */
  readonly lastDelivery: number;
};

/** A delivery that is to come: its number, its day, and the day on which its order is made. */
export type Planned = {
  readonly n: number;
  readonly deliverOn: JstDate;
  readonly orderOn: JstDate;
};

/**
 * The delivery after one of `from` (B4). Months keep the day on which deliveries began (`dayOfMonth`)
 * and take the last of a month that has no such day: 31 January, 28 February, 31 March.
 */
export function nextDelivery(from: JstDate, { every, unit }: Cycle, dayOfMonth: number): JstDate {
  if (unit !== 'month') return addDays(from, unit === 'week' ? every * 7 : every);
  return addMonths(from, every, dayOfMonth);
}

/** As {@link nextDelivery}; null where it lies beyond the business dates: there is none. */
export function followingDelivery(from: JstDate, cycle: Cycle, dayOfMonth: number): JstDate | null {
  if (!isBusinessDate(from)) throw new DateRangeError(from);
  try {
    return nextDelivery(from, cycle, dayOfMonth);
  } catch (error) {
    if (error instanceof DateRangeError) return null;
    throw error;
  }
}

/**
 * The deliveries to come, one after the other; without an end where the application has none. They
 * end with the business dates; an application whose stored day is none has none.
 */
export function* deliveriesOf(schedule: Schedule): Generator<Planned, void> {
  const { cycle, dayOfMonth, leadDays, lastDelivery, deliveries } = schedule;
  let deliverOn = schedule.nextDeliveryOn;
  let n = lastDelivery + 1;
  const last = deliveries ?? Number.POSITIVE_INFINITY;
  while (deliverOn !== null && isBusinessDate(deliverOn) && n <= last) {
    yield { n, deliverOn, orderOn: addDaysWithin(deliverOn, -leadDays) };
    deliverOn = followingDelivery(deliverOn, cycle, dayOfMonth);
    n += 1;
  }
}

/** The next deliveries, `most` at the most. */
export function plannedDeliveries(schedule: Schedule, most: number): Planned[] {
  const planned: Planned[] = [];
  for (const delivery of deliveriesOf(schedule)) {
    if (planned.length === most) break;
    planned.push(delivery);
  }
  return planned;
}

/** What an application has counted once a delivery is made or skipped; its last one ends it. */
export function scheduleAfter<S extends Schedule>(schedule: S, done: Planned): S {
  const { cycle, dayOfMonth, deliveries } = schedule;
  const isLast = deliveries !== null && done.n >= deliveries;
  const next = isLast ? null : followingDelivery(done.deliverOn, cycle, dayOfMonth);
  return { ...schedule, lastDelivery: done.n, nextDeliveryOn: next };
}

/** What somebody wants to be otherwise; what is left out, or as it was, stays. */
export type ScheduleChange = {
  readonly cycle?: Cycle | undefined;
  readonly nextDeliveryOn?: JstDate | undefined;
};

/** What of a schedule is changed, and to what; empty where all that is given is as it was. */
export function changesOf(
  before: Schedule,
  { cycle = before.cycle, nextDeliveryOn }: ScheduleChange,
): ScheduleChange {
  const isOtherCycle = cycle.every !== before.cycle.every || cycle.unit !== before.cycle.unit;
  const isOtherDay = nextDeliveryOn !== undefined && nextDeliveryOn !== before.nextDeliveryOn;
  return {
    ...(isOtherCycle && { cycle }),
    ...(isOtherDay && { nextDeliveryOn }),
  };
}

/**
 * The day of the month that deliveries keep after a change. While they are monthly it stays, where
 * the next delivery is on the day that it gives in that month, such as the last of a short one.
 */
export function dayOfMonthAfter(before: Schedule, change: ScheduleChange): number {
  const nextOn = change.nextDeliveryOn ?? before.nextDeliveryOn;
  if (nextOn === null) return before.dayOfMonth;
  const [year = 0, month = 1] = nextOn.split('-').map(Number);
  const isKept =
    before.cycle.unit === 'month' && nextOn === dayOfThatMonth(year, month, before.dayOfMonth);
  return isKept ? before.dayOfMonth : dayOf(nextOn);
}

export function dayOf(date: JstDate): number {
  return Number(date.slice(8));
}

/** A day of a month, or its last where it has no such day. */
function dayOfThatMonth(year: number, month: number, day: number): JstDate {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const text = (value: number, width: number) => String(value).padStart(width, '0');
  return `${text(year, 4)}-${text(month, 2)}-${text(Math.min(day, last), 2)}`;
}
