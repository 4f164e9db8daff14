import type { ConfirmLimits } from '../domain/confirmation.ts';
import type { Afterwards } from '../domain/decide.ts';
import type { Books } from '../domain/drift/ownership.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Goal, Verb } from '../domain/link.ts';
import type { MailRequest } from '../domain/mail-kinds.ts';
import type { Instant, Order, OrderRef, Transaction } from '../domain/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import { OPEN_STATES } from '../domain/states.ts';
import type { Yen } from '../domain/yen.ts';

/** Who wants it. */
export type Actor = {
  readonly kind: 'user' | 'program' | 'system';
  readonly id: string;
  readonly name: string;
  /** From where a request came, and which one it was; left out where there was none. */
  readonly from?: Origin;
};

/** Renkei itself: for what no person and no program has asked for. */
export const RENKEI: Actor = { kind: 'system', id: 'renkei', name: 'Renkei' };

export type Origin = { readonly ip: string | null; readonly requestId: string | null };

/** One intent of a person or a program on one order (rule M1), as it is stored. */
export type Operation = OrderRef & {
  readonly id: string;
  /** The caller's Idempotency-Key, unique in the shop, and a hash of what was asked with it. */
  readonly key: string;
  readonly inputHash: string;
  readonly actor: Actor;
  /** Null where F-REGI was not concerned and the shop's own change was recorded at once. */
  readonly goal: Goal | null;
  readonly amount: Yen;
  readonly afterwards: Afterwards | null;
  /** The transaction that it is about, where that is not the order's own (D12). */
  readonly stray: Transaction | null;
  /** A single-use card token for `authorize`; forgotten when the operation ends. */
  readonly cardToken: string | null;
  readonly state: OperationState;
  readonly reason: Reason | null;
  /** When somebody should look at it again; what keeps two processes off each other. */
  readonly dueAt: Instant;
  readonly unsentTries: number;
  readonly looks: number;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
};

/**
 * `asking`: underway. `unknown`: 結果確認中, the outcome of the open step is not known.
 * `review`: 要確認, only a person can tell. The rest are final, and nothing leaves them.
 */
const OPERATION_STATES = [...OPEN_STATES, 'succeeded', 'declined', 'not_sent'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export function isOpen({ state }: Pick<Operation, 'state'>): boolean {
  return OPEN_STATES.some((open) => open === state);
}

/**
 * One call to the gateway. `n` counts an operation's calls from 1 and is its fence: an answer is
 * taken only while the step with that number is the open one.
 */
export type Step = {
  readonly operationId: string;
  readonly n: number;
  readonly verb: Verb;
  /** The transaction that the call was about. */
  readonly seqno: string | null;
  readonly amount: Yen;
  /** True where an earlier call of the same verb may have been carried out. */
  readonly repeat: boolean;
  readonly state: StepState;
  readonly sentAt: Instant;
  readonly answeredAt: Instant | null;
  /** The gateway's code and text, verbatim; or why there is no answer. */
  readonly code: string | null;
  readonly text: string | null;
};

/**
 * `sent` is written before the first byte leaves. `proven` and `disproven`: settled by evidence
 * other than its own answer. `repeated`: never answered, and asked again as the next step.
 */
const STEP_STATES = [
  'sent',
  'unknown',
  'done',
  'refused',
  'unsent',
  'proven',
  'disproven',
  'repeated',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export function isOpenStep(step: Step | null): step is Step {
  return step !== null && (step.state === 'sent' || step.state === 'unknown');
}

/**
 * An order's page in the book: what one transaction reads under the order's lock, and, after a
 * turn, what it writes. A turn is a pure function from page to page.
 */
export type Page = {
  /** The database's clock. */
  readonly now: Instant;
  readonly settings: ShopSettings;
  readonly order: Order;
  /** O1: whose the transactions of its slip are. */
  readonly books: Books;
  /** The open operation of the order; after a turn, also one that the turn has ended. */
  readonly operation: Operation | null;
  /** The last step of that operation. */
  readonly step: Step | null;
  /** An earlier step that this turn has closed, besides `step`. */
  readonly closedStep: Step | null;
  /** What the turn adds to the journal, in order, and the mails that follow. */
  readonly entries: readonly OrderEvent[];
  readonly mails: readonly MailRequest[];
};

export type ShopSettings = {
  readonly linkEnabled: boolean;
  /** Whether the shop's gateway answers inquiries. */
  readonly inquiry: boolean;
  /** Why nothing is asked of the gateway now; null or left out: it may be asked. */
  readonly hold?: Hold | null;
  /** S2: from how much on an operation is to be confirmed; left out: none is. */
  readonly confirm?: ConfirmLimits;
};

/**
 * `gateway_down`: it is out of reach, and operations wait for it. `safe_mode`: the database was
 * restored to the past, and nothing that concerns a transaction begins until a person says so.
 */
export type Hold = 'gateway_down' | 'safe_mode';

/** What is to be done after a turn has been committed. */
export type Next =
  | { readonly kind: 'ask'; readonly step: Step }
  /** `from`: the database's clock before the look, so that nothing seen is older. */
  | {
      readonly kind: 'look';
      readonly operationId: string;
      readonly n: number;
      readonly from: Instant;
    }
  /** Nothing until then; null: nothing at all. */
  | { readonly kind: 'rest'; readonly until: Instant | null };

export type Turn = { readonly page: Page; readonly next: Next };
