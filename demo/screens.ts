import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the screens if their sources are newer than the last build; takes some seconds. */
export function buildScreens(root: string): void {
  const built = modifiedAt(join(root, 'web/dist/index.html'));
  const sources = ['web/src', 'web/index.html', 'web/package.json', 'contract/src', 'core/src'];
  if (sources.every((source) => newestIn(join(root, source)) < built)) return;
  console.log('画面をビルドしています… / building the screens…');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The screens could not be built; see above.');
}

function newestIn(path: string): number {
  const own = modifiedAt(path);
  if (!statSync(path).isDirectory()) return own;
  const inside = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(own, ...inside.map((name) => modifiedAt(join(path, name))));
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
