import type { ConfirmLimits } from '../domain/commands/confirmation.ts';
import type { Afterwards } from '../domain/commands/decide.ts';
import type { Books } from '../domain/drift/ownership.ts';
import type { Draw, Drawn, TwoPersonRule } from '../domain/limits/limits.ts';
import type { MailRequest } from '../domain/mails/mail-kinds.ts';
import type { OrderEvent } from '../domain/order/events.ts';
import type { Order, OrderRef, Transaction } from '../domain/order/order.ts';
import { OPEN_STATES } from '../domain/order/states.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { Goal, Verb } from '../domain/transaction/link.ts';
import type { Instant } from '../domain/values/jst.ts';
import type { Yen } from '../domain/values/yen.ts';

/** The person or program that gives a command. */
export type Actor = {
  readonly kind: 'user' | 'program' | 'system';
  readonly id: string;
  readonly name: string;
  /** The source of the request and its id; absent if there was no request. */
  readonly from?: Origin;
};

/** Renkei itself: the actor of work that no person and no program asked for. */
export const RENKEI: Actor = { kind: 'system', id: 'renkei', name: 'Renkei' };

export type Origin = { readonly ip: string | null; readonly requestId: string | null };

/** One intent of a person or a program on one order (rule M1), as stored. */
export type Operation = OrderRef & {
  readonly id: string;
  /** The caller's Idempotency-Key, unique in the shop, and a hash of the request's input. */
  readonly key: string;
  readonly inputHash: string;
  readonly actor: Actor;
  /** Null if the change did not concern F-REGI and was recorded at once. */
  readonly goal: Goal | null;
  readonly amount: Yen;
  readonly afterwards: Afterwards | null;
  /** The transaction to act on if it is not the order's own (D12). */
  readonly stray: Transaction | null;
  /** F59: what counts towards the day of the actor; null if nothing does, or if two agreed. */
  readonly draw: Draw | null;
  /** A single-use card token for `authorize`; erased when the operation ends. */
  readonly cardToken: string | null;
  /** Where the cardholder's browser goes after the confirmation (Y2); null: it stays here. */
  readonly returnUrl: string | null;
  /** F-REGI's page for the cardholder; kept only while the operation waits for them. */
  readonly challengePage: string | null;
  readonly state: OperationState;
  readonly reason: Reason | null;
  /** When a process should take the operation up again; keeps two processes apart. */
  readonly dueAt: Instant;
  readonly unsentTries: number;
  readonly looks: number;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
};

/**
 * `asking`: under way. `confirming`: 本人認証待ち, F-REGI waits for the cardholder (Y2). `unknown`: 結果確認中,
 * the open step has no known outcome. `review`: 要確認, only a person can find the outcome out. The
 * other states are final.
 */
const OPERATION_STATES = [...OPEN_STATES, 'succeeded', 'declined', 'not_sent'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export function isOpen({ state }: Pick<Operation, 'state'>): boolean {
  return OPEN_STATES.some((open) => open === state);
}

/**
 * One call to the gateway. `n` counts an operation's calls from 1 and is its fence: an answer
 * counts only while the step with that number is open.
 */
export type Step = {
  readonly operationId: string;
  readonly n: number;
  readonly verb: Verb;
  /** The transaction that the call acts on. */
  readonly seqno: string | null;
  readonly amount: Yen;
  /** True if the gateway may have carried out an earlier call of the same verb. */
  readonly repeat: boolean;
  readonly state: StepState;
  readonly sentAt: Instant;
  readonly answeredAt: Instant | null;
  /** The gateway's code and text, verbatim; or the reason why there is no answer. */
  readonly code: string | null;
  readonly text: string | null;
};

/**
 * `sent` is written before the first byte leaves. `proven` and `disproven`: evidence other than the
 * call's own answer settled it. `repeated`: the call had no answer, and the next step asks again.
 * `challenged`: F-REGI authorizes once the cardholder confirms.
 */
const STEP_STATES = [
  'sent',
  'challenged',
  'unknown',
  'done',
  'refused',
  'unsent',
  'proven',
  'disproven',
  'repeated',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The states of a step that F-REGI may still carry out, or has perhaps carried out. */
export const OPEN_STEPS: readonly StepState[] = ['sent', 'challenged', 'unknown'];

export function isOpenStep(step: Step | null): step is Step {
  return step !== null && OPEN_STEPS.includes(step.state);
}

/**
 * An order's page: the part of the database that one turn reads in one snapshot and, after its
 * decision, writes. A turn is a pure function from page to page.
 */
export type Page = {
  /** The database's clock, UTC. */
  readonly now: Instant;
  readonly settings: ShopSettings;
  readonly order: Order;
  /** O1: the owners of the slip's transactions. */
  readonly books: Books;
  /** The open operation of the order; after a turn, also an operation that the turn has ended. */
  readonly operation: Operation | null;
  /** The last step of that operation. */
  readonly step: Step | null;
  /** An earlier step that this turn closed, besides `step`. */
  readonly closedStep: Step | null;
  /** F59: the draws of whoever gives a command; absent if nobody does. */
  readonly drawn?: Drawn;
  /** The journal entries that the turn adds, in order, and the mails that follow from them. */
  readonly entries: readonly OrderEvent[];
  readonly mails: readonly MailRequest[];
};

export type ShopSettings = {
  readonly linkEnabled: boolean;
  /** True if the shop's gateway answers inquiries. */
  readonly inquiry: boolean;
  /** The reason why Renkei asks the gateway nothing now; null or absent: it may ask. */
  readonly hold?: Hold | null;
  /** S2: the limits from which an operator confirms an operation; absent: never. */
  readonly confirm?: ConfirmLimits;
  /** F59: absent: nothing waits for a second person. */
  readonly limits?: TwoPersonRule;
};

/**
 * `gateway_down`: the gateway is out of reach, and operations wait for it. `safe_mode`: the
 * database was restored to the past, and no operation on a transaction begins until a person allows
 * it.
 */
export type Hold = 'gateway_down' | 'safe_mode';

/** The work after the commit of a turn. */
export type Next =
  | { readonly kind: 'ask'; readonly step: Step }
  /** `from`: the database's clock before the look; no sighting is older than this. */
  | {
      readonly kind: 'look';
      readonly operationId: string;
      readonly n: number;
      readonly from: Instant;
    }
  /** Do nothing until then; null: do nothing at all. */
  | { readonly kind: 'rest'; readonly until: Instant | null };

export type Turn = { readonly page: Page; readonly next: Next };
