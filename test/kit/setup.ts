import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { beginTest, endFile, endTest } from './scope.ts';

/** Before every test file: its hooks come first before a test, and last after it. */
beforeEach(beginTest);
afterEach(() => {
  // Files share a process: the next one finds time and functions as they are.
  vi.useRealTimers();
  vi.restoreAllMocks();
  return endTest();
});
afterAll(endFile);
