import { expect, test } from 'vitest';
import { read, SOURCES } from './sources.ts';

/** React's own word for the input of a component; and a type of Fastify's that two files extend. */
const IDIOMS = ['Props', 'FastifyRequest'];

/** The files that define a type of a name, local types included. */
const definitions = new Map<string, Set<string>>();
for (const file of SOURCES.filter((name) => /^\w+\/src\//.test(name))) {
  const defined =
    /^\s*(?:export\s+)?(?:abstract\s+)?(?:type|interface|class)\s+([A-Z]\w*)(?=[\s<={])(?!\s+as\b)/gm;
  for (const [, name = ''] of read(file).matchAll(defined)) {
    definitions.set(name, (definitions.get(name) ?? new Set()).add(file));
  }
}
const repeated = [...definitions].filter(
  ([name, files]) => files.size > 1 && !IDIOMS.includes(name),
);

test('each name of a type stands for one thing in the whole house', () => {
  expect(definitions.size).toBeGreaterThan(500);
  const told = repeated.map(([name, files]) => `${name}: ${[...files].join(', ')}`);
  expect(told).toEqual([]);
});
