import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The statements of the manual, as the tests of the walk name them: `'p. 3', 'C1: …'`, under the
 * headings of their `describe`.
 */
const FOLDER = 'test/e2e/manual';
const DIRECTORY = fileURLToPath(new URL(`../${FOLDER}`, import.meta.url));
const HEADING = /describe\('([^']+)'/;
const STATEMENT = /'p\. (\d+)',\s*'((?:[A-Z]\d+(?:, )?)+): ([^']+)'/;
const EITHER = new RegExp(`${HEADING.source}|${STATEMENT.source}`, 'g');

/** Returns the document's generated part: a table for each heading of the manual. */
export function walkSections(): string {
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith('.test.ts'));
  return files.toSorted().flatMap(sectionsOf).join('\n');
}

function sectionsOf(file: string): string[] {
  const text = readFileSync(join(DIRECTORY, file), 'utf8');
  const link = `[\`${file}\`](../${FOLDER}/${file})`;
  return [...text.matchAll(EITHER)].flatMap(([, heading, page, rules, says]) =>
    heading === undefined
      ? [`| ${page} | ${says} | ${rules} | ${link} |`]
      : [
          '',
          `## ${heading}`,
          '',
          '| p. | the manual, in short | rules | walked in |',
          '| --- | --- | --- | --- |',
        ],
  );
}
