import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LONG, longFunctionsOf, statefulOf } from './functions.ts';
import { FILES, importsOf, inside, isThere, ROOT, read, SOURCES } from './sources.ts';

/** The tidiness of the house: the rules that a linter cannot know. */

/** Functions that open something with a close; it may break while nobody calls it. */
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

/** Programs in processes of their own, which the tests start and kill. */
const PROGRAMS = [
  'bench/files.ts',
  'bench/floor-server.ts',
  'bench/renkei-server.ts',
  'bench/stub-gateway.ts',
  'test/crash/server.ts',
];

describe('the kit of the tests', () => {
  const KIT = 'test/kit/';
  const tests = SOURCES.filter((file) =>
    /^(test|bench|(core|server|sandbox|web)\/test)\//.test(file),
  );
  const outside = tests.filter((file) => !file.startsWith(KIT) && !PROGRAMS.includes(file));

  test('the kit opens all pools, servers, sandboxes and browsers, so it hears their errors and closes them', () => {
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

  test('the kit imports no suite, and a suite imports no other suite', () => {
    for (const file of tests.filter(inside(KIT))) {
      for (const name of importsOf(file)) expect(suiteOf(name), `${file}: ${name}`).toBeNull();
    }
    for (const file of tests.filter((one) => suiteOf(one) !== null)) {
      const others = importsOf(file)
        .map(suiteOf)
        .filter((suite) => suite !== null);
      for (const suite of others) {
        // The store's contracts also judge the simulation's memory; pages come from the core's
        // tests.
        expect([suiteOf(file), 'test/sim', 'core/test'], file).toContain(suite);
      }
    }
  });
});

/** Returns the suite of a test file; null for the kit and for other files. */
function suiteOf(file: string): string | null {
  const [, suite] = /^((?:core|server|sandbox)\/test|test\/(?!kit\/)[a-z0-9-]+)\//.exec(file) ?? [];
  return suite ?? null;
}

describe('tidiness', () => {
  test('no file is longer than a person can read at once', () => {
    for (const file of SOURCES) {
      const lines = read(file).split('\n').length;
      expect(lines, `${file} has ${lines} lines`).toBeLessThanOrEqual(400);
    }
  });

  test('S19: every text of the API comes from contract/text.ts', () => {
    const said = SOURCES.filter(
      (file) =>
        (inside('contract/src/')(file) || inside('server/src/http/routes/')(file)) &&
        /\bz\s*\.string\(|\bz\.iso\b|\bz\.coerce\.string/.test(read(file)),
    );
    expect(said).toEqual([
      'contract/src/dates.ts', // it judges dates and instants itself
      'contract/src/text.ts',
    ]);
  });

  test('a function has at most 60 lines; a longer one of today may only get shorter', () => {
    const found = SOURCES.flatMap((file) => longFunctionsOf(file, 60));
    expect(found.toSorted()).toEqual(Object.keys(LONG).toSorted());
    for (const [name, most] of Object.entries(LONG)) {
      const [file = ''] = name.split(' ');
      expect(longFunctionsOf(file, most), `${name} has grown`).not.toContain(name);
    }
  });

  test('state lives in a class: a function that makes an object keeps none; create… inserts no row', () => {
    const found = SOURCES.filter((file) => /^(demo|[a-z]+\/src)\//.test(file)).flatMap(statefulOf);
    expect(found).toEqual([]);
    expect(statefulOf('test/sim/random.ts')).toEqual(['test/sim/random.ts createRandom']);
  });

  test('no literal is spread, because the compiler does not check its properties', () => {
    for (const file of SOURCES)
      expect(read(file), file).not.toMatch(/\.\.\.[{[] ?[a-zA-Z]\w*[,: ]/);
  });

  test('C6, S2: only link.ts says what a state is, and only confirmation.ts which digits are typed', () => {
    const spelled =
      /startsWith\('(captured|refunded)|=== '(captured|refunded)_(un)?transmitted' \|\||slice\(-4\)/;
    const found = SOURCES.filter(
      (file) => !inside('sandbox/')(file) && !file.includes('test/') && spelled.test(read(file)),
    );
    expect(found).toEqual(['core/src/domain/confirmation.ts', 'core/src/domain/link.ts']);
  });

  test('no comment leaves work for later', () => {
    const leftOver = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX\\b'].join(''));
    for (const file of SOURCES) expect(read(file), file).not.toMatch(leftOver);
  });

  test('no server binds to an address other than loopback', () => {
    const everywhere = new RegExp(`['"\`](0${'.0'.repeat(3)}|${':'.repeat(2)})['"\`]`);
    for (const file of SOURCES) expect(read(file), file).not.toMatch(everywhere);
  });

  test('the lockfile names no download host', () => {
    const resolved = [...read('package-lock.json').matchAll(/"resolved": "([^"]+)"/g)];
    expect(resolved.map(([, place]) => place)).toEqual([
      'contract',
      'core',
      'sandbox',
      'server',
      'web',
    ]);
  });

  test('every migration is numbered, and no number is missing', () => {
    const names = FILES.filter((file) => file.endsWith('.sql')).map((file) =>
      file.split('/').pop(),
    );
    names.sort().forEach((name, index) => {
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(3, '0')}-[a-z0-9-]+\\.sql$`));
    });
  });

  test('every `npm run` command of the README exists', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, name] of read('README.md').matchAll(/npm run ([a-z]+)/g)) {
      expect(Object.keys(scripts)).toContain(name);
    }
  });

  test('every link from one document to another leads somewhere', () => {
    for (const file of FILES.filter((name) => name.endsWith('.md'))) {
      for (const [, target] of read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
        const path = relative(ROOT, resolve(ROOT, dirname(file), target ?? ''));
        expect(isThere(path), `${file} links to ${target}`).toBe(true);
      }
    }
  });
});
