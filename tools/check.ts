import { spawn } from 'node:child_process';

/** `npm run check`: everything that can be found without running the product. Zero findings. */
const CHECKS: readonly (readonly [what: string, program: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['types of the screens', 'tsc', '--noEmit', '-p', 'web'],
  ['style', 'biome', 'check', '--error-on-warnings', '.'],
  ['dead code', 'knip'],
  ['walls and tidiness', 'vitest', 'run', 'test/tidy/'],
  ['generated docs', process.execPath, 'tools/docs.ts', '--check'],
];

let findings = 0;
for (const [what, program, ...args] of CHECKS) {
  const { code, said } = await run(program, args);
  console.log(`${code === 0 ? 'ok  ' : 'NOT '} ${what}`);
  if (code !== 0) {
    findings += 1;
    console.log(said);
  }
}
process.exitCode = findings === 0 ? 0 : 1;

function run(program: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    child.on('error', (error) => resolve({ code: 1, said: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
