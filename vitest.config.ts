import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.stryker-tmp/**'],
    globalSetup: ['test/kit/global-setup.ts'],
    setupFiles: ['test/kit/setup.ts'],
    maxWorkers: 2,
    // What is waited for comes at once; on a busy machine it may take its time, and is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
