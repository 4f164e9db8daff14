import type { Answer } from '@renkei/core/turns/asks.ts';
import { createRounds } from '../workers/rounds.ts';
import { exchange } from './exchange.ts';

/**
 * Hears how each shop's calls end. After some in a row without an answer, the shop's gateway is
 * noted to be out of reach, and nothing is asked of it any more; then it is knocked at from time
 * to time, until it answers. A knock is a HEAD of its root, which can be no call.
 */
export type Circuit = {
  heard(shopId: string, answer: Answer): void;
  open(everyMs: number): void;
  close(): Promise<void>;
};

export type CircuitOptions = {
  /** Where it is written who is out of reach, for all processes. */
  readonly outages: {
    begin(shopId: string, cause: string): Promise<void>;
    end(shopId: string): Promise<void>;
    list(): Promise<readonly string[]>;
  };
  readonly baseUrlOf: (shopId: string) => Promise<string>;
  /** How long a knock waits for an answer. */
  readonly knockMs?: number;
  readonly onError: (error: unknown) => void;
};

/** Calls in a row without an answer. */
const FAILURES_MAX = 5;
const KNOCK_MS = 5_000;
/** Silent knocks in a row; then it may be that only knocks are not answered, and a call has to tell. */
const SILENCES_MAX = 60;
/** A gateway that can be reached and gives no answers is knocked at less and less often. */
const ROUNDS_MAX = 12;

export function createCircuit(options: CircuitOptions): Circuit {
  const { outages, baseUrlOf, knockMs = KNOCK_MS, onError } = options;
  const failures = new Map<string, number>();
  const silences = new Map<string, number>();
  /** Rounds between knocks, and rounds left until the next: by shop. */
  const patience = new Map<string, { every: number; left: number }>();

  async function round(): Promise<void> {
    const away = await outages.list();
    await Promise.all(away.map((shopId) => tryToReach(shopId).catch(onError)));
  }

  async function tryToReach(shopId: string): Promise<void> {
    const { every, left } = patience.get(shopId) ?? { every: 1, left: 1 };
    const isTime = left <= 1;
    patience.set(shopId, { every, left: isTime ? every : left - 1 });
    if (!isTime || !(await isReached(shopId)) || rounds.closed) return;
    // The next call tells whether calls are answered, too: one failure is enough to wait again.
    failures.set(shopId, FAILURES_MAX - 1);
    patience.set(shopId, { every: Math.min(every * 2, ROUNDS_MAX), left: every });
    await outages.end(shopId);
  }

  async function isReached(shopId: string): Promise<boolean> {
    const knocked = await knock(new URL(await baseUrlOf(shopId)), knockMs);
    const silent = knocked === 'silent' ? (silences.get(shopId) ?? 0) + 1 : 0;
    silences.set(shopId, silent % SILENCES_MAX);
    return knocked === 'answered' || silent === SILENCES_MAX;
  }

  const rounds = createRounds(round, onError);
  return {
    heard(shopId, answer) {
      if (answer.kind === 'done' || answer.kind === 'refused') {
        failures.delete(shopId);
        patience.delete(shopId);
        return;
      }
      const count = (failures.get(shopId) ?? 0) + 1;
      failures.set(shopId, count);
      if (count >= FAILURES_MAX) outages.begin(shopId, answer.cause).catch(onError);
    },
    open: rounds.open,
    close: rounds.close,
  };
}

/**
 * Whether anything is answered at where the calls go, be it a refusal. `silent`: a connection is
 * made, and nothing comes of it.
 */
async function knock(baseUrl: URL, knockMs: number): Promise<'answered' | 'silent' | 'refused'> {
  const wanted = { method: 'HEAD', body: null, deadlineMs: knockMs, bytesMax: 0 } as const;
  const { kind } = await exchange(new URL('/', baseUrl), wanted);
  if (kind === 'reply') return 'answered';
  return kind === 'unknown' ? 'silent' : 'refused';
}
