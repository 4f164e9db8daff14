import { expect, test } from 'vitest';
import { beginTest, endTest, owned } from './kit/scope.ts';

/** The end of a test is played within a test: what is owned here is closed by hand. */
test('what a test has opened is closed with it, the newest first, and each once', async () => {
  const closed: string[] = [];
  const close = (name: string) => owned(async () => void closed.push(name));
  const early = [close('database'), close('sandbox'), close('server')][1];
  await early?.();
  await endTest();
  expect(closed).toEqual(['sandbox', 'server', 'database']);
  await endTest();
  await early?.();
  expect(closed).toHaveLength(3);
  beginTest();
});

test('one that cannot be closed keeps no other open, and is told', async () => {
  const closed: string[] = [];
  owned(async () => void closed.push('database'));
  owned(() => Promise.reject(new Error('the server does not end')));
  owned(() => Promise.reject(new Error('nor does the browser')));
  await expect(endTest()).rejects.toThrow('nor does the browser\nError: the server does not end');
  expect(closed).toEqual(['database']);
  beginTest();
});
