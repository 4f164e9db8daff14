import { defineConfig } from 'vitest/config';

/** The tests that must kill the mutants of the money core: those that need no database. */
export default defineConfig({
  test: {
    include: [
      'core/test/domain/link.test.ts',
      'core/test/turns/**/*.test.ts',
      'tools/mutation/histories.test.ts',
    ],
    testTimeout: 60_000,
  },
});
