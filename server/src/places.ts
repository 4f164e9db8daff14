import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files that the server opens beside its code while it runs. In the package the code is bundled
 * into this folder, and these files keep their places (tools/package.ts copies them).
 */
const here = (path: string) => new URL(path, import.meta.url);

export const PLACES = {
  /** The screens, built. */
  web: fileURLToPath(here('../../web/dist')),
  migrations: fileURLToPath(here('./store/db/migrations')),
  commonPasswords: fileURLToPath(here('./access/common-passwords.txt')),
  /** The program of a process that does jobs: TypeScript here, JavaScript in the package. */
  jobs: fileURLToPath(here(`./jobs/carry-out${extname(import.meta.url)}`)),
  watchdog: fileURLToPath(here('./watchdog/watchdog-thread.mjs')),
} as const;

/** True in the package, where the code is JavaScript. */
export const IS_PACKAGE = extname(import.meta.url) === '.js';

/** The version of Renkei, as its package says. */
export const VERSION: string = JSON.parse(readFileSync(here('../package.json'), 'utf8')).version;
