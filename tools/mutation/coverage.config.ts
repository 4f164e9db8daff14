import { defineConfig } from 'vitest/config';
import stryker from './stryker.config.json' with { type: 'json' };
import mutation from './vitest.config.ts';

/** Branch coverage of the money core by the same tests that must kill its mutants. */
export default defineConfig({
  test: {
    ...mutation.test,
    coverage: {
      enabled: true,
      provider: 'custom',
      customProviderModule: 'tools/mutation/coverage-provider.mjs',
      include: stryker.mutate,
      reporter: ['text'],
      reportsDirectory: '.stryker-tmp/coverage',
      thresholds: { branches: 95, perFile: true },
    },
  },
});
