import type { MailRequest } from '../../core/src/domain/mails/mail-kinds.ts';
import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import { nameOf, type Order, type OrderRef } from '../../core/src/domain/order/order.ts';
import { placedOf } from '../../core/src/domain/order/placed.ts';
import { DUE_STATES } from '../../core/src/domain/order/states.ts';
import type { JstDate } from '../../core/src/domain/values/jst.ts';
import type { SafeMode } from '../../core/src/ports/safe-mode.ts';
import {
  type AskedTurn,
  type BatchStore,
  type Caller,
  type DecidedTurn,
  OrderNotFound,
  type ReadTurn,
} from '../../core/src/ports/store.ts';
import {
  type Hold,
  isOpen,
  isOpenStep,
  type Operation,
  type Page,
  type ShopSettings,
  type Step,
} from '../../core/src/turns/operation.ts';
import type { KeptMail } from './kept-mail.ts';
import { booksOf, refuseOwner } from './memory-books.ts';
import { drawnBy, refuseDraw } from './memory-draws.ts';

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

  async turn<T extends { readonly page: Page }>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    given?: Caller,
  ): Promise<T> {
    return this.turnNow(ref, decide, given);
  }

  async readTurns(asked: readonly AskedTurn[]): Promise<(ReadTurn | Error)[]> {
    return this.readTurnsNow(asked);
  }

  async writeTurns(decided: readonly DecidedTurn[]): Promise<boolean[]> {
    return this.writeTurnsNow(decided);
  }

  async due(limit: number): Promise<OrderRef[]> {
    return this.dueNow(limit);
  }

  /** Makes a turn at once. Throws the port's rejection; then nothing is written. */
  turnNow<T extends { readonly page: Page }>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    given?: Caller,
  ): T {
    const { page, earlier } = this.#read({ ref, given });
    const result = decide(page, earlier);
    this.#refuse(page, result.page);
    // From here on nothing is refused: a turn is written as a whole.
    this.#write(page, result.page);
    this.#onCommit(page, result.page);
    return result;
  }

  readTurnsNow(asked: readonly AskedTurn[]): (ReadTurn | Error)[] {
    return asked.map((one) => {
      try {
        return this.#read(one);
      } catch (error) {
        return error as OrderNotFound;
      }
    });
  }

  /** As PostgreSQL: a loser writes nothing, and where one is refused, nobody writes. */
  writeTurnsNow(decided: readonly DecidedTurn[]): boolean[] {
    const putBack = this.backUp();
    const stands = ({ read, after }: DecidedTurn) => read.turn === this.#turnOf(after.order);
    const winners = decided.filter(stands);
    try {
      for (const { read, after } of winners) {
        this.#refuse(read.page, after);
        this.#write(read.page, after);
      }
    } catch {
      putBack();
      return decided.map(() => false);
    }
    for (const { read, after } of winners) this.#onCommit(read.page, after);
    return decided.map((one) => winners.includes(one));
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
    return [...this.operations.values()].filter((operation) => isOf(operation, ref));
  }

  stepsOf({ shopId, id }: Pick<Operation, 'shopId' | 'id'>): readonly Step[] {
    return this.steps.get(`${shopId}/${id}`) ?? [];
  }

  /** Takes a backup; returns the function that puts it back. */
  backUp(): () => void {
    const entries = new Map([...this.journals].map(([name, entries]) => [name, [...entries]]));
    const kept = [this.orders, this.operations, this.steps, entries, this.#turns].map(
      (each) => new Map<string, unknown>(each),
    );
    const mails = [...this.mails];
    return () => {
      const { orders, operations, steps, journals } = this;
      const now: Map<string, unknown>[] = [orders, operations, steps, journals, this.#turns];
      for (const [index, each] of now.entries()) {
        each.clear();
        for (const [name, value] of kept[index] ?? []) each.set(name, value);
      }
      this.mails.splice(0, this.mails.length, ...mails);
    };
  }

  /** Returns the operation that was accepted under a key. */
  operationWith(shopId: string, key: string): Operation | undefined {
    return this.#byKey(shopId, key);
  }

  /** Returns the date on which each destination of an order was sent; an order here has one. */
  shippedOn(ref: OrderRef): (JstDate | null)[] {
    const sent = this.journals.get(nameOf(ref))?.findLast(({ kind }) => kind === 'order_shipped');
    return [sent?.kind === 'order_shipped' ? (sent.shipments[0]?.shippedOn ?? null) : null];
  }

  #turnOf(ref: OrderRef): number {
    return this.#turns.get(nameOf(ref)) ?? 0;
  }

  #read({ ref, given }: AskedTurn): ReadTurn {
    const order = this.orders.get(nameOf(ref));
    const shop = this.#shops.get(ref.shopId);
    if (order === undefined || shop === undefined) throw new OrderNotFound(ref);
    const settings = { ...shop, hold: this.#holdOf(ref.shopId) };
    const operation = this.operationsOf(ref).find(isOpen) ?? null;
    const step = (operation && this.stepsOf(operation).at(-1)) ?? null;
    const earlier = this.#byKey(ref.shopId, given?.key) ?? null;
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

  #byKey(shopId: string, key: string | undefined): Operation | undefined {
    if (key === undefined) return undefined;
    return [...this.operations.values()].find(
      (known) => known.shopId === shopId && known.key === key,
    );
  }

  /** Refuses what the indexes and checks of PostgreSQL refuse. */
  #refuse(before: Page, after: Page): void {
    const { operation } = after;
    if (operation !== null && operation !== before.operation) this.#refuseOperation(operation);
    this.#refuseSteps(after);
    refuseOwner(this, before, after);
    for (const { kind, occasion } of after.mails) {
      const same = (mail: OrderRef & MailRequest) =>
        nameOf(mail) === nameOf(after.order) && mail.kind === kind && mail.occasion === occasion;
      if (this.mails.some(same)) throw new Error('mails_shop_id_order_number_kind_occasion_key');
    }
  }

  #refuseOperation(operation: Operation): void {
    if (isOpen(operation) !== (operation.endedAt === null)) {
      throw new Error('an open operation has no end, and the others have one');
    }
    const others = this.operationsOf(operation).filter(({ id }) => id !== operation.id);
    if (isOpen(operation) && others.some(isOpen)) {
      throw new Error('one_open_operation_per_order');
    }
    const keyed = this.#byKey(operation.shopId, operation.key);
    if (keyed !== undefined && keyed.id !== operation.id) {
      throw new Error('operations_shop_id_key_key');
    }
    refuseDraw(this.operations.values(), operation);
  }

  #refuseSteps({ order, step, closedStep }: Page): void {
    const written = [closedStep, step].filter((each) => each !== null);
    const [first] = written;
    if (first === undefined) return;
    const known = this.stepsOf({ shopId: order.shopId, id: first.operationId });
    const kept = known.filter(({ n }) => written.every((each) => each.n !== n));
    if ([...kept, ...written].filter(isOpenStep).length > 1) {
      throw new Error('one_open_step_per_operation');
    }
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

function isOf(operation: Operation, { shopId, orderNumber }: OrderRef): boolean {
  return operation.shopId === shopId && operation.orderNumber === orderNumber;
}
