import {
  addDays,
  addDaysWithin,
  addMonths,
  DateRangeError,
  isBusinessDate,
  type JstDate,
} from '../values/jst.ts';

/** お届けサイクル: every `every` days, weeks or months. */
export type Cycle = { readonly every: number; readonly unit: 'day' | 'week' | 'month' };

/** The part of an application that determines its next deliveries. */
export type Schedule = {
  readonly cycle: Cycle;
  /** Null if no delivery is left. */
  readonly nextDeliveryOn: JstDate | null;
  /** The day of the month for monthly deliveries. */
  readonly dayOfMonth: number;
  /** Days between making the order and its delivery. */
  readonly leadDays: number;
  /** The number of deliveries in all; null: no end. */
  readonly deliveries: number | null;
  /** The number of deliveries made or skipped. */
  readonly lastDelivery: number;
};

/** A future delivery: its number, its day, and the day on which Renkei makes its order. */
export type Planned = {
  readonly n: number;
  readonly deliverOn: JstDate;
  readonly orderOn: JstDate;
};

/**
 * Returns the delivery after `from` (B4). Monthly deliveries keep the day on which they began
 * (`dayOfMonth`) and take the last day of a shorter month: 31 January, 28 February, 31 March.
 */
export function nextDelivery(from: JstDate, { every, unit }: Cycle, dayOfMonth: number): JstDate {
  if (unit !== 'month') return addDays(from, unit === 'week' ? every * 7 : every);
  return addMonths(from, every, dayOfMonth);
}

/** As {@link nextDelivery}, but null beyond the business dates. */
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
 * Yields the deliveries to come, one after the other; endless if the application has no end. They
 * stop at the last business date; an application whose stored day is no date has none.
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

/** Returns the next deliveries, at most `most`. */
export function plannedDeliveries(schedule: Schedule, most: number): Planned[] {
  const planned: Planned[] = [];
  for (const delivery of deliveriesOf(schedule)) {
    if (planned.length === most) break;
    planned.push(delivery);
  }
  return planned;
}

/** Returns the schedule after a delivery was made or skipped; the last delivery ends it. */
export function scheduleAfter<S extends Schedule>(schedule: S, done: Planned): S {
  const { cycle, dayOfMonth, deliveries } = schedule;
  const isLast = deliveries !== null && done.n >= deliveries;
  const next = isLast ? null : followingDelivery(done.deliverOn, cycle, dayOfMonth);
  return { ...schedule, lastDelivery: done.n, nextDeliveryOn: next };
}

/** The wanted changes of a schedule; absent or equal values stay. */
export type ScheduleChange = {
  readonly cycle?: Cycle | undefined;
  readonly nextDeliveryOn?: JstDate | undefined;
};

/** Returns the changed parts of a schedule and their new values; empty if nothing changes. */
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
 * Returns the day of the month for deliveries after a change. A monthly schedule keeps its day if
 * the next delivery is on that day, or on the last day of a shorter month.
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

/** Returns a day of a month, or the last day of a shorter month. */
function dayOfThatMonth(year: number, month: number, day: number): JstDate {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const text = (value: number, width: number) => String(value).padStart(width, '0');
  return `${text(year, 4)}-${text(month, 2)}-${text(Math.min(day, last), 2)}`;
}
