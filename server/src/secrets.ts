import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

/**
 * Returns the secret that signs cookies: the configured one, or one made once and stored readable
 * by us only.
 */
export async function authSecretOf({ authSecret, dataDirectory }: Config): Promise<string> {
  return authSecret ?? keptSecret(dataDirectory, 'auth-secret');
}

/** Returns a secret that is made once and kept in a file of the directory, readable by us only. */
export async function keptSecret(directory: string, name: string): Promise<string> {
  const file = join(directory, name);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const made = randomBytes(32).toString('base64url');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
