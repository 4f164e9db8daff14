import { expect, test } from 'vitest';
import { endTest } from '../kit/scope.ts';
import { openStage } from './stage.ts';

/** The end of a file is played within a test: the stage is asked what it thinks of it. */
test('a page that complained fails the file, but for what was to be expected', async () => {
  const stage = await openStage({ complaintsExpected: /cut off/ });
  const page = await stage.stranger('/sign-in');
  const complained = page.waitForEvent('pageerror');
  await page.evaluate(() => {
    console.error('cut off');
    setTimeout(() => {
      throw new Error('a broken screen');
    });
  });
  await complained;
  await expect(endTest()).rejects.toThrow(/^a page complained: Error: a broken screen$/);
});

test('what went wrong inside fails the file', async () => {
  const { env } = await openStage();
  (env.errors as unknown[]).push(new Error('a broken round'));
  await expect(endTest()).rejects.toThrow(/^something went wrong inside: Error: a broken round$/);
});
