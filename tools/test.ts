import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: builds the screens, runs every test with the browser and the simulation, and prints
 * the sum in one line. Passes arguments on to vitest: `npm test -- payment`.
 */
const directory = await mkdtemp(join(tmpdir(), 'renkei-report-'));
const report = join(directory, 'report.json');
const filters = process.argv.slice(2);

const built = await run('vite', ['build', 'web', '--logLevel', 'warn']);
const tested = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...filters,
]);
const text = await readFile(report, 'utf8').catch(() => '{}');
await rm(directory, { recursive: true, force: true });
const { numPassedTests = 0, numFailedTests = 0, success = false } = JSON.parse(text);
const broken = built !== 0 || tested !== 0 || !success;
// A suite that fails before its first test has no failed test; it counts as one.
const failed = numFailedTests === 0 && broken ? 1 : numFailedTests;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exitCode = broken ? 1 : 0;

/** Runs a program of node_modules/.bin; `npm run` has put it on the path. */
function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
