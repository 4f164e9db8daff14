import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEqual } from '../../src/domain/values/equal.ts';

test('equal agrees with Node, for any two values of JSON and undefined', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constantFrom<unknown>(null, undefined, true, 0, 1, -0, Number.NaN, '', 'a'),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(isEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isEqual(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test('an undefined field differs from an omitted field', () => {
  expect(isEqual({ a: 1, b: undefined }, { a: 1 })).toBe(false);
  expect(isEqual({ a: undefined }, { b: undefined })).toBe(false);
});
