import { Rounds } from '../workers/rounds.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, isAlive, startPostgres } from './postgres.ts';

/** A PostgreSQL that is restarted at the same port whenever it has ended by itself. */
class KeptPostgres {
  readonly url: string;
  readonly #options: EmbeddedOptions;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;
  #server: EmbeddedPostgres;

  constructor(
    options: EmbeddedOptions,
    server: EmbeddedPostgres,
    onError: (error: unknown) => void,
  ) {
    this.url = server.url;
    this.#options = { ...options, port: Number(new URL(server.url).port) };
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.#look(), onError);
    this.#server = server;
  }

  open(everyMs: number): void {
    this.#rounds.open(everyMs);
  }

  async stop(): Promise<void> {
    await this.#rounds.close();
    await this.#server.stop();
  }

  async #look(): Promise<void> {
    const { pid } = this.#server;
    if (isAlive(pid)) return;
    this.#onError(new Error(`PostgreSQL (${pid}) has ended by itself; starting it again`));
    this.#server = await startPostgres(this.#options);
  }
}

/**
 * Starts PostgreSQL, and restarts it at the same port whenever it has ended by itself: PostgreSQL
 * gives up on a full disk, and nobody else would restart it. Reports a failed restart, and tries
 * again `everyMs` later.
 */
export async function keepPostgres(
  options: EmbeddedOptions,
  onError: (error: unknown) => void,
  everyMs = 2_000,
): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  const kept = new KeptPostgres(options, await startPostgres(options), onError);
  kept.open(everyMs);
  return kept;
}
