#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Finds a Node that reads TypeScript itself: this one, or the one that npm installed. */
function findNode() {
  if (process.features.typescript) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  try {
    return createRequire(import.meta.url).resolve(`${name}/${file}`);
  } catch {
    return null;
  }
}

const node = findNode();
if (node === null) {
  console.error(`Node 24 is wanted; this is ${process.version}.`);
  process.exitCode = 1;
} else if (node === process.execPath) {
  await import('../src/main.ts');
} else {
  const child = spawn(node, [MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
