import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import { nameOf, type Order, type OrderRef } from '../../core/src/domain/order/order.ts';
import { placedOf } from '../../core/src/domain/order/placed.ts';
import { DUE_STATES } from '../../core/src/domain/order/states.ts';
import type { JstDate } from '../../core/src/domain/values/jst.ts';
import type { SafeMode } from '../../core/src/ports/safe-mode.ts';
import {
  type BatchStore,
  type Caller,
  OrderNotFound,
  type PageRead,
  type PageRequest,
  type PageWrite,
} from '../../core/src/ports/store.ts';
import {
  type Hold,
  isOpen,
  type Operation,
  type Page,
  type ShopSettings,
  type Step,
} from '../../core/src/turns/operation.ts';
import type { KeptMail } from './kept-mail.ts';
import { booksOf, Sightings } from './memory-books.ts';
import { drawnBy } from './memory-draws.ts';
import { refuse } from './memory-refusals.ts';
import { keep } from './memory-undo.ts';

/**
 * The store in memory, for the simulator. A turn is atomic; the store keeps and refuses the same as
 * the tables of PostgreSQL. Its contract (server/test/store) runs on both and proves that.
 */
export class MemoryStore implements BatchStore {
  readonly orders = new Map<string, Order>();
  readonly journals = new Map<string, OrderEvent[]>();
  readonly operations = new Map<string, Operation>();
  readonly steps = new Map<string, Step[]>();
  readonly mails: KeptMail[] = [];
  /** How often each order has been written, by name. */
  readonly #turns = new Map<string, number>();
  readonly sightings = new Sightings();
  #mailId = 0;
  /** Set when the database is known to be older than it was; then everything but looking waits. */
  safeMode: SafeMode | null = null;
  /** When the database was last found to be older than it was; null: never. */
  restoredAt: number | null = null;
  /** The shops whose gateway is known to be out of reach. */
  readonly outages = new Set<string>();
  readonly #shops = new Map<string, ShopSettings>();
  readonly #now: () => number;
  readonly #onCommit: (before: Page, after: Page) => void;

  constructor(options: MemoryStoreOptions) {
    this.#now = options.now;
    this.#onCommit = options.onCommit ?? (() => {});
  }

  saveShop(shopId: string, settings: ShopSettings): void {
    this.#shops.set(shopId, settings);
  }

  settingsOf(shopId: string): ShopSettings | undefined {
    return this.#shops.get(shopId);
  }

  place(order: Order): void {
    this.orders.set(nameOf(order), order);
    this.journals.set(nameOf(order), [{ kind: 'order_placed', order: placedOf(order) }]);
  }

  readonly turn: BatchStore['turn'] = async (...given) => this.turnNow(...given);
  readonly readPages: BatchStore['readPages'] = async (asked) => this.readPagesNow(asked);
  readonly writePages: BatchStore['writePages'] = async (written) => this.writePagesNow(written);
  readonly due: BatchStore['due'] = async (limit) => this.dueNow(limit);

  /** Makes a turn at once. Throws the port's rejection; then nothing is written. */
  turnNow<T extends { readonly page: Page }>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    given?: Caller,
  ): T {
    const { page, earlier } = this.#read({ ref, given });
    const result = decide(page, earlier);
    refuse(this, page, result.page);
    // From here on nothing is refused: a turn is written as a whole.
    this.#write(page, result.page);
    this.#onCommit(page, result.page);
    return result;
  }

  readPagesNow(asked: readonly PageRequest[]): (PageRead | Error)[] {
    return asked.map((one) => {
      try {
        return this.#read(one);
      } catch (error) {
        return error as OrderNotFound;
      }
    });
  }

  /** A loser writes nothing; where one is refused, nobody writes. */
  writePagesNow(written: readonly PageWrite[]): boolean[] {
    const stands = ({ read, after }: PageWrite) => read.turn === this.#turnOf(after.order);
    const winners = written.filter(stands);
    const undoing: (() => void)[] = [];
    try {
      for (const { read, after } of winners) {
        refuse(this, read.page, after);
        undoing.unshift(this.#undoingOf(after));
        this.#write(read.page, after);
      }
    } catch {
      for (const undo of undoing) undo();
      return written.map(() => false);
    }
    for (const { read, after } of winners) this.#onCommit(read.page, after);
    return written.map((one) => winners.includes(one));
  }

  /** Returns the function that takes back the turn that is written next. */
  #undoingOf({ order, operation }: Page): () => void {
    const name = nameOf(order);
    const of = `${order.shopId}/${operation?.id}`;
    const [entries, mails] = [this.journals.get(name)?.length, this.mails.length];
    const ofOrder = [keep(this.orders, name), keep(this.#turns, name)];
    const kept = [...ofOrder, keep(this.operations, of), keep(this.steps, of)];
    return () => {
      for (const putBack of kept) putBack();
      this.journals.get(name)?.splice(entries ?? 0);
      this.mails.splice(mails);
    };
  }

  dueNow(limit: number): OrderRef[] {
    const now = this.#now();
    return [...this.operations.values()]
      .filter(({ state, dueAt }) => DUE_STATES.some((due) => due === state) && dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit)
      .map(({ shopId, orderNumber }) => ({ shopId, orderNumber }));
  }

  operationsOf(ref: OrderRef): Operation[] {
    return [...this.operations.values()].filter((one) => nameOf(one) === nameOf(ref));
  }

  stepsOf({ shopId, id }: Pick<Operation, 'shopId' | 'id'>): readonly Step[] {
    return this.steps.get(`${shopId}/${id}`) ?? [];
  }

  /** Takes a backup; returns the function that puts it back. */
  backUp(): () => void {
    const { orders, operations, steps, journals, sightings } = this;
    const now: Map<string, unknown>[] = [orders, operations, steps, sightings, this.#turns];
    const kept = now.map((each) => new Map(each));
    const entries = [...journals].map(([name, list]): [string, OrderEvent[]] => [name, [...list]]);
    const mails = [...this.mails];
    return () => {
      for (const [index, each] of now.entries()) {
        each.clear();
        for (const [name, value] of kept[index] ?? []) each.set(name, value);
      }
      journals.clear();
      for (const [name, list] of entries) journals.set(name, list);
      this.mails.splice(0, this.mails.length, ...mails);
    };
  }

  /** Returns the operation that was accepted under a key. */
  operationWith(shopId: string, key: string): Operation | undefined {
    return [...this.operations.values()].find((one) => one.shopId === shopId && one.key === key);
  }

  /** Returns the date on which each destination of an order was sent; an order here has one. */
  shippedOn(ref: OrderRef): (JstDate | null)[] {
    const sent = this.journals.get(nameOf(ref))?.findLast(({ kind }) => kind === 'order_shipped');
    return [sent?.kind === 'order_shipped' ? (sent.shipments[0]?.shippedOn ?? null) : null];
  }

  #turnOf(ref: OrderRef): number {
    return this.#turns.get(nameOf(ref)) ?? 0;
  }

  #read({ ref, given }: PageRequest): PageRead {
    const order = this.orders.get(nameOf(ref));
    const shop = this.#shops.get(ref.shopId);
    if (order === undefined || shop === undefined) throw new OrderNotFound(ref);
    const settings = { ...shop, hold: this.#holdOf(ref.shopId) };
    const operation = this.operationsOf(ref).find(isOpen) ?? null;
    const step = (operation && this.stepsOf(operation).at(-1)) ?? null;
    const earlier = (given && this.operationWith(ref.shopId, given.key)) ?? null;
    const drawn = drawnBy(this.operations.values(), ref.shopId, given?.actorId);
    const books = booksOf(this, order);
    const nothing = { closedStep: null, drawn, entries: [], mails: [] };
    const page = { now: this.#now(), settings, order, books, operation, step, ...nothing };
    return { page, earlier, turn: this.#turnOf(ref) };
  }

  #holdOf(shopId: string): Hold | null {
    if (this.safeMode !== null) return 'safe_mode';
    return this.outages.has(shopId) ? 'gateway_down' : null;
  }

  #write(before: Page, after: Page): void {
    const { operation, step, closedStep, entries, mails, order } = after;
    this.#turns.set(nameOf(order), this.#turnOf(order) + 1);
    if (closedStep !== null) this.#writeStep(order, closedStep);
    if (operation !== null && operation !== before.operation) this.#writeOperation(operation);
    if (step !== null && step !== before.step) this.#writeStep(order, step);
    if (entries.length > 0) {
      this.orders.set(nameOf(order), order);
      this.journals.get(nameOf(order))?.push(...entries);
    }
    const { shopId, orderNumber } = order;
    for (const mail of mails) {
      this.#mailId += 1;
      const waits = { id: this.#mailId, state: 'queued', tries: 0, dueAt: this.#now() } as const;
      this.mails.push({ shopId, orderNumber, ...mail, ...waits });
    }
  }

  /** Writes an operation. Its wish is written once; only its progress changes. */
  #writeOperation(operation: Operation): void {
    const name = `${operation.shopId}/${operation.id}`;
    const { state, reason, cardToken, challengePage, dueAt, looks, unsentTries, endedAt } =
      operation;
    const secrets = { cardToken, challengePage };
    const come = { state, reason, ...secrets, dueAt, looks, unsentTries, endedAt };
    this.operations.set(name, { ...(this.operations.get(name) ?? operation), ...come });
  }

  #writeStep({ shopId }: OrderRef, step: Step): void {
    const name = `${shopId}/${step.operationId}`;
    const steps = this.steps.get(name) ?? [];
    const known = steps.find(({ n }) => n === step.n);
    const { state, answeredAt, code, text } = step;
    const next = { ...(known ?? step), state, answeredAt, code, text };
    const others = steps.filter(({ n }) => n !== step.n);
    this.steps.set(
      name,
      [...others, next].sort((a, b) => a.n - b.n),
    );
  }
}

export type MemoryStoreOptions = {
  readonly now: () => number;
  /** Sees every committed turn, with the page before and after. */
  readonly onCommit?: (before: Page, after: Page) => void;
};
