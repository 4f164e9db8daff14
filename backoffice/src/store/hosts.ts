import pg from 'pg';

/**
 * The addresses of a DATABASE_URL. Like libpq's, it may name several hosts:
 * `postgres://user:password@first:5432,second:5432/renkei`.
 */
export function hostUrls(url: string): string[] {
  const [, before = '', hosts = '', after = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  return hosts.includes(',') ? hosts.split(',').map((host) => before + host + after) : [url];
}

/** A pool to whichever of the hosts takes writes: the next one is tried when one does not. */
export function createPool(url: string, config: pg.PoolConfig): pg.Pool {
  const urls = hostUrls(url);
  const Client = urls.length === 1 ? pg.Client : clientOf(urls);
  const pool = new pg.Pool({ ...config, connectionString: url, Client });
  // A connection can break while nothing is asked on it: in the pool, or held for its lock. Nobody
  // would hear of it, and a process ends at an error that nobody hears; the next query tells.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A client that connects to the host that took writes last, else to the next one. */
function clientOf(urls: readonly string[]): typeof pg.Client {
  let current = 0;

  return class WritableClient extends pg.Client {
    readonly #index = current;

    constructor(options?: pg.ClientConfig) {
      super({ ...options, connectionString: urls[current] });
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | undefined {
      const connected = this.#connectToWrite().catch((error: unknown) => {
        if (current === this.#index) current = (current + 1) % urls.length;
        throw error;
      });
      if (callback === undefined) return connected;
      connected.then(() => callback(null, this), callback);
      return undefined;
    }

    async #connectToWrite(): Promise<this> {
      await super.connect();
      // Also on a standby; a primary that is being replaced is read-only before it is stopped.
      const { rows } = await this.query<{ readOnly: boolean }>(
        `select current_setting('transaction_read_only')::boolean as "readOnly"`,
      );
      if (rows[0]?.readOnly === false) return this;
      await this.end();
      throw new ReadOnlyHostError();
    }
  };
}

type Connected = (error: Error | null, client?: pg.Client) => void;

/** The host that was reached takes no writes. */
export class ReadOnlyHostError extends Error {
  constructor() {
    super('this database host takes no writes: it is a standby, or read-only');
    this.name = 'ReadOnlyHostError';
  }
}
