import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import type { World } from '../../core/src/perform.ts';
import type { Gateway } from '../../core/src/ports/gateway.ts';
import type { Marks } from '../../core/src/ports/marks.ts';
import type { Caller, Store } from '../../core/src/ports/store.ts';
import { isOpen } from '../../core/src/turns/operation.ts';
import type { Timing } from '../../core/src/turns/timing.ts';
import { Office } from '../../server/src/workers/office.ts';
import type { FakeGateway } from './fake-gateway.ts';
import { type Faults, leaves, type ProcessFault, type TurnPort } from './faults.ts';
import type { Kernel } from './kernel.ts';
import type { Labels } from './labels.ts';
import type { MemoryStore } from './memory-store.ts';
import type { InquiryMode } from './orders.ts';
import { cutOff, settle, type Tell, throwing, whileAlive } from './outcome.ts';
import { reachStore } from './reached-store.ts';

/**
 * A process with the real office in it. Every wait of the office goes through here, so that the
 * process can die or sleep before and after each wait. A call goes on after its process has died;
 * nobody hears the answer.
 */
export class Process {
  readonly name: string;
  readonly #parts: Parts;
  #life: Life = { alive: false, heard: new Map(), services: [], atWork: new Set() };
  #office: OfficeDoor | null = null;
  #asleepUntil = 0;
  #asleepSince = -1;
  /** Counts the waits, so that a test can end the process at any of them. */
  waits = 0;

  constructor(name: string, parts: Parts) {
    this.name = name;
    this.#parts = parts;
    this.#start();
  }

  /** The office, or null while the process is down. */
  get office(): OfficeDoor | null {
    return this.#life.alive ? this.#office : null;
  }

  kill(): void {
    if (!this.#life.alive) return;
    const { kernel } = this.#parts;
    this.#life.alive = false;
    kernel.note(this.name, 'is killed');
    kernel.after(kernel.random.int(500, 20_000), () => this.#start());
  }

  pause(ms: number): void {
    const { kernel } = this.#parts;
    kernel.note(this.name, `sleeps for ${ms} ms`);
    this.#asleepUntil = Math.max(this.#asleepUntil, kernel.now + ms);
    this.#asleepSince = kernel.now;
  }

  /** Starts the rounds, at the pace of the simulation's clock. */
  #start(): void {
    const { kernel, timing, marks, roundAfterMs, services, onStart } = this.#parts;
    onStart();
    const life: Life = { alive: true, heard: new Map(), services: [], atWork: new Set() };
    this.#life = life;
    this.#asleepUntil = kernel.now;
    const world: World = {
      store: this.#store(life),
      gateway: this.#gateway(life),
      marks,
      timing,
      stopwatch: () => kernel.now,
    };
    const office = new Office({
      world,
      now: () => kernel.now,
      after: () => () => {}, // the rounds do; timers of the machine know another time
      onError: (error, ref) => kernel.note(this.name, `${ref?.orderNumber ?? 'round'}: ${error}`),
    });
    this.#office = {
      command: (...given) => whileAlive(() => life.alive, office.command(...given)),
      check: (...given) => office.check(...given),
      withdraw: (ref) => office.withdraw(ref),
      review: (ref, ...rest) => {
        life.heard.set(nameOf(ref), 'review');
        return office.review(ref, ...rest);
      },
      returned: (ref, ...rest) => {
        life.heard.set(nameOf(ref), 'return');
        return office.returned(ref, ...rest);
      },
      resolve: (ref, ...rest) => {
        life.heard.set(nameOf(ref), 'resolve');
        return office.resolve(ref, ...rest);
      },
    };
    const onError = (error: unknown) => kernel.note(this.name, `${error}`);
    const reach = <P extends object>(name: string, port: P) => this.#reach(life, name, port);
    const wait = <T>(port: string, begin: (tell: Tell<T>) => void) => this.#wait(life, port, begin);
    const as = (port: TurnPort): Store => ({
      ...world.store,
      turn: (ref, decide, given) => {
        life.heard.set(nameOf(ref), port);
        return world.store.turn(ref, decide, given);
      },
    });
    for (const open of services) {
      life.services.push(open({ name: this.name, office, world, reach, wait, as, onError }));
    }
    const round = () => {
      if (!life.alive) return;
      office.round().catch(onError);
      for (const service of life.services) this.#beginRound(life, service);
      kernel.after(roundAfterMs(), round);
    };
    kernel.after(kernel.random.int(0, 5_000), round);
  }

  /** Begins a round; a service begins the next only after its last has ended. */
  #beginRound({ atWork }: Life, service: Service): void {
    if (atWork.has(service)) return;
    atWork.add(service);
    service
      .round()
      .catch((error: unknown) => this.#parts.kernel.note(this.name, `${error}`))
      .finally(() => atWork.delete(service));
  }

  /** Names the turn that the office makes: it follows from the last answer about the order. */
  #portOf(life: Life, ref: OrderRef, given: Caller | undefined): TurnPort {
    if (given !== undefined) return 'accept';
    const name = nameOf(ref);
    const port = life.heard.get(name) ?? 'take';
    life.heard.delete(name);
    return port;
  }

  #store(life: Life): Store {
    return reachStore({
      ...this.#parts,
      isAlive: () => life.alive,
      wait: (port, begin) => this.#wait(life, port, begin),
      portOf: (ref, given) => this.#portOf(life, ref, given),
    });
  }

  /** Wraps a port in memory as a process reaches it: each call is a wait and takes one moment. */
  #reach<P extends object>(life: Life, name: string, port: P): P {
    return new Proxy(port, {
      get: (target, method: keyof P & string) => {
        const effect = target[method];
        if (typeof effect !== 'function') return effect;
        return (...given: unknown[]) =>
          this.#call(life, `${name} ${method}`, () => effect.apply(target, given));
      },
    });
  }

  #call<T>(life: Life, port: string, effect: () => Promise<T>): Promise<T> {
    const { kernel, faults } = this.#parts;
    return this.#wait(life, port, (tell) => {
      kernel.after(kernel.random.int(1, 20), () => {
        if (!life.alive) return;
        const fault = faults.ofDatabase(port);
        if (fault === 'commit_lost' || fault === 'read_failed') return tell(cutOff);
        effect().then(
          (value) => tell(fault === 'commit_untold' ? cutOff : () => value),
          (error: Error) => tell(throwing(error)),
        );
      });
    });
  }

  #gateway(life: Life): Gateway {
    const { gateway, inquiryOf, store } = this.#parts;
    const heard = (shopId: string, slipId: string, port: TurnPort) => {
      const orders = [...store.orders.values()].filter(
        (order) => order.shopId === shopId && order.transaction?.slipId === slipId,
      );
      // Under a shared slip the answer concerns each order that has asked.
      const asking = orders.filter((order) => store.operationsOf(order).some(isOpen));
      for (const order of orders.length > 1 ? asking : [{ shopId, orderNumber: slipId }]) {
        life.heard.set(nameOf(order), port);
      }
    };
    return {
      ask: (ask) =>
        this.#wait(life, `ask ${ask.verb}`, (tell) => {
          gateway.ask(ask, (answer) =>
            tell(() => {
              heard(ask.shopId, ask.slipId, 'hear');
              return answer;
            }),
          );
        }),
      inquire: ({ shopId, slipId }) => {
        if (inquiryOf(shopId) === 'none') return Promise.resolve({ kind: 'unsupported' });
        return this.#wait(life, 'inquire', (tell) => {
          gateway.inquire(shopId, slipId, (sighting) =>
            tell(() => {
              heard(shopId, slipId, 'see');
              return sighting;
            }),
          );
        });
      },
    };
  }

  /** One wait of the process: the call, and every fault that can strike its caller. */
  #wait<T>(life: Life, port: string, begin: (tell: Tell<T>) => void): Promise<T> {
    const { faults, kernel, endAt } = this.#parts;
    return new Promise((resolve, reject) => {
      if (!life.alive) return;
      this.waits += 1;
      const fault = endAt(this.name, this.waits) ?? faults.ofProcess(port);
      const tell: Tell<T> = (outcome) => {
        if (!life.alive) return;
        if (fault === 'crash_after') return this.#die(`after ${port}`);
        if (fault === 'pause_after') this.pause(kernel.random.int(1_000, PAUSE_MAX_MS));
        this.#whenAwake(life, () => settle(outcome, resolve, reject));
      };
      if (fault === 'crash_before') return this.#die(`before ${port}`);
      if (fault === 'pause_before') this.pause(kernel.random.int(1_000, PAUSE_MAX_MS));
      // Between the last look at the stopwatch and the first byte nobody falls asleep (faults.ts),
      // not by another wait of the same moment either.
      if (leaves(port) && this.#asleepSince === kernel.now) begin(tell);
      else this.#whenAwake(life, () => begin(tell));
    });
  }

  #die(when: string): void {
    this.#parts.kernel.note(this.name, `dies ${when}`);
    this.kill();
  }

  #whenAwake(life: Life, act: () => void): void {
    if (!life.alive) return;
    const { kernel } = this.#parts;
    const leftMs = this.#asleepUntil - kernel.now;
    if (leftMs <= 0) act();
    else kernel.after(leftMs, () => this.#whenAwake(life, act));
  }
}

export type Parts = {
  readonly kernel: Kernel;
  readonly store: MemoryStore;
  readonly labels: Labels;
  readonly gateway: FakeGateway;
  readonly marks: Marks;
  readonly faults: Faults;
  readonly timing: Timing;
  readonly inquiryOf: (shopId: string) => InquiryMode;
  readonly roundAfterMs: () => number;
  /** The services that a process runs besides the office. */
  readonly services: readonly OpenService[];
  /** The first deed of a process after its start. */
  readonly onStart: () => void;
  /** A planned end of the process at its n-th wait; a test goes through all of them. */
  readonly endAt: (process: string, wait: number) => ProcessFault | null;
};

/** The office as people and scenarios use it; the process between them may end. */
export type OfficeDoor = Pick<
  Office,
  'command' | 'check' | 'review' | 'resolve' | 'returned' | 'withdraw'
>;

/** A service besides the office, from one start of the process on. */
type Service = { round(): Promise<unknown> };
export type OpenService = (given: {
  readonly name: string;
  readonly office: Office;
  readonly world: World;
  readonly reach: <P extends object>(name: string, port: P) => P;
  readonly wait: <T>(port: string, begin: (tell: Tell<T>) => void) => Promise<T>;
  /** The store, with its turns counted as turns of a port. */
  readonly as: (port: TurnPort) => Store;
  readonly onError: (error: unknown) => void;
}) => Service;

/** From one start to the next end. `heard`: the last answer that the office heard, by order. */
type Life = {
  alive: boolean;
  readonly heard: Map<string, TurnPort>;
  readonly services: Service[];
  readonly atWork: Set<Service>;
};

const PAUSE_MAX_MS = 240_000;
