import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyReply } from 'fastify';
import { edgeProblem } from './problems/problems.ts';

/** So many files may be sent to this server at a time; more than two of them wait to be read. */
const FILES_MAX = 8;

/**
 * Who sends a file to this server. A shop sends one at a time: a second one is refused before its
 * body is read, and at once, because whoever sends it would rather be told than look at a page that
 * stands still while a colleague's file is read. Files of other shops wait for their turn.
 */
export class FileSeats {
  readonly #shops = new Set<string>();

  /** Takes a seat, to be given back at the end of the request. Throws the problem that forbids it. */
  take(shopId: string, locale: Locale, { raw }: FastifyReply): FileSeat {
    if (this.#shops.has(shopId)) throw edgeProblem('import_underway', locale);
    if (this.#shops.size >= FILES_MAX) throw edgeProblem('busy', locale);
    this.#shops.add(shopId);
    const seat = new FileSeat(() => this.#shops.delete(shopId));
    raw.once('close', () => seat.leave());
    return seat;
  }
}

/** One request with a file: it keeps its seat while it is answered, and while its file is read. */
export class FileSeat {
  readonly #free: () => void;
  #reads = false;
  #left = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  /** Reads the file. Where whoever sent it has gone before, nothing begins. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#left) throw new Error('whoever sent the file has gone');
    this.#reads = true;
    try {
      return await work();
    } finally {
      this.#reads = false;
      this.leave();
    }
  }

  /** What is being read is read to its end: a large file outlasts the patience of a proxy. */
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
