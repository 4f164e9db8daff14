import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { hostUrls } from './store/db/hosts.ts';
import { POOLS, type Pools } from './store/db/pools.ts';
import { MAIL_AGE_MAX_MS } from './store/mails/late-mails.ts';
import { RUNS_MAX } from './workers/bulk.ts';

/** How this Renkei is set up: the environment, read once and checked as a whole. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Null: the embedded PostgreSQL, in the data directory. */
  readonly databaseUrl: string | null;
  /** Where the embedded database and generated secrets live. */
  readonly dataDirectory: string;
  /** Where the audit's seals are written, best on another disk than the database. */
  readonly sealFile: string;
  /** Those of the other servers on the same database: read, so that what they asked counts here. */
  readonly otherSealFiles: readonly string[];
  /** Where the browser finds the screens. */
  readonly publicUrl: string;
  /** Null: made once, and kept in the data directory. */
  readonly authSecret: string | null;
  /** Null: mails wait in the outbox. */
  readonly smtpUrl: string | null;
  /** Where mails come from; empty where none leave. */
  readonly mailFrom: string;
  /** After this time a mail does not go out by itself. */
  readonly mailAgeMaxMs: number;
  /** Connections to the database, at most. */
  readonly pools: Pools;
  /** Bulk runs that this process carries out at a time. */
  readonly runsMax: number;
  /** Addresses and networks of the proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** In production the sandbox is refused as a gateway. */
  readonly production: boolean;
};

const HOUR_MS = 3_600_000;
/** A transaction holds one while it asks for another, here and there. */
const CONNECTIONS = [2, 1_000] as const;

/** All that is wrong with the environment, at once. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not right:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration. Throws a {@link ConfigError} that lists every problem. */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const value = (name: string) => environment[name] || null;
  const url = (name: string, protocols: readonly string[]) => {
    const text = value(name);
    const each = text === null ? [] : hostUrls(text);
    if (each.every((one) => protocols.includes(protocolOf(one)))) return text;
    problems.push(`${name} must be a URL that begins with ${protocols.join('// or ')}//`);
    return null;
  };
  const host = value('HOST') ?? '127.0.0.1';
  const port = Number(value('PORT') ?? 4180);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push('PORT must be a number from 0 to 65535');
  }
  const count = (name: string, usual: number, [least, most]: readonly [number, number]) => {
    const number = Number(value(name) ?? usual);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    problems.push(`${name} must be a number from ${least} to ${most}`);
    return usual;
  };
  const production = value('NODE_ENV') === 'production';
  const authSecret = value('AUTH_SECRET');
  if (authSecret !== null && authSecret.length < 32) {
    problems.push('AUTH_SECRET must have 32 characters or more');
  }
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:']) ?? `http://${host}:${port}`;
  if (production && !publicUrl.startsWith('https:')) {
    problems.push('PUBLIC_URL must be the https:// address of the screens in production');
  }
  const trustedProxies = proxiesOf(value('TRUSTED_PROXIES'), production, problems);
  const dataDirectory = resolve(value('RENKEI_DATA') ?? '.renkei');
  const [sealFile = join(dataDirectory, 'seals.jsonl'), ...otherSealFiles] = (
    value('RENKEI_SEALS') ?? ''
  )
    .split(',')
    .flatMap((file) => (file.trim() === '' ? [] : [resolve(file.trim())]));
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']);
  const mailFrom = value('MAIL_FROM') ?? '';
  if (value('SMTP_URL') !== null && mailFrom === '') {
    problems.push('MAIL_FROM is wanted with SMTP_URL: the address that mails come from');
  } else if (mailFrom !== '' && !/^[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+$/.test(mailFrom)) {
    problems.push('MAIL_FROM must be an e-mail address, like shop@example.jp');
  }
  const config: Config = {
    host,
    port,
    publicUrl,
    authSecret,
    production,
    trustedProxies,
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    dataDirectory,
    pools: {
      people: count('DATABASE_CONNECTIONS', POOLS.people, CONNECTIONS),
      background: count('DATABASE_BACKGROUND_CONNECTIONS', POOLS.background, CONNECTIONS),
      sessions: count('DATABASE_SESSION_CONNECTIONS', POOLS.sessions, CONNECTIONS),
    },
    runsMax: count('BULK_RUNS_MAX', RUNS_MAX, [1, 1_000]),
    sealFile,
    otherSealFiles,
    smtpUrl,
    mailFrom,
    mailAgeMaxMs: count('MAIL_AGE_MAX_HOURS', MAIL_AGE_MAX_MS / HOUR_MS, [1, 8_760]) * HOUR_MS,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The proxies that are named; production is not begun before somebody has said which, or none. */
function proxiesOf(
  text: string | null,
  production: boolean,
  problems: string[],
): readonly string[] {
  if (text === null && production) {
    problems.push(
      'TRUSTED_PROXIES must name the proxies before this server in production, by address or ' +
        'network (10.0.0.5,10.1.0.0/16), or say none: of them alone X-Forwarded-For is believed',
    );
  }
  if (text === null || text.trim() === 'none') return [];
  const named = text.split(',').map((one) => one.trim());
  const wrong = named.filter((one) => !isNetwork(one));
  if (wrong.length === 0) return named;
  problems.push(`TRUSTED_PROXIES: no address and no network: ${wrong.join(', ')}`);
  return [];
}

/** An address, or a network such as 10.1.0.0/16. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  // A network of everybody would believe everybody.
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** The secret that signs cookies: as configured, or made once and kept for our eyes only. */
export async function authSecretOf({ authSecret, dataDirectory }: Config): Promise<string> {
  if (authSecret !== null) return authSecret;
  const file = join(dataDirectory, 'auth-secret');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const made = randomBytes(32).toString('base64url');
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
