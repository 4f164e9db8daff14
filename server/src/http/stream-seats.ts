import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyReply } from 'fastify';
import { edgeProblem } from './problems/problems.ts';

/** The most streams of one person at a time: each asks the database every two seconds. */
const STREAMS_MAX = 5;

/** The seats of listeners to streams. */
export class StreamSeats {
  readonly #people = new Map<string, number>();

  /** Takes a seat until the stream closes. Throws the problem that forbids it. */
  take(userId: string, locale: Locale, { raw }: FastifyReply): void {
    const open = this.#people.get(userId) ?? 0;
    if (open >= STREAMS_MAX) throw edgeProblem('too_many_streams', locale);
    this.#people.set(userId, open + 1);
    raw.once('close', () => this.#leave(userId));
  }

  #leave(userId: string): void {
    const open = this.#people.get(userId) ?? 0;
    if (open > 1) this.#people.set(userId, open - 1);
    else this.#people.delete(userId);
  }
}
