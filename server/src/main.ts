import { join } from 'node:path';
import pino from 'pino';
import { giveBackMemory } from './after-start.ts';
import { createRenkei } from './assemble.ts';
import type { Log } from './assembly/options.ts';
import { openForService } from './assembly/service.ts';
import { ConfigError, readConfig } from './config.ts';
import { EmbeddedPostgresError } from './embedded/binaries.ts';
import { keepPostgres } from './embedded/keep.ts';
import { errorForLog } from './error-log.ts';
import { VERSION } from './places.ts';
import { authSecretOf } from './secrets.ts';
import { MigrationError } from './store/db/migrate.ts';
import { startWatchdog } from './watchdog/watchdog.ts';

/** The server of a real installation. Wiring only; the demo has its own start. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = logTo(pino({ serializers: { err: errorForLog } }));
  const postgres =
    config.databaseUrl === null ? await keepEmbedded(config.dataDirectory, log) : null;
  const databaseUrl =
    config.databaseUrl ?? (await openForService(postgres?.url ?? '', config.dataDirectory));
  const renkei = await createRenkei({
    ...config,
    databaseUrl,
    ...(postgres === null ? {} : { databaseDirectory: config.dataDirectory }),
    authSecret: await authSecretOf(config),
    log,
  });
  await renkei.app.listen({ host: config.host, port: config.port });
  renkei.work();
  if (config.watchdogS > 0) startWatchdog(config.watchdogS);
  log.info({ at: 'main', version: VERSION, listening: config.publicUrl });
  giveBackMemory();

  const end = async () => {
    await renkei.close();
    await postgres?.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
}

function keepEmbedded(dataDirectory: string, log: Log) {
  const directory = join(dataDirectory, 'postgres');
  return keepPostgres({ directory }, (error) => log.error({ at: 'postgres' }, error));
}

/** Writes log lines as JSON to standard output. */
function logTo(logger: pino.Logger): Log {
  return {
    info: (facts) => logger.info(facts),
    error: (facts, error) => logger.error({ ...facts, err: error }),
  };
}

main().catch((error: unknown) => {
  const expected = [ConfigError, EmbeddedPostgresError, MigrationError].some(
    (kind) => error instanceof kind,
  );
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 1;
});
