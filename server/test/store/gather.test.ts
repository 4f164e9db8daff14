import { expect, test } from 'vitest';
import { gather } from '../../src/store/db/gather.ts';

/** A call that ends when the test says so, and its arguments. */
function calls() {
  const begun: { items: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const double = gather(
    (items: readonly number[]) =>
      new Promise<number[]>((resolve, reject) => {
        begun.push({ items, end: () => resolve(items.map((item) => item * 2)), fail: reject });
      }),
  );
  return { double, begun };
}

test('requests of the same moment go in one call, each with its own result', async () => {
  const { double, begun } = calls();
  const results = Promise.all([1, 2, 3].map(double));
  await expect.poll(() => begun.length).toBe(1);
  begun[0]?.end();
  expect(await results).toEqual([2, 4, 6]);
  expect(begun.map(({ items }) => items)).toEqual([[1, 2, 3]]);
});

test('requests during a call wait for it, and go in the next', async () => {
  const { double, begun } = calls();
  const first = double(1);
  await expect.poll(() => begun.length).toBe(1);
  const later = Promise.all([double(2), double(3)]);
  begun[0]?.end();
  expect(await first).toBe(2);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.end();
  expect(await later).toEqual([4, 6]);
  expect(begun.map(({ items }) => items)).toEqual([[1], [2, 3]]);
});

test('a failed call fails for its own requests, and for nobody else', async () => {
  const { double, begun } = calls();
  const first = Promise.allSettled([double(1), double(2)]);
  await expect.poll(() => begun.length).toBe(1);
  const later = double(3);
  begun[0]?.fail(new Error('connection terminated'));
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.end();
  expect(await later).toBe(6);
});

test('a slow call holds nobody up for long: the next begins beside it', async () => {
  const { double, begun } = calls();
  const slow = double(1);
  await expect.poll(() => begun.length).toBe(1);
  const later = double(2);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.end();
  expect(await later).toBe(4);
  begun[0]?.end();
  expect(await slow).toBe(2);
});

test('the error of one item fails for nobody else', async () => {
  const ask = gather(async (items: readonly number[]) =>
    items.map((item) => (item === 2 ? new Error('two') : item)),
  );
  const results = await Promise.allSettled([1, 2, 3].map(ask));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
