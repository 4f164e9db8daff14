import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { portsFrom } from '../demo/ports.ts';
import { readConfig } from '../server/src/config.ts';
import { freePort } from '../server/src/embedded/free-port.ts';

/** The README's first command, as a person gives it. */

test('npm start takes no port that browsers block', async () => {
  const { sandbox, mailbox, renkei } = portsFrom(readConfig({}).port);
  for (const port of [renkei, sandbox, mailbox]) {
    const cause = await fetch(`http://127.0.0.1:${port}/`).catch((error: Error) => error.cause);
    expect([port, String(cause)]).not.toEqual([port, 'Error: bad port']);
  }
});

test('npm start runs a shop, the sandbox and a mailbox at the printed addresses, and ends on SIGTERM', {
  timeout: 120_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-start-'));
  const port = await freePort(4); // of the shop, the sandbox, SMTP and the mailbox
  const start = spawn(
    process.execPath,
    [fileURLToPath(new URL('../demo/start.ts', import.meta.url))],
    {
      env: { ...process.env, PORT: String(port), RENKEI_DATA: directory },
    },
  );
  try {
    let said = '';
    start.stdout.on('data', (chunk) => (said += chunk));
    start.stderr.on('data', (chunk) => (said += chunk));
    await expect.poll(() => said, { timeout: 90_000 }).toContain('/openapi.json');
    const urls = [...new Set(said.match(/http:\/\/127\.0\.0\.1:\d+\S*/g))];
    expect(urls.length).toBeGreaterThanOrEqual(4);
    for (const url of urls) expect([url, (await fetch(url)).status]).toEqual([url, 200]);
    const ended = once(start, 'exit');
    start.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    start.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  }
});
