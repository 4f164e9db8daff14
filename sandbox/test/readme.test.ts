import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENDPOINTS } from '../src/endpoints/index.ts';
import { DRIFTS } from '../src/faults/drift.ts';
import { FAULTS } from '../src/faults/rules.ts';
import { STATES } from '../src/ledger/states.ts';
import { start } from './support.ts';

/** Runs the README's examples in order and compares their output with the README. */
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

type Example = { readonly command: string; readonly says: string };

/** The commands of the console blocks: `$ ` begins a command, an indented line continues it. */
function readExamples(): Example[] {
  const blocks = [...README.matchAll(/```console\n(.*?)```/gs)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((text) => {
      const [command = ''] = /^.*\n(?: {4}.*\n)*/.exec(text) ?? [];
      return { command, says: text.slice(command.length) };
    });
}

/** Makes new numbers alike: approvals, and transactions that no example has seeded. */
function plain(text: string): string {
  return text
    .replace(/\b(?!0{16}295[5-9])\d{20}\b/g, 'SEQNO')
    .replace(/^[A-Za-z0-9]{6}$/gm, 'AUTHCODE')
    .replace(/"authCode":"\w{6}"/g, '"authCode":"AUTHCODE"');
}

function run(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', command], (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}

const hasCurl = await run('command -v curl iconv').then(
  () => true,
  () => false,
);

test.runIf(hasCurl)("the README's examples print what the README says", async () => {
  const sandbox = await start();
  const examples = readExamples();
  expect(examples.length).toBeGreaterThan(15);
  for (const { command, says } of examples) {
    const said = await run(command.replaceAll('http://127.0.0.1:4181', sandbox.url));
    expect(plain(said), command).toBe(plain(says));
  }
});

const INTERPRETERS: Readonly<Record<string, string>> = {
  python: 'python3',
  perl: 'perl',
  php: 'php',
  ruby: 'ruby',
};

/** The programs of the README, by language, and the output of each. */
function readPrograms(): { readonly programs: [string, string][]; readonly says: string } {
  const blocks = [...README.matchAll(/```(\w+)\n(.*?)```/gs)].map(
    ([, language = '', text = '']): [string, string] => [language, text],
  );
  const programs = blocks.filter(([language]) => Object.hasOwn(INTERPRETERS, language));
  return { programs, says: blocks.find(([language]) => language === 'text')?.[1] ?? '' };
}

test('the README has a program in each of these languages', () => {
  const languages = readPrograms().programs.map(([language]) => language);
  expect(languages.sort()).toEqual(Object.keys(INTERPRETERS).sort());
});

/** The program runs if its language is installed; otherwise it is reported as skipped. */
for (const [language, text] of readPrograms().programs) {
  const interpreter = INTERPRETERS[language] ?? '';
  const isHere = spawnSync(interpreter, ['--version']).status === 0;
  test.runIf(isHere)(`the program in ${language} works`, async () => {
    const sandbox = await start();
    const directory = await mkdtemp(join(tmpdir(), 'sandbox-readme-'));
    const file = join(directory, 'program');
    await writeFile(file, text.replaceAll('http://127.0.0.1:4181', sandbox.url));
    expect(await run(`PYTHONIOENCODING=utf-8 ${interpreter} ${file}`)).toBe(readPrograms().says);
    await rm(directory, { recursive: true });
  });
}

test.each([...FAULTS, ...Object.keys(ENDPOINTS), ...Object.keys(STATES), ...Object.keys(DRIFTS)])(
  'the README names `%s`',
  (name) => {
    expect(README).toContain(`\`${name}\``);
  },
);
