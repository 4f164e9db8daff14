import { TIMING } from '@renkei/core/turns/timing.ts';
import { Rounds, type Worker } from '../workers/rounds.ts';
import { exchange } from './exchange.ts';
import { type CallEnd, type CallKind, isUnanswered } from './line.ts';

export type CircuitOptions = {
  /** The stored outages, shared by all processes. */
  readonly outages: {
    begin(shopId: string, cause: string): Promise<void>;
    end(shopId: string): Promise<void>;
    list(): Promise<readonly string[]>;
  };
  readonly baseUrlOf: (shopId: string) => Promise<string>;
  /** The pause between two rounds of knocks, in milliseconds. */
  readonly everyMs?: number;
  /** The time that a knock waits for an answer, in milliseconds. */
  readonly knockMs?: number;
  readonly onError: (error: unknown) => void;
};

/** Consecutive calls without an answer. */
const FAILURES_MAX = 5;

/**
 * What the end of a call says about the line, by its kind. `all`: any silence counts, and an answer
 * proves that calls are answered. `connection`: the deadline is shorter than that of a call that
 * moves money, so only a refused connection counts. `nothing`: the inquiry has another address.
 */
const TELLS: Readonly<Record<CallKind, 'all' | 'connection' | 'nothing'>> = {
  ask: 'all',
  revoke: 'all',
  look: 'connection',
  customer: 'connection',
  inquiry: 'nothing',
};
const KNOCK_MS = 5_000;
/**
 * After so many unanswered knocks one real call is let through: the server may ignore HEAD and
 * still answer calls.
 */
const SILENCES_MAX = 60;
/**
 * The most rounds between knocks: a gateway that accepts connections but answers no call is tried
 * less and less often.
 */
const ROUNDS_MAX = 12;

/**
 * Hears the end of each shop's calls. After several in a row without an answer, it records that the
 * shop's gateway is out of reach, and Renkei asks it nothing more. Then it knocks from time to time
 * until the gateway answers. A knock is a HEAD of the gateway's root, which cannot be a call.
 */
export class Circuit implements Worker {
  readonly #outages: CircuitOptions['outages'];
  readonly #baseUrlOf: CircuitOptions['baseUrlOf'];
  readonly #everyMs: number;
  readonly #knockMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;
  /** Consecutive calls without an answer, by shop and by kind. */
  readonly #failures = new Map<string, Map<CallKind, number>>();
  readonly #silences = new Map<string, number>();
  /** Rounds between knocks, and rounds left until the next, by shop. */
  readonly #patience = new Map<string, { readonly every: number; readonly left: number }>();

  constructor({
    outages,
    baseUrlOf,
    knockMs = KNOCK_MS,
    everyMs = TIMING.lookMs,
    onError,
  }: CircuitOptions) {
    this.#outages = outages;
    this.#baseUrlOf = baseUrlOf;
    this.#everyMs = everyMs;
    this.#knockMs = knockMs;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.#round(), onError);
  }

  /** Hears how a call of the shop ended. */
  heard({ shopId, kind, answer }: Pick<CallEnd, 'shopId' | 'kind' | 'answer'>): void {
    const tells = TELLS[kind];
    if (tells === 'nothing') return;
    if (!isUnanswered(answer)) {
      this.#answered(shopId, kind);
      return;
    }
    if (tells === 'connection' && answer.kind !== 'unsent') return;
    const failures = this.#failures.get(shopId) ?? new Map<CallKind, number>();
    this.#failures.set(shopId, failures.set(kind, (failures.get(kind) ?? 0) + 1));
    const count = [...failures.values()].reduce((sum, ofKind) => sum + ofKind, 0);
    if (count >= FAILURES_MAX) this.#outages.begin(shopId, answer.cause).catch(this.#onError);
  }

  /** A look that is answered takes back what looks have said, and proves nothing about asks. */
  #answered(shopId: string, kind: CallKind): void {
    if (TELLS[kind] === 'connection') {
      this.#failures.get(shopId)?.delete(kind);
      return;
    }
    this.#failures.delete(shopId);
    this.#patience.delete(shopId);
  }

  open(everyMs = this.#everyMs): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #round(): Promise<void> {
    const away = await this.#outages.list();
    await Promise.all(away.map((shopId) => this.#tryToReach(shopId).catch(this.#onError)));
  }

  async #tryToReach(shopId: string): Promise<void> {
    const { every, left } = this.#patience.get(shopId) ?? { every: 1, left: 1 };
    const isTime = left <= 1;
    this.#patience.set(shopId, { every, left: isTime ? every : left - 1 });
    if (!isTime || !(await this.#isReached(shopId)) || this.#rounds.closed) return;
    // The next call shows whether calls are answered, too: one failure is enough to wait again.
    this.#failures.set(shopId, new Map([['ask', FAILURES_MAX - 1]]));
    this.#patience.set(shopId, { every: Math.min(every * 2, ROUNDS_MAX), left: every });
    await this.#outages.end(shopId);
  }

  async #isReached(shopId: string): Promise<boolean> {
    const knocked = await knock(new URL(await this.#baseUrlOf(shopId)), this.#knockMs);
    const silent = knocked === 'silent' ? (this.#silences.get(shopId) ?? 0) + 1 : 0;
    this.#silences.set(shopId, silent % SILENCES_MAX);
    return knocked === 'answered' || silent === SILENCES_MAX;
  }
}

/**
 * Tells whether the gateway's host answers anything, even a refusal. `silent`: it accepts a
 * connection and answers nothing.
 */
async function knock(baseUrl: URL, knockMs: number): Promise<'answered' | 'silent' | 'refused'> {
  const wanted = { method: 'HEAD', body: null, deadlineMs: knockMs, bytesMax: 0 } as const;
  const { kind } = await exchange(new URL('/', baseUrl), wanted);
  if (kind === 'reply') return 'answered';
  return kind === 'unknown' ? 'silent' : 'refused';
}
