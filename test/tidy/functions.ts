import { read } from './sources.ts';

const BEGINS = [
  /^(\s*)(?:export )?(?:async )?function\*? (\w+)/,
  /^(\s*)(?:export )?const (\w+) = (?:async )?\(.*=> \{$/,
  /^(\s+)(?:static |override |async |get |set )*(#?\w+)(?:<.*>)?\(.*\)(?:: .*)? \{$/,
];
const NO_NAME = ['if', 'for', 'while', 'switch', 'catch', 'test', 'describe'];

/**
 * Returns the functions of a file with more than `most` lines, as `file name`. It reads formatted
 * code.
 */
export function longFunctionsOf(file: string, most: number): string[] {
  const lines = read(file).split('\n');
  return lines.flatMap((line, at) => {
    const [, indent = '', name = ''] = BEGINS.map((begin) => begin.exec(line)).find(Boolean) ?? [];
    if (name === '' || NO_NAME.includes(name)) return [];
    const length = lines.slice(at).findIndex((one) => isEnd(one, indent)) + 1;
    return length > most ? [`${file} ${name}`] : [];
  });
}

function isEnd(line: string, indent: string): boolean {
  return line.startsWith(`${indent}}`) && !line.startsWith(`${indent}})`) && !/\{$/.test(line);
}

const STATE = /^ {2}(?:let \w+|const \w+(?:: [^=]+)? = (?:new (?:Map|Set)\b|\[\];))/m;
const MAKES_OBJECT = /^ {2}return \{(?:.*\};|[\s\S]*?^ {2}\};)/m;
const HAS_FUNCTIONS = /^ {2}(?:async )?function |=>|^ {4}(?:async )?\w+\(.*\{$/m;

/**
 * Returns the top-level functions of a file, as `file name`, that make an object of functions
 * around state of their own, and those of the store that are called `create…` and make no object.
 * It reads formatted code.
 */
export function statefulOf(file: string): string[] {
  const found = read(file).matchAll(/^(?:export )?(?:async )?function (\w+)[\s\S]*?^\}/gm);
  return [...found].flatMap(([text, name = '']) => {
    const made = MAKES_OBJECT.exec(text)?.[0] ?? '';
    const isFactory =
      made !== '' && HAS_FUNCTIONS.test(/^ {2}(async )?function /m.test(text) ? text : made);
    const keeps = isFactory && STATE.test(text);
    const inserts =
      file.startsWith('server/src/store/') && /^create(?!Pg|Db|Pool|Clock)/.test(name);
    return keeps || inserts ? [`${file} ${name}`] : [];
  });
}

/** Tables of words, cases, routes and mutants: nobody reads them from the top to the bottom. */
export const TABLES: readonly string[] = [
  'web/src/locale/',
  'core/src/domain/drift/drift-stories.ts',
  'server/src/http/problems/edge-problems.ts',
  'sandbox/src/console/words.ts',
  'server/src/store/erasure/personal-data.ts',
  'sandbox/tools/behaviours.ts',
  'test/sim/mutants',
  'web/src/app/router.tsx',
  'test/sentences/recipes.ts',
];

/** Today's files longer than 250 lines, each with its greatest allowed length. */
export const LONG_FILES: Readonly<Record<string, number>> = {
  'core/src/domain/reconciliation/match.ts': 266,
  'core/src/domain/commands/remedies.ts': 285,
  'core/src/turns/protocol.ts': 295,
  'server/src/store/attention/attention.ts': 284,
  'test/sim/process.ts': 290,
  'test/sim/scene.ts': 268,
};
