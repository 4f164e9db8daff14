import { expect, test } from 'vitest';
import {
  PASTED_MAX,
  RUN_ROWS_MAX,
  SEARCH_MAX,
  SELECTION_MAX,
  SESSION_HOURS,
  SESSION_IDLE_MINUTES,
} from '../../contract/src/limits.ts';
import { PERMISSIONS } from '../../core/src/domain/commands/permissions.ts';
import { faultOf } from '../../server/src/access/passwords.ts';
import { CSV_BYTES_MAX } from '../../server/src/csv/text/decode.ts';
import { FREGI_BASE_URL } from '../../server/src/fregi/hosts.ts';
import { AUTH_PATHS } from '../../server/src/http/routes/account/auth.ts';
import { POOLS } from '../../server/src/store/db/pools.ts';
import { FILES, read, SOURCES } from './sources.ts';

/** `docs/security.md` says what the code holds: a figure that changes in one changes in the other. */
const DOCUMENT = read('docs/security.md');

/** The part under a heading, up to the next of the same depth or above. */
function part(heading: string): string {
  const [head = ''] = DOCUMENT.split('\n').filter((line) => line.endsWith(heading));
  const [, text = ''] = DOCUMENT.split(`\n${head}\n`);
  const depth = /^#+/.exec(head)?.[0].length ?? 0;
  return text.split(new RegExp(`\n#{1,${depth}} `))[0] ?? '';
}

/** A number of the code: `const NAME = 4;` or `= 24 * 60`. */
function constant(file: string, name: string): number {
  const [, text = ''] = new RegExp(`\\b${name}\\b[^=\n]*= ([\\d_* ]+)`).exec(read(file)) ?? [];
  const product = text
    .split('*')
    .reduce((value, factor) => value * Number(factor.replaceAll('_', '')), 1);
  expect(product, `${file}: ${name}`).toBeGreaterThan(0);
  return product;
}

const grouped = (number: number) => number.toLocaleString('en');

test('ASVS 2.1.3: the limits of the business are those of the code', () => {
  const limits = part('Limits (V2.1.3)');
  const server = 'server/src/http/server.ts';
  for (const text of [
    `${constant(server, 'BODY_LIMIT') / 1024 ** 2} MiB, ${constant('server/src/http/guard.ts', 'DEPTH_MAX')} levels`,
    `${constant(server, 'ARRIVE_MS') / 1_000} seconds to arrive`,
    `${grouped(SEARCH_MAX)}; ${grouped(PASTED_MAX)} characters`,
    `${grouped(RUN_ROWS_MAX)}; ${grouped(SELECTION_MAX)} |`,
    `| ${POOLS.people / 2}; others wait at most ${constant('server/src/http/read-turns.ts', 'WAIT_MS') / 1_000} seconds`,
    `1 of a shop, ${constant('server/src/http/file-seats.ts', 'FILES_MAX')} of all shops`,
    `one person | ${constant('server/src/http/stream-seats.ts', 'STREAMS_MAX')} |`,
  ]) {
    expect(limits).toContain(text);
  }
});

test('ASVS 5.1.1: files, their sizes and their treatment are those of the code', () => {
  const files = part('Files (V5.1)');
  expect(files).toContain(`${CSV_BYTES_MAX / 1024 ** 2} MiB`);
  expect(files).toContain(
    `${grouped(constant('server/src/assembly/api.ts', 'JOB_MEMORY_MB'))} MiB of memory`,
  );
  expect(constant('server/src/assembly/api.ts', 'FILE_MS')).toBe(600_000);
  const taking = SOURCES.filter((file) => file.startsWith('server/src/http/routes/')).flatMap(
    (file) => [...read(file).matchAll(/^ {4}file: /gm)],
  );
  expect(taking).toHaveLength(3);
  expect(files).toContain('Three routes take a file');
});

test('ASVS 6.1.1: the defence against guesses is that of the code', () => {
  const guesses = part('Guesses (V6.1.1)');
  const tries = 'server/src/access/sign-in-tries.ts';
  for (const text of [
    `After ${constant(tries, 'FREE_OF_ACCOUNT')} wrong passwords`,
    `after ${constant(tries, 'FREE_OF_ADDRESS')} an address`,
    `${constant(tries, 'FIRST_WAIT_S')} seconds at first`,
    `${constant(tries, 'LONGEST_WAIT_S') / 60} minutes at most`,
    `forgotten after ${constant(tries, 'FORGOTTEN_H')} hours`,
    `within ${constant(tries, 'PLACES_DAYS')} days`,
  ]) {
    expect(guesses).toContain(text);
  }
  expect(read('server/src/access/auth-settings.ts')).toContain('{ window: 60, max: 10 }');
  expect(guesses).toContain('10 times a minute');
  const resets = read('server/src/http/routes/account/resets.ts');
  expect(resets).toContain('FROM_ADDRESS = { window: 600, max: 20 }');
  expect(resets).toContain('TO_ACCOUNT = { window: 3_000, max: 3 }');
  expect(guesses).toContain(
    'at most 3 times in 50 minutes to one person, and takes 20 tries in 10 minutes',
  );
});

test('ASVS 6.1.2, 6.2.11: each kind of word that the document names is refused as a password', () => {
  const words = part('Words that a password must not rest on (V6.1.2)');
  const known = {
    'the mail address': 'hanako@bunguten.example',
    "the person's name": '高橋はなこたろう',
    "the names and ids of the person's shops": 'hanamichi',
  };
  for (const [kind, word] of Object.entries({ '`renkei`': 'renkei', ...known })) {
    expect(words).toContain(kind);
    expect(faultOf(`${word}!2x`, Object.values(known)), kind).toBe('password_personal');
  }
});

test('ASVS 6.1.3: every way to sign in is documented, and no other is', () => {
  const ways = part('Ways in (V6.1.3)');
  for (const { path } of AUTH_PATHS) expect(ways).toContain(`\`${path}\``);
  const open = ['/v1/password-resets', '/v1/invitations/accept'];
  const inside = ['/v1/account/passkeys/offer', '/v1/account/passkeys/removal'];
  const paths = [...ways.matchAll(/`(\/[\w/-]+)`/g)].map(([, path]) => path);
  expect(new Set(paths)).toEqual(
    new Set([...AUTH_PATHS.map(({ path }) => path), ...open, ...inside]),
  );
});

const RULES = 'server/src/store/db/migrations/047-changed-accounts.sql';

test('ASVS 7.1.1, 7.1.2: the times of sessions are those of the code', () => {
  const sessions = part('Sessions (V7.1)');
  const usual = (column: string) =>
    new RegExp(`${column} int not null default (\\d+)`).exec(read(RULES))?.[1];
  const { min, max } = SESSION_IDLE_MINUTES;
  for (const text of [
    `${usual('session_hours')} hours after the sign-in`,
    `${usual('session_idle_minutes')} minutes in which the person did nothing`,
    `${SESSION_HOURS.min} to ${SESSION_HOURS.max} hours and ${min} to ${max} minutes`,
    'any number of sessions',
  ]) {
    expect(sessions).toContain(text);
  }
});

test('ASVS 7.1.3: the session beside the one at the directory is documented', () => {
  expect(part('Sessions (V7.1)')).toContain('**Federation** (V7.1.3): one directory at most');
  const config = read('server/src/config.ts');
  expect([...config.matchAll(/given\.url\('OIDC_ISSUER'/g)]).toHaveLength(1);
});

test('ASVS 8.1.1: the table of roles has every permission', () => {
  const [, table = ''] = read('ARCHITECTURE.md').split('<!-- generated: roles -->');
  for (const permission of PERMISSIONS) expect(table).toContain(`| \`${permission}\` |`);
  expect(part('Who may do what (V8.1)')).toContain('](../ARCHITECTURE.md)');
});

test('ASVS 11.1.2: the inventory of cryptography has every place of it', () => {
  const keys = part('Keys (V11.1)');
  const using = SOURCES.filter((file) => file.startsWith('server/src/')).filter((file) =>
    /from '(node:crypto|better-auth\/crypto|@simplewebauthn\/server)'/.test(read(file)),
  );
  const places = [...keys.matchAll(/`(server\/src\/[\w./-]+)`/g)].map(([, place = '']) => place);
  const isIn = (file: string) => (place: string) => file === place || file.startsWith(`${place}/`);
  expect(using.filter((file) => !places.some(isIn(file)))).toEqual([]);
  expect(places.filter((place) => !using.some((file) => isIn(file)(place)))).toEqual([]);
});

test('ASVS 13.1.1: every connection is documented', () => {
  const connections = part('Connections (V13.1)');
  for (const url of Object.values(FREGI_BASE_URL)) expect(connections).toContain(url);
  for (const setting of [
    'DATABASE_URL',
    'SMTP_URL',
    'HOST',
    'PORT',
    'AUDIT_STREAM_URL',
    'OIDC_ISSUER',
  ]) {
    expect(connections).toContain(`\`${setting}\``);
    expect(read('server/src/config.ts')).toContain(`'${setting}'`);
  }
  const callers = SOURCES.filter((file) => file.startsWith('server/src/')).filter((file) =>
    /\bfetch\(|createTransport\(|genericOAuth\(|from 'node:(http|https|net|tls|dns)'/.test(
      read(file),
    ),
  );
  const known =
    /^server\/src\/(fregi\/|mail\/smtp|embedded\/|store\/db\/|config|http\/|access\/|loopback|workers\/audit\/streamer)/;
  expect(callers.filter((file) => !known.test(file))).toEqual([]);
});

test('ASVS 16.1.1: the inventory of logs has every table that is only added to', () => {
  const logs = part('Logs (V16.1)');
  const trigger = /create trigger \w+_append_only\s+before update or delete on (\w+)/g;
  const made = FILES.filter((file) => file.endsWith('.sql')).flatMap((file) =>
    [...read(file).matchAll(trigger)].map(([, table = '']) => table),
  );
  const tables = new Set(made.map((table) => (table === 'settings_log' ? 'shop_log' : table)));
  expect(tables.size).toBeGreaterThanOrEqual(10);
  expect([...tables].filter((table) => !logs.includes(`\`${table}\``))).toEqual([]);
});
