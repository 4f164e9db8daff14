import { afterAll, afterEach, beforeEach } from 'vitest';
import { beginTest, endFile, endTest } from './scope.ts';

/** Before every test file: its hooks come first before a test, and last after it. */
beforeEach(beginTest);
afterEach(endTest);
afterAll(endFile);
