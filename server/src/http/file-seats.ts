import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyReply } from 'fastify';
import { edgeProblem } from './problems/problems.ts';

/** The most files that this server receives at a time; those beyond two wait to be read. */
const FILES_MAX = 8;

/**
 * The seats of senders of files. A shop sends one file at a time: the server refuses a second one
 * at once, before reading its body, because a sender prefers an answer to a page that stands still
 * while a colleague's file is read. Files of other shops wait for their turn.
 */
export class FileSeats {
  readonly #shops = new Set<string>();

  /** Takes a seat until the end of the request. Throws the problem that forbids it. */
  take(shopId: string, locale: Locale, { raw }: FastifyReply): FileSeat {
    if (this.#shops.has(shopId)) throw edgeProblem('import_underway', locale);
    if (this.#shops.size >= FILES_MAX) throw edgeProblem('busy', locale);
    this.#shops.add(shopId);
    const seat = new FileSeat(() => this.#shops.delete(shopId));
    raw.once('close', () => seat.leave());
    return seat;
  }
}

/** A request with a file: it keeps its seat until it is answered and its file is read. */
export class FileSeat {
  readonly #free: () => void;
  #reads = false;
  #left = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  /** Reads the file. Begins nothing if the sender has gone before. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#left) throw new Error('the sender of the file has gone');
    this.#reads = true;
    try {
      return await work();
    } finally {
      this.#reads = false;
      this.leave();
    }
  }

  /** Waits for a running read to finish: a large file outlasts the patience of a proxy. */
  leave(): void {
    if (this.#reads || this.#left) return;
    this.#left = true;
    this.#free();
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    fileSeat: FileSeat | null;
  }
}
