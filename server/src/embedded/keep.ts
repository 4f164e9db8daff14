import { Rounds } from '../workers/rounds.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, isAlive, startPostgres } from './postgres.ts';

/**
 * Starts PostgreSQL, and again at the same port whenever it has ended by itself: one whose disk is
 * full gives up, and nobody else would bring it back. What goes wrong with that is told, and tried
 * again `everyMs` later.
 */
export async function keepPostgres(
  options: EmbeddedOptions,
  onError: (error: unknown) => void,
  everyMs = 2_000,
): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  let server = await startPostgres(options);
  const { url } = server;
  const port = Number(new URL(url).port);

  async function look(): Promise<void> {
    if (isAlive(server.pid)) return;
    onError(new Error(`PostgreSQL (${server.pid}) has ended by itself; it is started again`));
    server = await startPostgres({ ...options, port });
  }

  const rounds = new Rounds(look, onError);
  rounds.open(everyMs);
  return {
    url,
    async stop() {
      await rounds.close();
      await server.stop();
    },
  };
}
