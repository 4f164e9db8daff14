import { describe, expect, test } from 'vitest';
import { circlesOf, importsOf, inside, read, SOURCES, valuesOf } from './sources.ts';

/**
 * The floors of the house, from the ground up. A file imports from its own floor and from those
 * below. The longest matching name counts.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['core/src/domain/'],
  ['core/src/turns/'],
  ['core/src/ports/'],
  ['core/src/'],
  ['contract/src/'],
  ['server/src/disks.ts', 'server/src/loopback.ts', 'server/src/workers/rounds.ts'],
  [
    'server/src/fregi/',
    'server/src/csv/',
    'server/src/audit/',
    'server/src/mail/',
    'server/src/embedded/',
    'server/src/places.ts',
  ],
  ['server/src/store/'],
  ['server/src/access/', 'server/src/services/', 'server/src/jobs/'],
  ['server/src/workers/', 'server/src/config.ts', 'server/src/given.ts', 'server/src/secrets.ts'],
  ['server/src/http/', 'server/src/admin/'],
  ['server/src/'],
];

const floorOf = (file: string): number | null => {
  const [best] = FLOORS.flatMap((names, floor) =>
    names.filter((name) => file.startsWith(name)).map((name) => ({ name, floor })),
  ).sort((a, b) => b.name.length - a.name.length);
  return best?.floor ?? null;
};

const CODE = SOURCES.filter((file) => !file.endsWith('.test.ts'));
const CORE = SOURCES.filter(inside('core/src/'));

describe('walls', () => {
  test('a file imports only from its own floor and from those below', () => {
    const upward = CODE.flatMap((file) =>
      importsOf(file)
        .filter((name) => (floorOf(name) ?? -1) > (floorOf(file) ?? Number.POSITIVE_INFINITY))
        .map((name) => `${file} imports ${name}`),
    );
    expect(upward).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(circlesOf(SOURCES)).toEqual([]);
  });

  test('the core imports only itself: no package, no node, no input and no output', () => {
    expect(CORE.length).toBeGreaterThan(60);
    for (const file of CORE) {
      for (const name of importsOf(file)) {
        expect(name.startsWith('core/src/'), `${file} imports ${name}`).toBe(true);
      }
    }
  });

  test('the core has no clock and no dice', () => {
    for (const file of CORE) {
      expect(read(file), file).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\.|setTimeout|process\./,
      );
    }
  });

  test('the contract imports only the core and zod', () => {
    for (const file of SOURCES.filter(inside('contract/src/'))) {
      for (const name of importsOf(file)) {
        const isBelow = ['contract/src/', 'core/src/domain/'].some((floor) =>
          name.startsWith(floor),
        );
        expect(isBelow || name === 'zod', `${file} imports ${name}`).toBe(true);
      }
    }
  });

  test('sandbox and server do not import each other, because each writes the protocol itself', () => {
    for (const file of SOURCES.filter(inside('sandbox/src/'))) {
      for (const name of importsOf(file)) {
        const isOwn = ['sandbox/src/', 'node:', 'encoding-japanese'];
        expect(
          isOwn.some((start) => name.startsWith(start)),
          `${file} imports ${name}`,
        ).toBe(true);
      }
    }
    for (const file of CODE.filter(inside('server/src/'))) {
      expect(importsOf(file).some(inside('sandbox/')), file).toBe(false);
    }
  });

  test('of our code the screens import only the contract, by its door', () => {
    for (const file of SOURCES.filter(inside('web/src/'))) {
      for (const name of importsOf(file)) {
        const isOther = /^(core|server|sandbox|contract)\//.test(name);
        expect(isOther && name !== 'contract/src/index.ts', `${file} imports ${name}`).toBe(false);
      }
    }
  });

  test('no permission is named outside of the core: a route declares a deed, and the core decides', () => {
    const permission = /'(orders|payments|imports|settings|attention|reconciliation|activity):\w+'/;
    const named = CODE.filter((file) => /^\w+\/src\//.test(file) && permission.test(read(file)));
    expect(named).toEqual(['core/src/domain/commands/permissions.ts']);
  });

  test('no query spells out a group of states: open, due, live and captured come from the core', () => {
    const spelled = /in \('(asking|unknown|review|authorized|captured)|like 'captured/;
    const naming = CODE.filter(inside('server/src/')).filter((file) => spelled.test(read(file)));
    expect(naming).toEqual([]);
  });

  test('only one place asks the gateway', () => {
    const callers = [...CORE, ...SOURCES.filter(inside('server/src/'))].filter((file) =>
      /\bgateway\.ask\(/.test(read(file)),
    );
    expect(callers).toEqual(['core/src/perform.ts']);
  });

  test('every call to F-REGI goes by the line, which tells the circuit', () => {
    const server = CODE.filter(inside('server/src/'));
    const exchanging = server.filter((file) =>
      valuesOf(file).includes('server/src/fregi/exchange.ts'),
    );
    // The circuit's own knock is a HEAD of the host, and no call.
    expect(exchanging.sort()).toEqual(['server/src/fregi/circuit.ts', 'server/src/fregi/line.ts']);
    const opening = server.filter((file) => /\bnew FregiLine\(/.test(read(file)));
    expect(opening).toEqual(['server/src/assembly/fregi.ts']);
    expect(read('server/src/assembly/fregi.ts')).toContain('circuit.heard(end)');
    const fregi = server.filter(inside('server/src/fregi/'));
    const wired = fregi.filter((file) =>
      /from '(node:)?(http|https|net|tls|undici)'|\bfetch\(/.test(read(file)),
    );
    expect(wired).toEqual(['server/src/fregi/exchange.ts']);
  });

  test('the server works through whole files and months in processes, not on the event loop', () => {
    const long = [
      /^server\/src\/csv\/(orders\/parse-orders|parse-shipments|console\/console-csv)\.ts$/,
      /^server\/src\/services\/(import-|judge-shipments|reconciliation-(csv|jobs))/,
      /^core\/src\/domain\/reconciliation\/match\.ts$/,
      /^server\/src\/jobs\/jobs\.ts$/,
    ];
    const onTheLoop = CODE.filter((file) =>
      ['server/src/http/', 'server/src/workers/', 'server/src/assembl', 'core/src/turns/'].some(
        (one) => file.startsWith(one),
      ),
    );
    expect(onTheLoop.length).toBeGreaterThan(80);
    for (const file of onTheLoop) {
      const found = valuesOf(file).filter((name) => long.some((one) => one.test(name)));
      expect(found, file).toEqual([]);
    }
  });

  test('a server takes the time from the database, and reads its own clock only where listed', () => {
    const asking = SOURCES.filter(inside('server/src/')).filter((file) =>
      /Date\.now\b|new Date\(\)/.test(read(file)),
    );
    expect(asking).toEqual([
      'server/src/access/auth-store.ts', // moves better-auth’s instants to the database’s time
      'server/src/access/auth.ts',
      'server/src/audit/anchor.ts', // writes the time beside a mark, for a person to read
      'server/src/http/routes/system/health.ts', // measures how wrong it is
    ]);
  });
});
