import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Answer } from '../operations/gateway.ts';
import { createRounds } from '../rounds.ts';

/**
 * Hears how each shop's calls end. After some in a row without an answer, the shop's gateway is
 * noted to be out of reach, and nothing is asked of it any more; then it is knocked at from time
 * to time, until it can be reached. Knocking opens a connection and sends nothing.
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
  readonly onError: (error: unknown) => void;
};

/** Calls in a row without an answer. */
const FAILURES_MAX = 5;
const KNOCK_MS = 5_000;
/** A gateway that can be reached and gives no answers is knocked at less and less often. */
const ROUNDS_MAX = 12;

export function createCircuit({ outages, baseUrlOf, onError }: CircuitOptions): Circuit {
  const failures = new Map<string, number>();
  /** Rounds between knocks, and rounds left until the next: by shop. */
  const patience = new Map<string, { every: number; left: number }>();

  async function round(): Promise<void> {
    for (const shopId of await outages.list()) {
      if (rounds.closed) return;
      const { every, left } = patience.get(shopId) ?? { every: 1, left: 1 };
      const isTime = left <= 1;
      patience.set(shopId, { every, left: isTime ? every : left - 1 });
      if (!isTime || !(await knock(new URL(await baseUrlOf(shopId))))) continue;
      // The next call tells whether it also answers: one failure is enough to wait again.
      failures.set(shopId, FAILURES_MAX - 1);
      patience.set(shopId, { every: Math.min(every * 2, ROUNDS_MAX), left: every });
      await outages.end(shopId);
    }
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

/** Whether a connection, over https with its handshake, can be made. */
function knock({ protocol, hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const secure = protocol === 'https:';
    const where = { host: hostname, port: Number(port || (secure ? 443 : 80)) };
    const socket = secure ? connectSecurely({ ...where, servername: hostname }) : connect(where);
    const finish = (reached: boolean) => {
      resolve(reached);
      socket.destroy();
    };
    socket.setTimeout(KNOCK_MS, () => finish(false));
    socket.once(secure ? 'secureConnect' : 'connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
