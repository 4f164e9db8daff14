import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Threads and processes of the tests load the product hundreds of times: compiled once, it is kept.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/compiled', import.meta.url),
);

export default defineConfig({
  test: {
    include: ['**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.stryker-tmp/**'],
    globalSetup: ['test/kit/global-setup.ts'],
    setupFiles: ['test/kit/setup.ts'],
    // On two cores: much of a test is waiting, for a browser, a server or a time.
    maxWorkers: 3,
    // The product is loaded, and the browser launched, once for each worker instead of each file.
    // Sound, because the kit closes what a file has opened, and nothing of the product is global.
    isolate: false,
    // What is waited for comes at once; on a busy machine it may take its time, and is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
