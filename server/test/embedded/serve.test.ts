import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDirectory } from '../../../test/kit/directories.ts';
import { connect, openPostgres } from '../../../test/kit/postgres.ts';
import { owned } from '../../../test/kit/scope.ts';
import { freePort } from '../../src/embedded/free-port.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

test('npm run serve migrates its own PostgreSQL as the owner and works as a role that owns nothing', {
  timeout: 60_000,
}, async () => {
  const directory = await openDirectory('serve');
  const port = await freePort();
  const env = { PORT: String(port), RENKEI_DATA: directory, DATABASE_URL: '' };
  const server = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env } });
  const stop = owned(async () => {
    if (server.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  });
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isReady, { timeout: 40_000 }).toBe(200);
  const { url } = await openPostgres({ directory: `${directory}/postgres` });
  const db = connect(url, { max: 1 });
  const { rows } = await db.query(
    `select distinct usename from pg_stat_activity
      where datname = 'postgres' and pid <> pg_backend_pid()`,
  );
  expect(rows).toEqual([{ usename: 'renkei_app' }]);
  await db.end();
  await stop();
});
