import { execFileSync } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../server/src/embedded/free-port.ts';
import { connect, openPostgres } from '../kit/postgres.ts';
import { type Database, untilGone } from './town.ts';

/**
 * Two PostgreSQL servers: the client hears of a commit when both have it on disk. `crash` kills the
 * first with all its sessions and promotes the second; the URL names both.
 */
export async function openPair(directory: string): Promise<Database> {
  const [first, second] = [join(directory, 'first'), join(directory, 'second')];
  const [port, otherPort] = [await freePort(), await freePort()];
  const written = await openPostgres({ directory: first, port });
  await written.stop();
  await cp(first, second, { recursive: true });
  await writeFile(join(second, 'data', 'standby.signal'), '');

  const primary = await openPostgres({
    directory: first,
    port,
    settings: { wal_level: 'replica', hot_standby: 'on' },
  });
  const standby = await openPostgres({
    directory: second,
    port: otherPort,
    settings: { primary_conninfo: `${conninfoOf(primary.url)} application_name=second` },
  });
  await replicateSynchronously(primary.url);
  const url = primary.url.replace(`:${port}/`, `:${port},127.0.0.1:${otherPort}/`);
  let failedOver = false;
  return {
    url,
    async crash() {
      killAll(primary.pid);
      await untilGone(primary.pid);
      failedOver = true;
      const db = connect(standby.url, { max: 1 });
      await db.query('select pg_promote()');
      await db.end();
    },
    async stop() {
      await standby.stop();
      if (!failedOver) await primary.stop();
    },
  };
}

function conninfoOf(url: string): string {
  const { username, password, hostname, port } = new URL(url);
  return `host=${hostname} port=${port} user=${username} password=${password}`;
}

/** From now on a commit waits for the second; resolves once the second is there. */
async function replicateSynchronously(url: string): Promise<void> {
  const db = connect(url, { max: 1 });
  await db.query(`alter system set synchronous_standby_names = 'second'`);
  await db.query('select pg_reload_conf()');
  for (let tries = 0; ; tries += 1) {
    const { rows } = await db.query('select sync_state from pg_stat_replication');
    if (rows[0]?.sync_state === 'sync') break;
    if (tries > 200) throw new Error(`no synchronous standby: ${JSON.stringify(rows)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await db.end();
}

/** Sends SIGKILL to a postmaster that we started, and to its sessions. */
function killAll(postmaster: number): void {
  const lines = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)]).toString();
  const sessions = lines.split('\n').map(Number).filter(Boolean);
  for (const pid of [postmaster, ...sessions]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // This session has just ended by itself.
    }
  }
}
