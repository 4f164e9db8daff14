import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../server/src/assembly/options.ts';
import { ConfigError, readConfig } from '../server/src/config.ts';
import { EmbeddedPostgresError } from '../server/src/embedded/binaries.ts';
import { MigrationError } from '../server/src/store/db/migrate.ts';
import { DEMO_PEOPLE } from './data/shops.ts';
import { portsFrom } from './ports.ts';
import { buildScreens } from './screens.ts';
import { openWorld, type World } from './world.ts';

/** `npm start`: everything for a look at Renkei, in one process, on loopback only. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const directory = resolve(ROOT, config.dataDirectory);
  buildScreens(ROOT);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const logFile = join(directory, 'renkei.log');
  const world = await openWorld({
    directory,
    databaseUrl: config.databaseUrl,
    ports: portsFrom(config.port),
    log: logTo(logFile),
  });
  print(world, logFile);
  let ending = false;
  const end = async () => {
    if (ending) process.exit(1); // a second signal ends at once
    ending = true;
    console.log('\n終了しています… / closing…');
    await world.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end());
}

/** Writes JSON lines into a file: the terminal is for the person. */
function logTo(file: string): Log {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  const line = (level: string, facts: object) =>
    stream.write(`${JSON.stringify({ level, time: new Date().toISOString(), ...facts })}\n`);
  return {
    info: (facts) => void line('info', facts),
    error: (facts, error) =>
      void line('error', { ...facts, error: error instanceof Error ? error.stack : String(error) }),
  };
}

function print({ url, password, sandbox, mailbox, seeded }: World, logFile: string): void {
  const people = DEMO_PEOPLE.map(
    ({ email, role, shops }) => `    ${email.padEnd(26)} ${role.padEnd(11)} ${shops.join(', ')}`,
  );
  console.log(`
  Renkei 連携            ${url}
  F-REGI サンドボックス  ${sandbox.url}/sandbox/console
  メールボックス         ${mailbox.pageUrl}
  API (OpenAPI 3.1)      ${url}/openapi.json
  log                    ${logFile}

  sign-ins (password of all: ${password})
${people.join('\n')}
${seeded > 0 ? `\n  ${seeded} orders were made for three shops.` : ''}
  Ctrl-C で終了 / Ctrl-C ends it. データは残ります / the data stays.
`);
}

main().catch((error: unknown) => {
  const expected = [ConfigError, EmbeddedPostgresError, MigrationError].some(
    (kind) => error instanceof kind,
  );
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (inUse) console.error(`${(error as Error).message}\n  Set PORT to another, e.g. PORT=5180.`);
  else console.error(expected ? (error as Error).message : error);
  process.exit(1);
});
