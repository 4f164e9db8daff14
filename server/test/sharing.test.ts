import { expect, test } from 'vitest';
import { sharing } from '../src/http/sharing.ts';

test('many callers share one look, and the next look follows when its answer is old enough', async () => {
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

test('a failed look fails for its callers, and not for later ones', async () => {
  const outcomes = [Promise.reject(new Error('no')), Promise.resolve('yes')];
  outcomes[0]?.catch(() => {});
  const ask = sharing(() => outcomes.shift() as Promise<string>, 0);
  const [first, second] = [ask(), ask()];
  await expect(first).rejects.toThrow('no');
  await expect(second).rejects.toThrow('no');
  await expect.poll(() => ask().catch(() => 'no')).toBe('yes');
});
