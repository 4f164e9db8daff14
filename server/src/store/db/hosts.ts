import pg from 'pg';

/**
 * Returns the addresses in a DATABASE_URL. Like libpq's, it may name several hosts:
 * `postgres://user:password@first:5432,second:5432/renkei`.
 */
export function hostUrls(url: string): string[] {
  const [, before = '', hosts = '', after = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  return hosts.includes(',') ? hosts.split(',').map((host) => before + host + after) : [url];
}

/**
 * Creates a pool to the host that takes writes. If the former host does not, it tries each host
 * before a connect fails, so that a process that starts after a failover finds its database, too.
 */
export function createPool(url: string, config: pg.PoolConfig): pg.Pool {
  const pool = poolTo(url, config);
  // A connection can break while idle in the pool, or while it only holds a lock. A process ends at
  // an unheard error, so this hears it; the next query reports the break.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

function poolTo(url: string, config: pg.PoolConfig): pg.Pool {
  const urls = hostUrls(url);
  if (urls.length === 1) return new pg.Pool({ ...config, connectionString: url });
  const hosts = new Hosts(urls, config);
  return new PoolOfHosts({ ...config, connectionString: url, Client: clientOf(hosts) }, hosts);
}

/** Knows which host takes writes. */
class Hosts {
  #current = 0;
  #search: Promise<void> | null = null;
  readonly #failures = new WeakSet<object>();
  readonly #urls: readonly string[];
  readonly #config: pg.ClientConfig;

  constructor(urls: readonly string[], config: pg.ClientConfig) {
    this.#urls = urls;
    this.#config = config;
  }

  /** The URL to connect to. */
  get url(): string {
    return this.#urls[this.#current] ?? '';
  }

  /** Notes an error if it came from connecting, not from using a connection. */
  noteFailure(error: unknown): void {
    if (error instanceof Error) this.#failures.add(error);
  }

  isFailure(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    const { cause } = error; // the pool's own error, if it gave up waiting
    return this.#failures.has(error) || (cause instanceof Error && this.#failures.has(cause));
  }

  /** Tries every host, once for all waiting callers. Throws {@link NoWritableHostError}. */
  search(): Promise<void> {
    this.#search ??= this.#tryAll().finally(() => {
      this.#search = null;
    });
    return this.#search;
  }

  async #tryAll(): Promise<void> {
    const reasons: string[] = [];
    for (const [index, connectionString] of this.#urls.entries()) {
      const client = new pg.Client({ ...this.#config, connectionString });
      client.on('error', () => {});
      try {
        await client.connect();
        await checkTakesWrites(client);
        this.#current = index;
        return;
      } catch (error) {
        reasons.push(`${client.host}:${client.port}: ${reasonOf(error)}`);
      } finally {
        await client.end().catch(() => {});
      }
    }
    throw new NoWritableHostError(reasons);
  }
}

class PoolOfHosts extends pg.Pool {
  readonly #hosts: Hosts;

  constructor(config: pg.PoolConfig, hosts: Hosts) {
    super(config);
    this.#hosts = hosts;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Acquired): void;
  override connect(callback?: Acquired): Promise<pg.PoolClient> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await super.connect();
    } catch (error) {
      if (!this.#hosts.isFailure(error)) throw error;
      await this.#hosts.search();
      return super.connect();
    }
  }
}

type Acquired = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/** Returns a client class that connects to the host that last took writes. */
function clientOf(hosts: Hosts): typeof pg.Client {
  return class WritableClient extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, connectionString: hosts.url });
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | undefined {
      const connected = this.#connectToWrite().catch((error: unknown) => {
        hosts.noteFailure(error);
        throw error;
      });
      if (callback === undefined) return connected;
      connected.then(() => callback(null, this), callback);
      return undefined;
    }

    async #connectToWrite(): Promise<this> {
      await super.connect();
      try {
        await checkTakesWrites(this);
      } catch (error) {
        await this.end().catch(() => {});
        throw error;
      }
      return this;
    }
  };
}

type Connected = (error: Error | null, client?: pg.Client) => void;

/**
 * Throws a {@link ReadOnlyHostError} if the host takes no writes: a standby, or a primary that is
 * being replaced, which becomes read-only before it stops.
 */
async function checkTakesWrites(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ readOnly: boolean }>(
    `select current_setting('transaction_read_only')::boolean as "readOnly"`,
  );
  if (rows[0]?.readOnly !== false) throw new ReadOnlyHostError();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/** The reached host takes no writes. */
export class ReadOnlyHostError extends Error {
  constructor() {
    super('this database host takes no writes: it is a standby or read-only');
    this.name = 'ReadOnlyHostError';
  }
}

/** No host takes writes; the message gives each host's reason. */
export class NoWritableHostError extends Error {
  constructor(reasons: readonly string[]) {
    super(`no host of DATABASE_URL takes writes (${reasons.join('; ')})`);
    this.name = 'NoWritableHostError';
  }
}
