import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** The walls of the house, and its tidiness: what a linter cannot know. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILES = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT })
  .toString('utf8')
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|sql|md|json)$/.test(file) && file !== 'package-lock.json');
const SOURCES = FILES.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** What a file imports: paths from the root for files of ours, names for packages. */
function importsOf(file: string): string[] {
  const named =
    /^(?:import|export|\}) .*\bfrom '([^']+)';$|\bimport\('([^']+)'\)|^import '([^']+)';$/gm;
  const found = [...read(file).matchAll(named)].map(([, from, late, bare]) => from ?? late ?? bare);
  return found.flatMap((name) => {
    if (name === undefined) return [];
    if (!name.startsWith('.')) return [name];
    return [relative(ROOT, resolve(ROOT, dirname(file), name))];
  });
}

const inside = (folder: string) => (file: string) => file.startsWith(folder);
const BACKOFFICE = 'backoffice/src';

/** The pure part of operations/: functions from page to page, and the ports. */
const PURE = [
  'operation',
  'protocol',
  'page',
  'judge',
  'accept',
  'timing',
  'gateway',
  'store',
  'perform',
].map((name) => `${BACKOFFICE}/operations/${name}.ts`);

describe('walls', () => {
  test.each([
    ['the domain', inside(`${BACKOFFICE}/domain/`), [`${BACKOFFICE}/domain/`]],
    [
      'the money operation',
      (file: string) => PURE.includes(file),
      [`${BACKOFFICE}/domain/`, `${BACKOFFICE}/operations/`, 'node:crypto'],
    ],
    [
      'the contract',
      inside(`${BACKOFFICE}/contract/`),
      [`${BACKOFFICE}/contract/`, `${BACKOFFICE}/domain/`, 'zod'],
    ],
    [
      'F-REGI’s client',
      inside(`${BACKOFFICE}/fregi/`),
      [
        `${BACKOFFICE}/fregi/`,
        `${BACKOFFICE}/domain/`,
        `${BACKOFFICE}/operations/gateway.ts`,
        `${BACKOFFICE}/rounds.ts`, // stands below everything: it imports nothing
        'node:',
        'zod',
        'encoding-japanese',
      ],
    ],
    ['the sandbox', inside('sandbox/src/'), ['sandbox/src/', 'node:', 'encoding-japanese']],
  ])('%s imports nothing but what stands below it', (_what, belongs, allowed) => {
    const files = SOURCES.filter(belongs);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      for (const name of importsOf(file)) {
        const fine = allowed.some((prefix) => name.startsWith(prefix));
        expect(fine, `${file} imports ${name}`).toBe(true);
      }
    }
  });

  test('the protocol is written twice: sandbox and back office do not know each other', () => {
    for (const file of SOURCES.filter(inside('backoffice/src/'))) {
      expect(importsOf(file).some(inside('sandbox/')), file).toBe(false);
    }
  });

  test('the screens import the contract, and nothing else of the server', () => {
    for (const file of SOURCES.filter(inside('web/src/'))) {
      for (const name of importsOf(file)) {
        expect(name.startsWith('backoffice/'), `${file} imports ${name}`).toBe(false);
        if (name.startsWith('@renkei/')) expect(name).toBe('@renkei/backoffice/contract');
      }
    }
  });

  test('one place asks the gateway', () => {
    const callers = SOURCES.filter(inside(`${BACKOFFICE}/`)).filter((file) =>
      /\bgateway\.ask\(/.test(read(file)),
    );
    expect(callers).toEqual([`${BACKOFFICE}/operations/perform.ts`]);
  });

  test('whole files and whole months are worked through in threads, never on the event loop', () => {
    const LONG = [
      'csv/parse-orders',
      'csv/parse-shipments',
      'orders/import-csv',
      'orders/import-shipments',
      'orders/judge-shipments',
      'reconcile/console-csv',
      'reconcile/import-console-csv',
      'reconcile/match',
      'reconcile/report-csv',
      'reconcile/report-jobs',
      'threads/jobs',
    ].map((name) => `${BACKOFFICE}/${name}.ts`);
    const values = (file: string) =>
      [...read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';$/gm)].map(
        ([, from = '']) => relative(ROOT, resolve(ROOT, dirname(file), from)),
      );
    const onTheLoop = SOURCES.filter(
      (file) =>
        inside(`${BACKOFFICE}/http/`)(file) ||
        inside(`${BACKOFFICE}/operations/`)(file) ||
        file === `${BACKOFFICE}/assemble.ts`,
    );
    for (const file of onTheLoop) {
      expect(
        values(file).filter((name) => LONG.includes(name)),
        file,
      ).toEqual([]);
    }
  });

  test('what time it is, the database says; a server’s own clock is asked nowhere else', () => {
    const asking = SOURCES.filter(inside(`${BACKOFFICE}/`)).filter((file) =>
      /Date\.now\b|new Date\(\)/.test(read(file)),
    );
    expect(asking).toEqual([
      `${BACKOFFICE}/access/auth-store.ts`, // moves better-auth’s instants to the database’s time
      `${BACKOFFICE}/access/auth.ts`,
      `${BACKOFFICE}/audit/anchor.ts`, // writes beside a mark when it was, for a person to read
      `${BACKOFFICE}/http/routes/health.ts`, // measures how wrong it is
    ]);
  });

  test('the domain has no clock and no dice', () => {
    for (const file of [...SOURCES.filter(inside(`${BACKOFFICE}/domain/`)), ...PURE]) {
      const text = read(file);
      expect(text, file).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\./,
      );
    }
  });
});

/** What opens something that has to be closed, and may break while nobody asks it. */
const OPENERS = [
  'createDb',
  'createPool',
  'createServer',
  'createSandbox',
  'createRenkei',
  'startPostgres',
  'keepPostgres',
  'openBrowser',
  'fastify',
  'Fastify',
  'SMTPServer',
  'pg.Pool',
  'pg.Client',
  'chromium.launch',
  'chromium.launchServer',
];

/** Processes of their own, which the tests start and kill. */
const PROGRAMS = [
  'bench/floor-server.ts',
  'bench/renkei-server.ts',
  'bench/stub-gateway.ts',
  'test/crash/server.ts',
];

describe('the kit of the tests', () => {
  const KIT = 'test/kit/';
  const tests = SOURCES.filter((file) =>
    /^(test|bench|(backoffice|sandbox|web)\/test)\//.test(file),
  );
  const outside = tests.filter((file) => !file.startsWith(KIT) && !PROGRAMS.includes(file));

  test('opens all pools, servers, sandboxes and browsers: it hears their errors, and closes them', () => {
    const named = OPENERS.map((name) => name.replace('.', '\\.')).join('|');
    const opening = new RegExp(`(?<![\\w.])(${named})\\(`);
    const bought =
      /^import (?!type).* from '(pg|smtp-server|fastify|playwright-core|.*mailbox.ts)';$/m;
    expect(outside.length).toBeGreaterThan(100);
    const byThemselves = outside.filter((file) => {
      const text = read(file);
      return opening.test(text) || bought.test(text);
    });
    expect(byThemselves).toEqual([]);
  });

  test('imports no suite, and a suite imports no other suite', () => {
    for (const file of tests.filter(inside(KIT))) {
      for (const name of importsOf(file)) expect(suiteOf(name), `${file}: ${name}`).toBeNull();
    }
    for (const file of tests.filter((one) => suiteOf(one) !== null)) {
      const others = importsOf(file)
        .map(suiteOf)
        .filter((suite) => suite !== null);
      for (const suite of others) {
        // The simulation's memory is judged by the contracts of the store.
        expect([suiteOf(file), 'test/sim'], file).toContain(suite);
      }
    }
  });
});

/** The suite that a file of tests belongs to; null for the kit, and for what is no test. */
function suiteOf(file: string): string | null {
  const [, suite] =
    /^(backoffice\/test|sandbox\/test|test\/(?!kit\/)[a-z0-9-]+)\//.exec(file) ?? [];
  return suite ?? null;
}

describe('tidiness', () => {
  test('no file is too long to be read at once', () => {
    for (const file of SOURCES) {
      const lines = read(file).split('\n').length;
      expect(lines, `${file} has ${lines} lines`).toBeLessThanOrEqual(400);
    }
  });

  test('S19: every text of the API is one of contract/text.ts', () => {
    const said = SOURCES.filter(
      (file) =>
        (inside(`${BACKOFFICE}/contract/`)(file) || inside(`${BACKOFFICE}/http/routes/`)(file)) &&
        /\bz\s*\.string\(|\bz\.iso\b|\bz\.coerce\.string/.test(read(file)),
    );
    expect(said).toEqual([
      `${BACKOFFICE}/contract/dates.ts`, // dates and moments, judged there
      `${BACKOFFICE}/contract/text.ts`,
    ]);
  });

  test('nothing is left for later in a comment', () => {
    const leftOver = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX\\b'].join(''));
    for (const file of SOURCES) expect(read(file), file).not.toMatch(leftOver);
  });

  test('nothing binds to other than loopback', () => {
    const everywhere = new RegExp(`['"\`](0${'.0'.repeat(3)}|${':'.repeat(2)})['"\`]`);
    for (const file of SOURCES) expect(read(file), file).not.toMatch(everywhere);
  });

  test('the lockfile names no download host', () => {
    const resolved = [...read('package-lock.json').matchAll(/"resolved": "([^"]+)"/g)];
    expect(resolved.map(([, place]) => place)).toEqual(['backoffice', 'sandbox', 'web']);
  });

  test('every migration is numbered, and none is left out', () => {
    const names = FILES.filter((file) => file.endsWith('.sql')).map((file) =>
      file.split('/').pop(),
    );
    names.sort().forEach((name, index) => {
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(3, '0')}-[a-z0-9-]+\\.sql$`));
    });
  });

  test('what the README tells to run can be run', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, name] of read('README.md').matchAll(/npm run ([a-z]+)/g)) {
      expect(Object.keys(scripts)).toContain(name);
    }
  });

  test('every link from one document to another leads somewhere', () => {
    for (const file of FILES.filter((name) => name.endsWith('.md'))) {
      for (const [, target] of read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
        const path = relative(ROOT, resolve(ROOT, dirname(file), target ?? ''));
        const there = existsAt(path);
        expect(there, `${file} links to ${target}`).toBe(true);
      }
    }
  });
});

function existsAt(path: string): boolean {
  return FILES.some((file) => file === path || file.startsWith(`${path}/`)) || isOther(path);
}

/** Pictures, licences and the like, which are not read here. */
function isOther(path: string): boolean {
  const all = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT });
  return all
    .toString('utf8')
    .split('\n')
    .some((file) => file === path || file.startsWith(path));
}
