import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { Directory } from './access/directory.ts';
import { type Environment, Given } from './given.ts';
import { isThisMachine } from './loopback.ts';
import { hostUrls } from './store/db/hosts.ts';
import { POOLS, type Pools } from './store/db/pools.ts';
import { MAIL_AGE_MAX_MS } from './store/mails/late-mails.ts';
import { RUNS_MAX } from './workers/bulk.ts';

/** The configuration: the environment, read once and checked as a whole. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Null: the embedded PostgreSQL, in the data directory. */
  readonly databaseUrl: string | null;
  /** The directory of the embedded database and of generated secrets. */
  readonly dataDirectory: string;
  /** The file of the audit's seals, best on another disk than the database. */
  readonly sealFile: string;
  /**
   * The seal files of the other servers on the same database, which this server reads so that their
   * asks count here.
   */
  readonly otherSealFiles: readonly string[];
  /** The address of the screens for the browser. */
  readonly publicUrl: string;
  /** Null: a secret is made once and kept in the data directory. */
  readonly authSecret: string | null;
  /** Null: mails wait in the outbox. */
  readonly smtpUrl: string | null;
  /** The sender's address of mails; empty if no mails leave. */
  readonly mailFrom: string;
  /** A mail that waits longer, in milliseconds, does not go out by itself. */
  readonly mailAgeMaxMs: number;
  /** The most connections to the database. */
  readonly pools: Pools;
  /** True: turns of different shops share no statement, for a database that keeps shops apart. */
  readonly batchesWithinShop: boolean;
  /** The most bulk runs of this process at a time. */
  readonly runsMax: number;
  /** Addresses and networks of the proxies whose X-Forwarded-For the server believes. */
  readonly trustedProxies: readonly string[];
  /** The secret of whoever reads /metrics; null: nobody may in production, everybody elsewhere. */
  readonly metricsToken: string | null;
  /** Seconds without a turn of the event loop after which the process is killed; 0: never. */
  readonly watchdogS: number;
  /** Where a weakness is reported, in security.txt; null: there is no such file. */
  readonly securityContact: string | null;
  /** The company directory in which people may sign in; null: none. */
  readonly directory: Directory | null;
  /** Where the audit log goes as OpenTelemetry logs over HTTP; null: nowhere. */
  readonly auditStream: AuditStream | null;
  /** In production the server refuses the sandbox as a gateway. */
  readonly production: boolean;
};

const HOUR_MS = 3_600_000;
/** Far beyond any turn of ours: files and months are read in processes of their own. */
const WATCHDOG_S = 30;
/** At least two, because some transactions hold one connection and need another. */
const CONNECTIONS = [2, 1_000] as const;

/** All configuration errors together. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the configuration. Throws a {@link ConfigError} that lists every problem. */
export function readConfig(environment: Environment): Config {
  const given = new Given(environment);
  const host = given.text('HOST') ?? '127.0.0.1';
  const port = given.number('PORT', 4180, [0, 65_535]);
  const production = given.text('NODE_ENV') === 'production';
  const dataDirectory = resolve(given.text('RENKEI_DATA') ?? '.renkei');
  const config: Config = {
    host,
    port,
    publicUrl: publicUrlOf(given, production) ?? `http://${host}:${port}`,
    authSecret: secretOf(given, 'AUTH_SECRET'),
    production,
    trustedProxies: proxiesOf(given, production),
    databaseUrl: databaseOf(given, production),
    metricsToken: secretOf(given, 'METRICS_TOKEN'),
    securityContact: given.url('SECURITY_CONTACT', ['mailto:', 'https:']),
    dataDirectory,
    pools: {
      people: given.number('DATABASE_CONNECTIONS', POOLS.people, CONNECTIONS),
      background: given.number('DATABASE_BACKGROUND_CONNECTIONS', POOLS.background, CONNECTIONS),
      sessions: given.number('DATABASE_SESSION_CONNECTIONS', POOLS.sessions, CONNECTIONS),
    },
    watchdogS: given.number('WATCHDOG_SECONDS', WATCHDOG_S, [0, 3_600]),
    batchesWithinShop: given.number('BATCHES_WITHIN_SHOP', 0, [0, 1]) === 1,
    runsMax: given.number('BULK_RUNS_MAX', RUNS_MAX, [1, 1_000]),
    auditStream: auditStreamOf(given, production),
    directory: directoryOf(given, production),
    ...sealFilesOf(given, dataDirectory),
    ...mailOf(given),
  };
  if (given.problems.length > 0) throw new ConfigError(given.problems);
  return config;
}

function publicUrlOf(given: Given, production: boolean): string | null {
  const url = given.url('PUBLIC_URL', ['http:', 'https:']);
  if (production && !url?.startsWith('https:')) {
    given.problems.push('PUBLIC_URL must be the https:// address of the screens in production');
  }
  return url;
}

function secretOf(given: Given, name: 'AUTH_SECRET' | 'METRICS_TOKEN'): string | null {
  const secret = given.text(name);
  if (secret !== null && secret.length < 32) {
    given.problems.push(`${name} must have 32 characters or more`);
  }
  return secret;
}

/** Customers' data and sessions do not cross a network in clear (ASVS 12.3.1). */
function databaseOf(given: Given, production: boolean): string | null {
  const url = given.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const isOpen = (one: string) => {
    if (!URL.canParse(one)) return false;
    const { hostname, searchParams } = new URL(one);
    const host = searchParams.get('host') ?? hostname;
    return !isThisMachine(host) && searchParams.get('sslmode') !== 'verify-full';
  };
  if (production && url !== null && hostUrls(url).some(isOpen)) {
    given.problems.push(
      'DATABASE_URL must say sslmode=verify-full in production, because the database is on another machine',
    );
  }
  return url;
}

/** A collector of OpenTelemetry logs over HTTP, such as a SIEM. */
export type AuditStream = {
  readonly url: string;
  /** Sent as a bearer token; null: none. */
  readonly token: string | null;
};

/** The log names people and their addresses, so it crosses no network in clear. */
function auditStreamOf(given: Given, production: boolean): AuditStream | null {
  const url = given.url('AUDIT_STREAM_URL', ['http:', 'https:']);
  const token = given.text('AUDIT_STREAM_TOKEN');
  if (url === null) {
    if (token !== null) given.problems.push('AUDIT_STREAM_TOKEN needs AUDIT_STREAM_URL');
    return null;
  }
  if (production && url.startsWith('http:') && !isThisMachine(new URL(url).hostname)) {
    given.problems.push(
      'AUDIT_STREAM_URL must be an https:// address in production, unless it is this machine’s',
    );
  }
  return { url, token };
}

/** OpenID Connect: whoever the directory names comes in, so nothing of it crosses a network in clear. */
function directoryOf(given: Given, production: boolean): Directory | null {
  const issuer = given.url('OIDC_ISSUER', ['http:', 'https:']);
  const clientId = given.text('OIDC_CLIENT_ID');
  const clientSecret = given.text('OIDC_CLIENT_SECRET');
  const name = given.text('OIDC_NAME');
  if ([issuer, clientId, clientSecret, name].every((part) => part === null)) return null;
  if (issuer === null || clientId === null || clientSecret === null || name === null) {
    given.problems.push(
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME go together',
    );
    return null;
  }
  if (production && issuer.startsWith('http:')) {
    given.problems.push('OIDC_ISSUER must be an https:// address in production');
  }
  return { issuer, clientId, clientSecret, name };
}

/** Returns our own file of seals first, then those of the other servers. */
function sealFilesOf(
  given: Given,
  dataDirectory: string,
): Pick<Config, 'sealFile' | 'otherSealFiles'> {
  const named = (given.text('RENKEI_SEALS') ?? '').split(',').map((file) => file.trim());
  const files = named.filter((file) => file !== '').map((file) => resolve(file));
  const [sealFile = join(dataDirectory, 'seals.jsonl'), ...otherSealFiles] = files;
  return { sealFile, otherSealFiles };
}

function mailOf(given: Given): Pick<Config, 'smtpUrl' | 'mailFrom' | 'mailAgeMaxMs'> {
  const mailFrom = given.text('MAIL_FROM') ?? '';
  if (given.text('SMTP_URL') !== null && mailFrom === '') {
    given.problems.push('MAIL_FROM is required with SMTP_URL: the sender’s address of mails');
  } else if (mailFrom !== '' && !/^[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+$/.test(mailFrom)) {
    given.problems.push('MAIL_FROM must be an e-mail address, like shop@example.jp');
  }
  const smtpUrl = given.url('SMTP_URL', ['smtp:', 'smtps:']);
  if (/rejectUnauthorized|ignoreTLS/i.test(smtpUrl ?? '')) {
    given.problems.push('SMTP_URL must not switch off the check of the mail server’s certificate');
  }
  const hours = given.number('MAIL_AGE_MAX_HOURS', MAIL_AGE_MAX_MS / HOUR_MS, [1, 8_760]);
  return {
    smtpUrl,
    mailFrom,
    mailAgeMaxMs: hours * HOUR_MS,
  };
}

/** Returns the proxies; in production the setting must name them, or say that there are none. */
function proxiesOf(given: Given, production: boolean): readonly string[] {
  const text = given.text('TRUSTED_PROXIES');
  if (text === null && production) {
    given.problems.push(
      'TRUSTED_PROXIES must name the proxies before this server in production, by address or ' +
        'network (10.0.0.5,10.1.0.0/16), or say none: Renkei believes X-Forwarded-For only of them',
    );
  }
  if (text === null || text.trim() === 'none') return [];
  const named = text.split(',').map((one) => one.trim());
  const wrong = named.filter((one) => !isNetwork(one));
  if (wrong.length === 0) return named;
  given.problems.push(`TRUSTED_PROXIES: neither an address nor a network: ${wrong.join(', ')}`);
  return [];
}

/** True for an address, or a network such as 10.1.0.0/16. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  // A network of all addresses would believe everybody.
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}
