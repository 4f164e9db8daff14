import { QueryClient, type QueryKey, QueryObserver, queryOptions } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keepAnswer, readAnew } from '../../src/api/cache.ts';

type Version = { readonly version: number };
type Read = { readonly answer: (read: Version) => void; readonly aborted: () => boolean };

/** An order's page that polls: each read waits until the test answers it. */
function openPage() {
  const queries = new QueryClient();
  const reads: Read[] = [];
  const query = queryOptions<Version, Error, Version, QueryKey>({
    queryKey: ['order', 'hanamichi', '100000000001'],
    queryFn: ({ signal }) =>
      new Promise((resolve) => void reads.push({ answer: resolve, aborted: () => signal.aborted })),
    initialData: { version: 1 },
  });
  const close = new QueryObserver(queries, query).subscribe(() => {});
  return { queries, query, reads, shown: () => queries.getQueryData(query.queryKey), close };
}

/** Lets all promises that can settle settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('after a refusal the screen reads anew: it joins no read that began before the command', async () => {
  const { queries, query, reads, shown, close } = openPage();
  expect(reads).toHaveLength(1);
  const anew = readAnew(queries, query);
  await settled();
  expect(reads).toHaveLength(2);
  reads[0]?.answer({ version: 1 });
  reads[1]?.answer({ version: 2 });
  expect(await anew).toEqual({ version: 2 });
  await settled();
  expect(shown()).toEqual({ version: 2 });
  close();
});

test('a read that began before a command does not replace the command’s answer', async () => {
  const { queries, query, reads, shown, close } = openPage();
  keepAnswer(queries, query.queryKey, { version: 2 });
  reads[0]?.answer({ version: 1 });
  await settled();
  expect(shown()).toEqual({ version: 2 });
  expect(reads[0]?.aborted()).toBe(true);
  close();
});

test('a read for no open screen does not replace the command’s answer, either', async () => {
  const { queries, query, reads, shown, close } = openPage();
  close();
  const read = queries.fetchQuery({ ...query, staleTime: 0 }).catch(() => {});
  keepAnswer(queries, query.queryKey, { version: 2 });
  reads.at(-1)?.answer({ version: 1 });
  await read;
  expect(shown()).toEqual({ version: 2 });
});

test('a read that an answer has ended begins again, because it may bring somebody else’s change', async () => {
  const { queries, query, reads, shown, close } = openPage();
  keepAnswer(queries, query.queryKey, { version: 2 });
  await settled();
  expect(reads).toHaveLength(2);
  reads[1]?.answer({ version: 3 });
  await settled();
  expect(shown()).toEqual({ version: 3 });
  close();
});

test('an answer is kept without another read if none is under way', async () => {
  const { queries, query, reads, shown, close } = openPage();
  reads[0]?.answer({ version: 1 });
  await settled();
  keepAnswer(queries, query.queryKey, (now) => now && { version: now.version + 1 });
  await settled();
  expect(shown()).toEqual({ version: 2 });
  expect(reads).toHaveLength(1);
  close();
});
