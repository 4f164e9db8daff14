import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owned } from './scope.ts';

/** Opens a directory of the test's own; the end of the test removes it with its contents. */
export async function openDirectory(about: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `renkei-${about}-`));
  owned(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
