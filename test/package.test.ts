import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { formatOrdersCsv } from '../server/src/csv/orders/format-orders.ts';
import { freePort } from '../server/src/embedded/free-port.ts';
import { Client } from './kit/clients.ts';
import { openDirectory } from './kit/directories.ts';
import { incoming } from './kit/orders.ts';
import { owned } from './kit/scope.ts';

/** The package, unpacked into an empty folder and used as a person would. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VERSION: string = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).version;

test('the package serves the screens and the API, imports a file and administers, without a source', {
  timeout: 300_000,
}, async () => {
  const directory = await openDirectory('a package');
  await done(start(process.execPath, ['tools/package.ts', '--to', directory], { cwd: ROOT }));
  const tarball = join(directory, `renkei-${VERSION}.tgz`);
  expect((await stat(tarball)).size).toBeLessThan(60 * 2 ** 20);
  await done(start('tar', ['-xzf', tarball, '-C', directory]));
  const home = join(directory, 'installed');
  await mkdir(home);
  // What npm would install besides: Node and PostgreSQL.
  await symlink(join(ROOT, 'node_modules'), join(directory, 'package', 'node_modules'));
  const files = await readdir(join(directory, 'package'), { recursive: true });
  const ours = files.filter((file) => !file.startsWith('node_modules'));
  expect(ours.filter((file) => /\.tsx?$/.test(file))).toEqual([]);
  expect(ours).toContain('THIRD-PARTY-NOTICES.txt');

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), RENKEI_DATA: home, DATABASE_URL: '' };
  const renkei = (...words: string[]) =>
    start(process.execPath, [join(directory, 'package/server/bin/renkei.mjs'), ...words], { env });
  const server = renkei();
  const end = owned(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  });
  const health = () => fetch(`${url}/healthz`).then((answer) => answer.json(), String);
  await expect.poll(health, { timeout: 90_000 }).toEqual({ status: 'ok', version: VERSION });
  expect(await (await fetch(url)).text()).toContain('<div id="root">');

  const contract = ['--fregi-shop', '10001', '--environment', 'test'];
  await done(renkei('admin', 'shop', 'hana', '--name', '花', ...contract));
  const email = 'owner@example.jp';
  const added = renkei(
    'admin',
    'user',
    email,
    '--shop',
    'hana',
    '--name',
    '花子',
    '--role',
    'owner',
  );
  const password = /shown this once: (\S+)/.exec(await done(added))?.[1] ?? '';
  const owner = await Client.signIn(url, email, password);
  const file = formatOrdersCsv([incoming()], 'utf-8');
  if (file.kind !== 'formatted') throw new Error(JSON.stringify(file));
  const headers = { 'content-type': 'text/csv' };
  const checked = await owner.post('/v1/imports?mode=check', { body: file.bytes, headers });
  expect([checked.status, checked.body.orders]).toMatchObject([200, { new: 1 }]);
  expect(await done(renkei('admin', 'verify'))).toContain('everything is as written');
  await end();
});

function start(program: string, words: readonly string[], options = {}): ChildProcess {
  return spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

/** Resolves to what a program says; rejects if it fails. */
async function done(program: ChildProcess): Promise<string> {
  let said = '';
  for (const stream of [program.stdout, program.stderr])
    stream?.on('data', (chunk) => (said += chunk));
  const [code] = await once(program, 'exit');
  if (code !== 0) throw new Error(`ended with ${code}: ${said}`);
  return said;
}
