import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const WATCHDOG = fileURLToPath(new URL('../src/watchdog/watchdog.ts', import.meta.url));

/** Runs a program under a watchdog of two seconds; resolves to its end and its last words. */
async function run(program: string) {
  const source = `import { startWatchdog } from ${JSON.stringify(WATCHDOG)}; startWatchdog(2); ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, told };
}

test('a process whose event loop stands still is killed, and says why', async () => {
  const { signal, told } = await run('for (;;);');
  expect(signal).toBe('SIGKILL');
  expect(told).toContain('the event loop has not turned for 2 s');
});

test('a process that turns is left alone, however long it lives; the watchdog does not keep it', async () => {
  const ended = await run('await new Promise((done) => setTimeout(done, 5_000));');
  expect(ended).toEqual({ code: 0, signal: null, told: '' });
});

test('a process that ends at once ends with its own code', async () => {
  expect(await run('process.exitCode = 3;')).toMatchObject({ code: 3, signal: null });
});
