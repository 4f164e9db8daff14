import { randomUUID } from 'node:crypto';
import type { Command } from '../../core/src/domain/commands/decide.ts';
import { ALONE } from '../../core/src/domain/drift/ownership.ts';
import type { Sighted } from '../../core/src/domain/drift/sighted.ts';
import type { Order } from '../../core/src/domain/order/order.ts';
import type { TransactionState } from '../../core/src/domain/order/states.ts';
import type { Instant } from '../../core/src/domain/values/jst.ts';
import { accept } from '../../core/src/turns/accept.ts';
import type { Answer } from '../../core/src/turns/asks.ts';
import { follow } from '../../core/src/turns/follow.ts';
import type { Actor, Page, Step } from '../../core/src/turns/operation.ts';
import { hear } from '../../core/src/turns/protocol.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { Row } from '../../server/src/store/db/codec.ts';
import { journalRows } from '../../server/src/store/orders/page-rows.ts';
import { operationRow, stepRow } from '../../server/src/store/orders/rows.ts';

const DONE: Answer = { kind: 'done', seqno: null, authCode: null };

/**
 * The past of an order, in memory. Each command makes the same turns as on a real day, at a past
 * instant, and the rows that they write are kept. So nobody can invent a past that the rules would
 * refuse: it throws.
 */
export class Past {
  order: Order;
  /** The rows that the turns wrote after the order came in, by the names of their tables. */
  readonly journal: Row[] = [];
  readonly operations: Row[] = [];
  readonly steps: Row[] = [];
  readonly #actor: Actor;

  constructor(first: Order, actor: Actor) {
    this.order = first;
    this.#actor = actor;
  }

  /** Carries out a command; F-REGI gives `answer` to each ask after `tookMs` milliseconds. */
  carryOut(at: Instant, command: Command, answer: Answer = DONE, tookMs = 0): void {
    const page = this.#pageAt(at);
    const { acceptance, ...turn } = accept(page, null, this.#request(command), TIMING);
    if (acceptance.kind !== 'accepted') {
      throw new Error(`the past of ${this.order.orderNumber}: ${JSON.stringify(acceptance)}`);
    }
    const asked = new Map<number, Step>();
    let { page: after, next } = turn;
    this.#keep(page, after, asked);
    while (next.kind === 'ask') {
      const before = { ...after, now: after.now + tookMs, ...NOTHING };
      ({ page: after, next } = hear(before, next.step, answer, TIMING));
      this.#keep(before, after, asked);
    }
    if (after.operation !== null) this.operations.push(operationRow(after.operation));
    this.steps.push(...[...asked.values()].map((step) => stepRow(this.order, step)));
  }

  /** F-REGI shows the transaction in another state: our view follows. */
  see(at: Instant, state: TransactionState, source: Sighted['source']): void {
    const { transaction } = this.order;
    if (transaction === null || transaction.seqno === null) throw new Error('nothing to be seen');
    const { seqno, slipId, authCode, amount, authorizedAt } = transaction;
    const seen = { seqno, slipId, authCode, state, amount, authorizedAt, seenAt: at, source };
    const page = this.#pageAt(at);
    this.#keep(page, follow(page, [seen]).page, new Map());
  }

  #pageAt(now: Instant): Page {
    const settings = { linkEnabled: true, inquiry: true };
    return { now, settings, order: this.order, operation: null, step: null, ...NOTHING };
  }

  #request(command: Command) {
    const operationId = randomUUID();
    const wish = { key: `past-${operationId}`, inputHash: '', expectedVersion: null };
    return { operationId, ...wish, actor: this.#actor, command };
  }

  #keep(before: Page, after: Page, asked: Map<number, Step>): void {
    this.journal.push(...journalRows(before.order, after));
    for (const step of [after.closedStep, after.step]) if (step !== null) asked.set(step.n, step);
    this.order = after.order;
  }
}

const NOTHING = { books: ALONE, closedStep: null, entries: [], mails: [] } as const;
