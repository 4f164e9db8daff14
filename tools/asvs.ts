import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `docs/asvs.csv`: each requirement of OWASP ASVS 5.0.0, levels 1 and 2, with its state in Renkei. A
 * test names the requirements that it proves at the head of its title: `ASVS 6.2.4, 6.2.11: …`.
 * `npm run docs` writes the column of tests; `npm run check` holds the table true.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = 'docs/asvs.csv';

/** The level of each requirement, by section: a digit for each, as OWASP published them. */
const LEVELS: Readonly<Record<string, string>> = {
  '1.1': '22',
  '1.2': '1111122223',
  '1.3': '112222222223',
  '1.4': '222',
  '1.5': '123',
  '2.1': '122',
  '2.2': '112',
  '2.3': '12223',
  '2.4': '23',
  '3.1': '3',
  '3.2': '113',
  '3.3': '12223',
  '3.4': '11222233',
  '3.5': '11122333',
  '3.6': '3',
  '3.7': '22333',
  '4.1': '12233',
  '4.2': '23333',
  '4.3': '22',
  '4.4': '1222',
  '5.1': '2',
  '5.2': '112333',
  '5.3': '113',
  '5.4': '222',
  '6.1': '122',
  '6.2': '111111112222',
  '6.3': '11223333',
  '6.4': '112233',
  '6.5': '22222333',
  '6.6': '2223',
  '6.7': '33',
  '6.8': '2222',
  '7.1': '222',
  '7.2': '1111',
  '7.3': '22',
  '7.4': '11222',
  '7.5': '223',
  '7.6': '22',
  '8.1': '1233',
  '8.2': '1123',
  '8.3': '133',
  '8.4': '23',
  '9.1': '111',
  '9.2': '1222',
  '10.1': '22',
  '10.2': '223',
  '10.3': '22223',
  '10.4': '1111122222233333',
  '10.5': '22222',
  '10.6': '22',
  '10.7': '222',
  '11.1': '2233',
  '11.2': '22233',
  '11.3': '11233',
  '11.4': '1222',
  '11.5': '23',
  '11.6': '23',
  '11.7': '33',
  '12.1': '12233',
  '12.2': '11',
  '12.3': '22223',
  '13.1': '2333',
  '13.2': '222223',
  '13.3': '2233',
  '13.4': '1222233',
  '14.1': '22',
  '14.2': '12223333',
  '14.3': '122',
  '15.1': '12233',
  '15.2': '12233',
  '15.3': '1222222',
  '15.4': '3333',
  '16.1': '2',
  '16.2': '22222',
  '16.3': '2222',
  '16.4': '222',
  '16.5': '2223',
  '17.1': '23',
  '17.2': '22223333',
  '17.3': '22',
};

const HEAD = ['id', 'level', 'chapter', 'requirement', 'status', 'where', 'test', 'note'] as const;
const STATUSES = ['met', 'not applicable', 'open'];
/** The least number of requirements that tests name; it only goes up. */
const NAMED_MIN = 150;

type Row = Readonly<Record<(typeof HEAD)[number], string>>;
/** Requirements, with the files whose tests name them. */
type Named = ReadonlyMap<string, readonly string[]>;

/** Returns the table with its column of tests as they are now. */
export function writeAsvs(): { readonly path: string; readonly text: string } {
  const named = findNamed();
  const lines = readTable().map((row) =>
    HEAD.map((name) => cell(name === 'test' ? filesOf(named, row.id) : row[name])).join(','),
  );
  return { path: TABLE, text: `${[HEAD.join(','), ...lines].join('\n')}\n` };
}

/** Returns a sentence for each mismatch between ASVS, the table, the files and the tests. */
export function asvsFindings(): string[] {
  const rows = readTable();
  const named = findNamed();
  const levels = levelOfEach();
  const states = new Map(rows.map(({ id, status }) => [id, status]));
  const tested = [...named.keys()].filter((id) => states.has(id));
  return [
    ...[...levels.keys()].filter((id) => !states.has(id)).map((id) => `ASVS ${id} has no line`),
    ...rows.flatMap(({ id }, n) =>
      rows.findIndex((one) => one.id === id) === n ? [] : [`ASVS ${id} has two lines`],
    ),
    ...rows.flatMap((row) => findingsOf(row, levels).map((what) => `ASVS ${row.id}: ${what}`)),
    ...[...named]
      .filter(([id]) => states.get(id) !== 'met')
      .map(([id, files]) => `${files.join(' ')} names ASVS ${id}, which is not met`),
    ...(tested.length >= NAMED_MIN
      ? []
      : [`tests name ${tested.length} requirements of ASVS, and not ${NAMED_MIN}`]),
  ].map((finding) => `${TABLE}: ${finding}`);
}

function findingsOf(row: Row, levels: ReadonlyMap<string, string>): string[] {
  const { id, level, status, where, note } = row;
  const missing = where.split(' ').filter((path) => !existsSync(join(ROOT, path)));
  return [
    ...(levels.get(id) === level ? [] : [`it is not of level ${level}`]),
    ...(STATUSES.includes(status) ? [] : [`there is no status “${status}”`]),
    ...(status === 'met' && (where === '' || missing.length > 0)
      ? [`it is met where there is no file: “${missing.join(' ')}”`]
      : []),
    ...(status !== 'met' && note === '' ? ['its note does not say why'] : []),
  ];
}

/** The requirements of levels 1 and 2. */
function levelOfEach(): Map<string, string> {
  return new Map(
    Object.entries(LEVELS).flatMap(([section, levels]) =>
      [...levels]
        .map((level, n): [string, string] => [`${section}.${n + 1}`, level])
        .filter(([, level]) => level !== '3'),
    ),
  );
}

const TITLE = /['"`]ASVS ((?:\d+\.\d+\.\d+, )*\d+\.\d+\.\d+)(?=[,:])/g;

function findNamed(): Named {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.test.ts'], {
    cwd: ROOT,
  });
  const named = new Map<string, string[]>();
  for (const file of new Set(files.toString('utf8').split('\n').filter(Boolean).sort())) {
    if (!existsSync(join(ROOT, file))) continue;
    const titles = readFileSync(join(ROOT, file), 'utf8').matchAll(TITLE);
    for (const id of new Set([...titles].flatMap(([, ids = '']) => ids.split(', ')))) {
      named.set(id, [...(named.get(id) ?? []), file]);
    }
  }
  const levels = levelOfEach();
  // Tests may prove requirements of level 3, too; the table has none of them.
  return new Map([...named].filter(([id]) => levels.has(id)));
}

function filesOf(named: Named, id: string): string {
  return (named.get(id) ?? []).join(' ');
}

function readTable(): Row[] {
  const text = readFileSync(join(ROOT, TABLE), 'utf8');
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
    const texts = cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
    return Object.fromEntries(HEAD.map((name, n) => [name, texts[n] ?? ''])) as Row;
  });
}

function cell(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
