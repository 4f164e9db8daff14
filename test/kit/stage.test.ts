import { expect, test } from 'vitest';
import { endTest } from './scope.ts';
import { openStage } from './stage.ts';

/** Plays the end of a file within a test, and reads the stage's verdict. */
test('a complaint of a page fails the file, unless it was expected', async () => {
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

test('an error inside the system fails the file', async () => {
  const { env } = await openStage();
  (env.errors as unknown[]).push(new Error('a broken round'));
  await expect(endTest()).rejects.toThrow(/^something went wrong inside: Error: a broken round$/);
});
