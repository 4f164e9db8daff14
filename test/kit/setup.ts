import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { beginTest, endFile, endTest, toldOnFailure } from './scope.ts';

/** Runs before every test file: these hooks come first before a test and last after it. */
beforeEach(beginTest);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await toldOnFailure());
  // Files share a process: the next file finds the clock and functions unchanged.
  vi.useRealTimers();
  vi.restoreAllMocks();
  return endTest();
});
afterAll(endFile);
