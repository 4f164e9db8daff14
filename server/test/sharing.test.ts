import { expect, test } from 'vitest';
import { sharing } from '../src/http/sharing.ts';

test('however many ask, one looks; when its answer has stood long enough, the next one looks', async () => {
  let looks = 0;
  let end: (n: number) => void = () => {};
  const ask = sharing(() => {
    looks += 1;
    return new Promise<number>((resolve) => {
      end = resolve;
    });
  }, 20);
  const asked = Array.from({ length: 100 }, ask);
  expect(looks).toBe(1);
  end(7);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([7]));
  await expect.poll(() => [ask(), looks][1]).toBe(2);
  end(8);
  expect(await ask()).toBe(8);
});

test('a look that fails fails for all who asked, and not for those who ask later', async () => {
  const outcomes = [Promise.reject(new Error('no')), Promise.resolve('yes')];
  outcomes[0]?.catch(() => {});
  const ask = sharing(() => outcomes.shift() as Promise<string>, 0);
  const [first, second] = [ask(), ask()];
  await expect(first).rejects.toThrow('no');
  await expect(second).rejects.toThrow('no');
  await expect.poll(() => ask().catch(() => 'no')).toBe('yes');
});
