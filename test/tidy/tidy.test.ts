import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LONG_FILES, longFunctionsOf, statefulOf, TABLES } from './functions.ts';
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
    /^(test|bench|(core|contract|server|sandbox|web)\/test)\//.test(file),
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
  const [, suite] =
    /^((?:core|contract|server|sandbox)\/test|test\/(?!kit\/)[a-z0-9-]+)\//.exec(file) ?? [];
  return suite ?? null;
}

describe('tidiness', () => {
  test('a file has at most 250 lines, a test or a table 400; a longer file may only get shorter', () => {
    const found: Record<string, number> = {};
    for (const file of SOURCES) {
      const lines = read(file).trimEnd().split('\n').length;
      expect(lines, `${file} has ${lines} lines`).toBeLessThanOrEqual(400);
      const isCode = !file.endsWith('.test.ts') && !TABLES.some((one) => file.startsWith(one));
      if (isCode && lines > 250) found[file] = lines;
    }
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(LONG_FILES).toSorted());
    for (const [file, lines] of Object.entries(found)) {
      expect(lines, `${file} has grown`).toBeLessThanOrEqual(LONG_FILES[file] ?? 0);
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

  test('queries are parsed at the edge, and no code below compares a text with true or splits a list', () => {
    const below = SOURCES.filter(
      (file) =>
        inside('server/src/')(file) || inside('web/src/')(file) || inside('core/src/')(file),
    );
    const truths = below.filter((file) => /[!=]== '(true|false)'/.test(read(file)));
    expect(truths).toEqual(['web/src/app/url-text.ts']); // the edge of the screens
    const lists = below.filter((file) => /\.split\(','\)/.test(read(file)));
    expect(lists).toEqual([
      'server/src/config.ts', // the environment
      'server/src/mail/variables.ts', // a shop's template
      'server/src/store/db/hosts.ts', // the database's address
    ]);
    const coerced = SOURCES.filter((file) => /\bz\s*\.coerce\b/.test(read(file)));
    expect(coerced).toEqual([]); // '' is not 0, and '1e3' is not 1,000
  });

  test('the screens import no schema: their values come from files of the contract without zod', () => {
    const contract = SOURCES.filter(inside('contract/src/'));
    const named = SOURCES.filter(inside('web/src/')).flatMap((file) =>
      [...read(file).matchAll(/^import \{([^}]*)\} from '@renkei\/contract';$/gm)].flatMap(
        ([, names = '']) => names.split(/,\s*/).map((name) => name.trim()),
      ),
    );
    const values = new Set(named.filter((name) => name !== '' && !name.startsWith('type ')));
    expect(values.size).toBeGreaterThan(20);
    const within = contract.filter(
      (file) =>
        importsOf(file).includes('zod') &&
        [...values].some((name) =>
          new RegExp(`^export (const|function) ${name}\\b`, 'm').test(read(file)),
        ),
    );
    expect(within).toEqual([]);
  });

  test('a function has at most 60 lines', () => {
    expect(SOURCES.flatMap((file) => longFunctionsOf(file, 60))).toEqual([]);
  });

  test('a cursor, an id, EUC-JP, an open state and the key of a run’s row stand in one place each', () => {
    const once: readonly (readonly [what: RegExp, place: string])[] = [
      [/edgeProblem\('bad_cursor'/, 'server/src/http/errors.ts'],
      [/z\.object\(\{ id: z\.uuid\(\) \}\)/, 'server/src/http/params.ts'],
      [/z\.object\(\{ orderNumber: orderNumberSchema \}\)/, 'server/src/http/params.ts'],
      [/TextDecoder\('euc-jp'/, 'server/src/fregi/euc-jp.ts'],
      [/'asking', 'confirming', 'unknown', 'review'/, 'core/src/domain/order/states.ts'],
      [/'run:' \|\|/, 'server/src/store/runs/row-key.ts'],
      [/\{ kind: 'system', id: 'renkei'/, 'core/src/turns/operation.ts'],
    ];
    const code = SOURCES.filter((file) => /^(core|server)\/src\//.test(file));
    for (const [what, place] of once) {
      const found = code.filter((file) => what.test(read(file)));
      expect(found, `${what}`).toEqual([place]);
    }
  });

  test('a folder of the house holds at most 18 files: more are cut by subject', () => {
    const house = SOURCES.filter(
      (file) => /^(demo|[a-z]+\/src)\//.test(file) && !inside('web/src/locale/')(file),
    );
    const counted = Map.groupBy(house, (file) => file.slice(0, file.lastIndexOf('/')));
    const full = [...counted].filter(([, files]) => files.length > 18).map(([folder]) => folder);
    expect(full).toEqual([]);
  });

  test('only cache.ts replaces or joins a read of the screens', () => {
    const writers = SOURCES.filter(
      (file) => inside('web/src/')(file) && /setQueryData|fetchQuery\(/.test(read(file)),
    );
    expect(writers).toEqual(['web/src/api/cache.ts']);
  });

  test('state lives in a class: a function that makes an object keeps none, and create… inserts no row', () => {
    const found = SOURCES.filter((file) => /^(demo|[a-z]+\/src)\//.test(file)).flatMap(statefulOf);
    expect(found).toEqual([]);
    expect(statefulOf('test/sim/random.ts')).toEqual(['test/sim/random.ts createRandom']);
  });

  test('a screen changes a part of its state from the state of the moment', () => {
    const screens = SOURCES.filter(inside('web/src/'));
    const stale = screens.filter((file) =>
      /\bset[A-Z]\w*\((\{ \.\.\.|\[\.\.\.|new (Map|Set)\(\w)/.test(read(file)),
    );
    expect(stale).toEqual([]);
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
    expect(found).toEqual([
      'core/src/domain/commands/confirmation.ts',
      'core/src/domain/transaction/link.ts',
    ]);
  });

  test('no file exports a function “then”: an import of it would wait for ever', () => {
    const thenable = /^export (async )?(function|const) then\b/m;
    expect(SOURCES.filter((file) => thenable.test(read(file)))).toEqual([]);
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
