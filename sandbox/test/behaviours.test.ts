import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/endpoints/index.ts';
import { BEHAVIOURS } from '../tools/behaviours.ts';

/** The table of behaviours names real tests, and forgets no CGI. */
describe('the table of behaviours', () => {
  test.each(BEHAVIOURS.map(({ test: [file, title] }) => [file, title] as const))(
    '%s has a test of: %s',
    (file, title) => {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      expect(text).toContain(title);
    },
  );

  test('the table of behaviours has every CGI', () => {
    const named = new Set(BEHAVIOURS.map(({ endpoint }) => endpoint));
    for (const cgi of Object.keys(ENDPOINTS)) expect(named).toContain(cgi);
  });
});
