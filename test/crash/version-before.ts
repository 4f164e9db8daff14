import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLACES } from '../../server/src/places.ts';

/** The code of an earlier version, beside today's, with today's dependencies. */
export type VersionBefore = {
  readonly commit: string;
  readonly directory: string;
  /** True if it was written for exactly these dependencies. */
  readonly sameDependencies: boolean;
  remove(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = ['backoffice', 'core', 'contract', 'server', 'sandbox', 'web'];
const SCOPE = '@renkei';

/**
 * Checks a commit out into a directory; without a name, the last commit that does not know the
 * newest migration. Throws if this is no clone with that commit in it.
 */
export async function checkOut(directory: string, named?: string): Promise<VersionBefore> {
  const commit = named ?? git('rev-parse', `${await findNewestMigration()}^`);
  git('worktree', 'add', '--quiet', '--detach', directory, commit);
  await linkDependencies(directory);
  for (const part of PACKAGES) {
    const dependencies = join(ROOT, part, 'node_modules');
    if (existsSync(dependencies) && existsSync(join(directory, part))) {
      await symlink(dependencies, join(directory, part, 'node_modules'));
    }
  }
  const changed = git('diff', '--name-only', commit, 'HEAD', '--', 'package-lock.json');
  return {
    commit: git('rev-parse', '--short', commit),
    directory,
    sameDependencies: changed === '',
    async remove() {
      await rm(directory, { recursive: true, force: true });
      git('worktree', 'prune');
    },
  };
}

/** Links today's dependencies one by one, but the packages of the house to those of the checkout. */
async function linkDependencies(directory: string): Promise<void> {
  const today = join(ROOT, 'node_modules');
  const modules = join(directory, 'node_modules');
  await mkdir(join(modules, SCOPE), { recursive: true });
  for (const name of await readdir(today)) {
    if (name !== SCOPE) await symlink(join(today, name), join(modules, name));
  }
  for (const part of PACKAGES.filter((name) => existsSync(join(directory, name)))) {
    await symlink(join(directory, part), join(modules, SCOPE, part));
  }
}

/** Returns the commit that added the newest migration. */
async function findNewestMigration(): Promise<string> {
  const newest = (await readdir(PLACES.migrations)).sort().at(-1) ?? '';
  // `--follow`, because git shows no added file for a moved one.
  const path = join(PLACES.migrations, newest);
  const commit = git('log', '-1', '--follow', '--diff-filter=A', '--format=%H', '--', path);
  if (commit === '') throw new Error(`${newest} is in no commit yet: name one with --commit`);
  return commit;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT }).toString().trim();
}
