import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of the house, as the tests of walls and tidiness read them. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const ALL = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT })
  .toString('utf8')
  .split('\n')
  .filter((file) => file !== '');

/** Files read as text: code, SQL, documents. */
export const FILES = ALL.filter(
  (file) => /\.(ts|tsx|mjs|sql|md|json)$/.test(file) && file !== 'package-lock.json',
);
export const SOURCES = FILES.filter((file) => /\.(ts|tsx|mjs)$/.test(file));

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function isThere(path: string): boolean {
  return ALL.some((file) => file === path || file.startsWith(`${path}/`));
}

export const inside = (folder: string) => (file: string) => file.startsWith(folder);

const IMPORT =
  /^(?:import|export|\}) .*\bfrom '([^']+)';$|\bimport\('([^']+)'\)|^import '([^']+)';$/gm;
const VALUE = /^(?:import|export) (?!type )[^;]*?from '([^']+)';$/gm;

/** Returns a file's imports: paths from the root for our files, names for packages of others. */
export function importsOf(file: string): string[] {
  const found = [...read(file).matchAll(IMPORT)].map(
    ([, from, late, bare]) => from ?? late ?? bare,
  );
  return found.flatMap((name) => (name === undefined ? [] : [pathOf(file, name)]));
}

/** Returns the imports without those for types only. */
export function valuesOf(file: string): string[] {
  return [...read(file).matchAll(VALUE)].map(([, from = '']) => pathOf(file, from));
}

/** Resolves our packages to their sources; the contract also has one door. */
function pathOf(file: string, name: string): string {
  if (name.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), name));
  const [, part, path] = /^@renkei\/([a-z]+)(?:\/(.+))?$/.exec(name) ?? [];
  return part === undefined ? name : `${part}/src/${path ?? 'index.ts'}`;
}

/** Returns the groups of two or more files that import each other in a circle. */
export function circlesOf(files: readonly string[]): string[][] {
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(file: string): number {
    const number = numbers.size;
    numbers.set(file, number);
    lowest.set(file, number);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!imports.has(next)) continue;
      const reached = numbers.has(next)
        ? open.includes(next)
          ? lowOf(next)
          : number
        : visit(next);
      lowest.set(file, Math.min(lowOf(file), reached));
    }
    if (lowOf(file) === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.toSorted());
    }
    return lowOf(file);
  }

  function lowOf(file: string): number {
    return lowest.get(file) ?? 0;
  }

  for (const file of files) if (!numbers.has(file)) visit(file);
  return circles;
}
