#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire, enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The beginning of `renkei` (the server) and `renkei admin`. In the package both are JavaScript; in
 * a checkout Node strips their types. What was compiled is kept in the data directory, so that the
 * next start needs neither the time nor the memory to do it again.
 */
const LEAST = 24;
const [first, ...others] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) >= LEAST) await begin();
else beginWith(nodeBeside());

async function begin() {
  const isAdmin = first === 'admin';
  if (isAdmin) process.argv.splice(2, 1);
  else if (first !== undefined && first !== 'serve') explain();
  const program = isAdmin ? 'admin' : 'main';
  const bundled = new URL(`../src/${program}.js`, import.meta.url);
  const source = new URL(`../src/${program}.ts`, import.meta.url);
  enableCompileCache(join(process.env.RENKEI_DATA || '.renkei', 'compiled'));
  await import((existsSync(bundled) ? bundled : source).href);
  flushCompileCache();
}

function explain() {
  console.error('renkei [serve]: the server\nrenkei admin …: shops, people, back-ups (--help)');
  process.exit(1);
}

/** Returns the Node that npm has installed beside; null if there is none. */
function nodeBeside() {
  try {
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}

/** Goes on in a newer Node, as if it had been called. */
function beginWith(node) {
  if (node === null) {
    console.error(
      `Renkei needs Node ${LEAST}; this is ${process.version}, and no other is beside.`,
    );
    process.exit(1);
  }
  const own = fileURLToPath(import.meta.url);
  const heap = ['--min-semi-space-size=4', '--max-semi-space-size=4'];
  const args = first === undefined ? [] : [first, ...others];
  const child = spawn(node, [...heap, own, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
