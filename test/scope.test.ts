import { expect, test } from 'vitest';
import { beginTest, endTest, owned } from './kit/scope.ts';

/** Plays the end of a test within a test: it closes by hand what is owned here. */
test('the end of a test closes all that it opened, the newest first, each once', async () => {
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

test('a close that fails is reported and does not keep the rest open', async () => {
  const closed: string[] = [];
  owned(async () => void closed.push('database'));
  owned(() => Promise.reject(new Error('the server does not end')));
  owned(() => Promise.reject(new Error('nor does the browser')));
  await expect(endTest()).rejects.toThrow('nor does the browser\nError: the server does not end');
  expect(closed).toEqual(['database']);
  beginTest();
});
