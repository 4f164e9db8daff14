import type { Ask } from '../../core/src/turns/asks.ts';
import { isOpen, type Page } from '../../core/src/turns/operation.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { Checks, Evidence } from './checks.ts';
import type { Delivered } from './delivered.ts';
import { deliveryService } from './deliveries.ts';
import { FakeGateway } from './fake-gateway.ts';
import { Faults, type GatewayFault, type ProcessFault } from './faults.ts';
import { BOUNDED } from './invariants.ts';
import { JUDGES } from './judges.ts';
import { Kernel } from './kernel.ts';
import { count, type Labels } from './labels.ts';
import { type Held, Ledger } from './ledger.ts';
import { dueAtOf, outboxService } from './mails.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';
import { MemoryMails } from './memory-mails.ts';
import { MemoryMarks } from './memory-marks.ts';
import { MemoryPayments } from './memory-payments.ts';
import { MemoryRuns } from './memory-runs.ts';
import { MemoryStore } from './memory-store.ts';
import { type InquiryMode, SHOPS } from './orders.ts';
import type { Paid } from './paid.ts';
import { confirmerService, paymentsDueAt } from './payments.ts';
import type { Press } from './people.ts';
import { type OfficeDoor, Process } from './process.ts';
import { lookAtMarks, restorerService } from './restore.ts';
import { isRunning, RUNS_AT_NOTE, runsService } from './runs.ts';
import { proposalService, proposalsDueAt } from './second-persons.ts';
import { MINUTE_MS, type Stage } from './stage.ts';
import { straysOf } from './strays.ts';

export type Violation = { readonly invariant: string; readonly what: string };

/** The setup of a scene, before anybody acts. */
export type Conditions = {
  readonly seed: number;
  /** The only faults: those of the first calls, in order. */
  readonly planned?: readonly (GatewayFault | null)[];
  /** What the gateways show, instead of each shop's own mode. */
  readonly inquiry?: InquiryMode;
  readonly rough?: boolean; // more calls fail than on a usual day
  /** The gateway keeps its bounds: it carries nothing out later than `inFlightMs`. */
  readonly timely?: boolean;
  /** Ends of the processes besides the faults: by the wait, counted over all lives of a process. */
  readonly endAt?: (process: string, wait: number) => ProcessFault | null;
};
const START_AT = Date.UTC(2026, 10, 20, 3, 0, 0);
/** The time for everybody to come to rest after the last fault. */
const HEALING_MS = 30 * 60 * MINUTE_MS;
/** After this time nothing is under way any more. */
const LAST_ARRIVAL_MS = 10 * MINUTE_MS;
/**
 * In safe mode a planned scene begins no more rounds, because every wait is one more end to play.
 */
const SAFE_MODE_ROUND_MS = 20_000;

/**
 * The stage: two processes with real offices, a store, F-REGI and its ledger, a clock; and the
 * judge, who sees every commit, every request, every change at the gateway, and the end.
 */
export class Scene implements Stage {
  readonly kernel: Kernel;
  readonly labels: Labels = new Map();
  readonly faults: Faults;
  readonly store: MemoryStore;
  readonly runs: MemoryRuns;
  readonly mails: MemoryMails;
  readonly marks: MemoryMarks;
  readonly delivered: Delivered = new Map();
  readonly payments: MemoryPayments;
  readonly deliveries: MemoryDeliveries;
  readonly paid = new Map<string, Paid>();
  readonly ledger: Ledger;
  readonly gateway: FakeGateway;
  readonly processes: readonly Process[];
  readonly presses = new Map<string, Press>();
  /** The ids of the operations that a person was asked about. */
  readonly reviewed = new Set<string>();
  violation: Violation | null = null;
  readonly inquiryOf: (shopId: string) => InquiryMode;
  /** Counts the restores: no screen shows the state of an earlier age. */
  age = 0;
  /** True if somebody looks for live transactions besides an order's own. */
  seeksStrays = false;
  readonly #evidence: Evidence;
  readonly #timely: boolean;
  readonly #isPlanned: boolean;

  constructor({ seed, planned, inquiry, rough, timely = true, endAt = () => null }: Conditions) {
    this.#timely = timely;
    this.#isPlanned = planned !== undefined;
    this.kernel = new Kernel(seed, START_AT);
    const { kernel, labels, presses } = this;
    this.faults = new Faults(kernel.random, labels, { planned, rough });
    this.ledger = new Ledger(
      (changed) => this.#judgeDeed(changed),
      (call) => this.#evidence.calls.get(call)?.operation.orderNumber ?? null,
    );
    this.store = new MemoryStore({
      now: () => kernel.now,
      onCommit: (before, after) => this.#judgeCommit(before, after),
    });
    this.runs = new MemoryRuns(
      this.store,
      () => kernel.now,
      (...noted) => this.judge(RUNS_AT_NOTE, ...noted),
    );
    this.mails = new MemoryMails(this.store, () => kernel.now);
    this.marks = new MemoryMarks(this.store);
    this.payments = new MemoryPayments(this.store, () => kernel.now);
    this.deliveries = new MemoryDeliveries(this);
    const { faults, ledger, store, runs, delivered, payments, paid, deliveries } = this;
    const modes = new Map(SHOPS.map((shop) => [shop.shopId, inquiry ?? shop.inquiry]));
    this.inquiryOf = (shopId) => modes.get(shopId) ?? 'none';
    for (const [shopId, mode] of modes) {
      store.saveShop(shopId, { linkEnabled: true, inquiry: mode !== 'none' });
    }
    this.gateway = new FakeGateway(kernel, ledger, faults, {
      timing: timely ? TIMING : { ...TIMING, inFlightMs: TIMING.quarantineMs * 3 },
      inquiryOf: this.inquiryOf,
      onAsk: (ask, call) => this.#judgeAsk(ask, call),
    });
    this.#evidence = {
      store,
      runs,
      delivered,
      payments,
      paid,
      deliveries,
      ledger,
      presses,
      calls: new Map(),
      written: new Map(),
      forgotten: 0,
    };
    this.processes = this.#processes(endAt);
  }

  /** Creates two servers, each with every service of a server. */
  #processes(endAt: NonNullable<Conditions['endAt']>): readonly Process[] {
    const { kernel, store, labels, gateway, marks, faults, inquiryOf, runs } = this;
    const parts = { kernel, store, labels, gateway, marks, faults, timing: TIMING, endAt };
    const onStart = () => lookAtMarks(this);
    const roundAfterMs = () => this.#roundAfterMs();
    const services = [
      runsService(runs),
      restorerService(this),
      outboxService(this),
      confirmerService(this),
      deliveryService(this),
      proposalService(this),
    ];
    return ['first', 'second'].map(
      (name) => new Process(name, { ...parts, inquiryOf, roundAfterMs, services, onStart }),
    );
  }

  #judgeDeed(changed: Held): void {
    for (const checks of JUDGES.atDeed) this.judge(checks, changed);
  }

  #judgeCommit(before: Page, after: Page): void {
    for (const checks of JUDGES.atCommit) this.judge(checks, before, after);
    this.payments.orderChanged(before.order, after.order);
    for (const { kind } of after.entries) this.kernel.note('journal', kind);
    if (after.operation?.state === 'review') this.reviewed.add(after.operation.id);
  }

  #judgeAsk(ask: Ask, call: number): void {
    const { verb, shopId, slipId, seqno } = ask;
    this.kernel.note('gateway', `call ${call}: ${verb} ${shopId}/${slipId} ${seqno}`);
    for (const checks of JUDGES.atAsk) this.judge(checks, ask, call);
  }

  /** Returns the office of a process that is up, or null. */
  someOffice(): OfficeDoor | null {
    const up = this.processes.filter(({ office }) => office !== null);
    if (up.length > 0) return this.kernel.random.pick(up).office;
    count(this.labels, 'nobody was there to answer');
    return null;
  }

  /** Plays the day with its faults; then the faults end, and all comes to rest. */
  async play(troubleMs: number): Promise<void> {
    const { kernel, faults } = this;
    const giveBack = kernel.borrowTimers();
    const isOver = () => this.violation !== null;
    const isAtRest = () => isOver() || this.#dueAt() === Number.POSITIVE_INFINITY;
    try {
      await kernel.run(kernel.now + troubleMs, isOver);
      faults.on = false;
      const healedAt = kernel.now + HEALING_MS;
      do {
        await kernel.run(healedAt, isAtRest);
        // Requests and presses that are still under way arrive.
        await kernel.run(kernel.now + LAST_ARRIVAL_MS, isOver);
      } while (kernel.now < healedAt && !isAtRest());
      for (const checks of JUDGES.atRest) this.judge(checks);
    } finally {
      giveBack();
    }
  }

  /** Takes a backup of the whole database; returns the function that puts it back. */
  backUp(): () => void {
    const parts = [
      this.store.backUp(),
      this.runs.backUp(),
      this.payments.backUp(),
      this.deliveries.backUp(),
    ];
    return () => {
      for (const putBack of parts) putBack();
    };
  }

  /** Replaces this database with an older one; notices about the newer one are void. */
  restore(putBack: () => void): void {
    const { presses, processes, gateway, ledger } = this;
    for (const process of processes) process.kill();
    gateway.forgetQueue();
    // A bound: nobody confirms after the comparison what the restored database has forgotten.
    ledger.forgetChallenges();
    putBack();
    this.age += 1;
    // The restored database forgets this notice.
    for (const [settleno, one] of this.paid) this.paid.set(settleno, { ...one, toldAt: null });
    this.#evidence.written.clear();
    this.#evidence.forgotten = this.#evidence.calls.size;
    for (const { answers } of presses.values()) answers.length = 0;
  }

  /** Judges the evidence; keeps the first violation and ends the history. */
  judge<T extends unknown[]>(checks: Checks<T>, ...seen: T): void {
    if (this.violation !== null) return;
    for (const invariant in checks) {
      const what = checks[invariant]?.(this.#evidence, ...seen) ?? null;
      if (what === null) continue;
      if (!this.#timely && BOUNDED.some((id) => invariant.startsWith(id))) continue;
      this.violation = { invariant, what };
      this.kernel.note('VIOLATION', `${invariant}: ${what}`);
      return;
    }
  }

  /**
   * Returns the pause before the next round: some seconds while faults strike, afterwards the time
   * until something is due.
   */
  #roundAfterMs(): number {
    const { kernel, faults, store } = this;
    if (faults.on) return kernel.random.int(3_000, 12_000);
    const leastMs = this.#isPlanned && store.safeMode !== null ? SAFE_MODE_ROUND_MS : 1_000;
    return Math.min(Math.max(this.#dueAt() - kernel.now, leastMs), 60 * MINUTE_MS);
  }

  /** Returns when the next work is due, or now if it is overdue; infinity when all is at rest. */
  #dueAt(): number {
    const { kernel, store, deliveries } = this;
    if (store.safeMode !== null || isRunning(this) || straysOf(this).length > 0) return kernel.now;
    let dueAt = Math.min(paymentsDueAt(this), deliveries.dueAt(), proposalsDueAt(this));
    for (const operation of store.operations.values()) {
      if (isOpen(operation)) dueAt = Math.min(dueAt, operation.dueAt);
    }
    for (const mail of store.mails) dueAt = Math.min(dueAt, dueAtOf(mail));
    return Math.max(dueAt, kernel.now);
  }
}
