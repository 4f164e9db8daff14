import { flushCompileCache } from 'node:module';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { beginTest, endFile, endTest, toldOnFailure } from './scope.ts';

/** Runs before every test file: these hooks come first before a test and last after it. */
beforeEach(beginTest);
afterEach(async ({ task }) => {
  const told = task.result?.state === 'fail' ? await toldOnFailure() : '';
  if (told !== '') console.error(told);
  // Files share a process: the next file finds the clock and functions unchanged.
  vi.useRealTimers();
  vi.restoreAllMocks();
  return endTest();
});
afterAll(endFile);
afterAll(() => flushCompileCache());
