import { createHash } from 'node:crypto';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Bulkhead } from '../fregi/bulkhead.ts';
import { POOLS } from '../store/db/pools.ts';
import { addressOf } from './address.ts';
import { edgeProblem } from './problems/problems.ts';

/** Half of the connections for people: the others are left for everybody else. */
const WIDTH = POOLS.people / 2;
const TOTAL = 1_000;
const WAIT_MS = 30_000;

/**
 * Reads take turns, for each session and for each shop, so that one person's many lists do not
 * delay anybody else's. A command takes no turn: it may have to wait for F-REGI.
 */
export class ReadTurns {
  readonly #sessions = new Bulkhead(WIDTH, TOTAL, WAIT_MS);
  readonly #shops = new Bulkhead(WIDTH, TOTAL, WAIT_MS);

  /** At the door, before the session is looked up; until the answer is made, or the reader gone. */
  atDoor(request: FastifyRequest, reply: FastifyReply, locale: Locale): Promise<ReadTurn> {
    return this.#enter(this.#sessions, sessionOf(request), reply, locale);
  }

  /** Does the work of an admitted read in its shop's turn; any other work at once. */
  async inside<T>(asked: AdmittedRead, work: () => Promise<T>): Promise<T> {
    const { request, reply, shopId, locale } = asked;
    if (request.readTurn === null) return work();
    const turn = shopId === '' ? null : await this.#enter(this.#shops, shopId, reply, locale);
    try {
      return await work();
    } finally {
      turn?.leave();
      request.readTurn.leave();
    }
  }

  async #enter(of: Bulkhead, key: string, { raw }: FastifyReply, locale: Locale) {
    const slot = await of.enter(key);
    if (slot === null) throw edgeProblem('too_many_reads', locale);
    const turn = new ReadTurn(() => slot.leave());
    if (raw.closed) turn.leave();
    else raw.once('close', () => turn.leave());
    return turn;
  }
}

type AdmittedRead = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** '' on routes without a shop. */
  readonly shopId: string;
  readonly locale: Locale;
};

/** A turn, which ends once. */
export class ReadTurn {
  #free: (() => void) | null;

  constructor(free: () => void) {
    this.#free = free;
  }

  leave(): void {
    this.#free?.();
    this.#free = null;
  }
}

/** Who asks: the cookies of a browser; without any, the address. */
function sessionOf(request: FastifyRequest): string {
  const { cookie } = request.headers;
  if (cookie === undefined) return addressOf(request);
  return createHash('sha256').update(cookie).digest('base64');
}
