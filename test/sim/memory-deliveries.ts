import {
  type Due,
  decideOverdue,
  dueOf,
  type OverdueAnswer,
} from '../../core/src/domain/subscriptions/due.ts';
import {
  type Planned,
  type Schedule,
  scheduleAfter,
} from '../../core/src/domain/subscriptions/schedule.ts';
import { addDays, daysBetween } from '../../core/src/domain/values/jst.ts';
import type { ApplicationRef, Deliveries, Delivery } from '../../core/src/ports/deliveries.ts';
import type { Ledger } from './ledger.ts';
import type { MemoryStore } from './memory-store.ts';
import { placeOrder, plainAmounts } from './orders.ts';

/** 定期・頒布会: a delivery that became an order. */
export type KeptDelivery = Delivery & {
  readonly toAuthorize: boolean;
  /** The instant of the round that made it without a person; null: a person made it. */
  readonly madeIn: number | null;
};

/** A person's answer to overdue deliveries, with the state that the screen showed. */
export type OverduePress = {
  readonly answer: OverdueAnswer;
  readonly seen: number;
  readonly version: number;
};

/** An application: its first order is due at `firstAt`, the next every `everyDays` days. */
export type Terms = {
  readonly firstAt: number;
  readonly deliveries: number;
  readonly everyDays: number;
  /** The length of a day in milliseconds. */
  readonly dayMs: number;
};

/** The place where deliveries are made: the store, the gateway's ledger, and a clock. */
type Place = {
  readonly store: MemoryStore;
  readonly ledger: Ledger;
  readonly kernel: { readonly now: number };
};

const APPLICATION: ApplicationRef = { shopId: 'minato', code: 'S-1' };
/** The JST date on which the first order is due. */
const FIRST_ON = '2026-11-20';
const LEAD_DAYS = 3;

/**
 * The deliveries of one application, in memory. Their contract
 * (server/test/store/deliveries-contract.test.ts) runs on both and proves that they do the same as
 * PostgreSQL.
 */
export class MemoryDeliveries implements Deliveries {
  readonly kept: KeptDelivery[] = [];
  readonly skipped: number[] = [];
  terms: Terms | null = null;
  version = 1;
  schedule: Schedule = NO_SCHEDULE;
  /** The number of orders shown to the people who settled overdue deliveries. */
  promised = 0;
  /** No process looks for deliveries before this instant. */
  awayUntil = 0;
  readonly #place: Place;
  #known: { readonly schedule: Schedule; readonly day: number; readonly due: Due } | null = null;

  constructor(place: Place) {
    this.#place = place;
  }

  apply(terms: Terms): void {
    this.terms = terms;
    this.schedule = {
      cycle: { every: terms.everyDays, unit: 'day' },
      nextDeliveryOn: addDays(FIRST_ON, LEAD_DAYS),
      dayOfMonth: 1,
      leadDays: LEAD_DAYS,
      deliveries: terms.deliveries,
      lastDelivery: 0,
    };
  }

  /** Returns when the next delivery is due without a person; infinity if none is. */
  dueAt(): number {
    const { now } = this.#place.kernel;
    if (this.kept.some(({ toAuthorize }) => toAuthorize)) return Math.max(now, this.awayUntil);
    const { terms, schedule } = this;
    if (terms === null || schedule.nextDeliveryOn === null) return Infinity;
    if (this.#isOverdueOn(this.#dayAt(now))) return Infinity;
    const days = daysBetween(FIRST_ON, addDays(schedule.nextDeliveryOn, -LEAD_DAYS));
    return Math.max(terms.firstAt + days * terms.dayMs, this.awayUntil);
  }

  async listDue(now: number, limit: number): Promise<ApplicationRef[]> {
    if (this.#place.store.safeMode !== null || limit < 1) return [];
    return this.#dueOn(this.#dayAt(now)).kind === 'due' ? [APPLICATION] : [];
  }

  async make(_application: ApplicationRef, now: number): Promise<boolean> {
    if (this.#place.store.safeMode !== null) return false;
    const due = this.#dueOn(this.#dayAt(now));
    if (due.kind !== 'due') return false;
    this.#order(due.delivery, now);
    this.schedule = scheduleAfter(this.schedule, due.delivery);
    this.version += 1;
    return true;
  }

  /** Returns the number of overdue deliveries. */
  countOverdue(): number {
    const due = this.#dueOn(this.#dayAt(this.#place.kernel.now));
    return due.kind === 'overdue' ? due.overdue.length : 0;
  }

  /** Settles overdue deliveries for a person. Resolves to the reason of a refusal, or null. */
  async settle({ answer, seen, version }: OverduePress): Promise<string | null> {
    if (version !== this.version) return 'changed';
    if (this.schedule.nextDeliveryOn === null) return 'not_active';
    const today = addDays(FIRST_ON, this.#dayAt(this.#place.kernel.now));
    const decided = decideOverdue(this.schedule, { answer, seen }, today);
    if (decided.kind === 'refused') return decided.why;
    const { made, skipped } = decided;
    if (made.length > 0 && this.#place.store.safeMode !== null) return 'safe_mode';
    for (const delivery of made) this.#order(delivery, null);
    this.skipped.push(...skipped.map(({ n }) => n));
    for (const delivery of [...skipped, ...made]) {
      this.schedule = scheduleAfter(this.schedule, delivery);
    }
    this.version += 1;
    return null;
  }

  async listToAuthorize(limit: number): Promise<Delivery[]> {
    if (this.#place.store.safeMode !== null) return [];
    return this.kept.filter(({ toAuthorize }) => toAuthorize).slice(0, limit);
  }

  async noteAuthorized({ n }: Delivery): Promise<void> {
    const at = this.kept.findIndex((one) => one.n === n);
    const found = this.kept[at];
    if (found !== undefined) this.kept[at] = { ...found, toAuthorize: false };
  }

  async noteRound(): Promise<void> {}

  /** Takes a backup; returns the function that puts it back. */
  backUp(): () => void {
    const { terms, schedule, version, promised } = this;
    const [kept, skipped] = [[...this.kept], [...this.skipped]];
    return () => {
      this.kept.splice(0, this.kept.length, ...kept);
      this.skipped.splice(0, this.skipped.length, ...skipped);
      Object.assign(this, { terms, schedule, version, promised });
    };
  }

  /** Returns the number of an instant's day, counted from the day of the first order. */
  #dayAt(now: number): number {
    return this.terms === null ? 0 : Math.floor((now - this.terms.firstAt) / this.terms.dayMs);
  }

  /** Returns the work due on a day. The history asks at every event, so the answer is kept. */
  #dueOn(day: number): Due {
    const { schedule } = this;
    if (this.#known?.schedule === schedule && this.#known.day === day) return this.#known.due;
    const due = dueOf(schedule, addDays(FIRST_ON, day));
    this.#known = { schedule, day, due };
    return due;
  }

  /** True if the next delivery is overdue on a day; a later day changes nothing about that. */
  #isOverdueOn(day: number): boolean {
    const { schedule } = this;
    const known = this.#known;
    if (known?.schedule === schedule && known.day <= day && known.due.kind === 'overdue')
      return true;
    return this.#dueOn(day).kind === 'overdue';
  }

  #order({ n }: Planned, madeIn: number | null): void {
    const { store, ledger } = this.#place;
    const { shopId, code } = APPLICATION;
    const ref = { shopId, orderNumber: `8${String(n).padStart(8, '0')}000` };
    const order = placeOrder(store, ledger, ref, plainAmounts(3_000), null);
    store.place({ ...order, type: 'subscription' });
    this.kept.push({ ...ref, code, n, toAuthorize: true, madeIn });
  }
}

const NO_SCHEDULE: Schedule = {
  cycle: { every: 1, unit: 'day' },
  nextDeliveryOn: null,
  dayOfMonth: 1,
  leadDays: LEAD_DAYS,
  deliveries: null,
  lastDelivery: 0,
};
