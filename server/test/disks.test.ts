import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLow, measureRoom } from '../src/disks.ts';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;

test('F35: the room of each disk is measured; a missing directory has no measure', async () => {
  const { blocks, bsize } = await statfs(tmpdir());
  const disks = { marks: tmpdir(), database: join(tmpdir(), 'not there') };
  const [room, ...others] = await measureRoom(disks);
  expect(others).toEqual([]);
  expect(room).toMatchObject({ disk: 'marks', sizeBytes: blocks * bsize });
  expect(room?.freeBytes).toBeGreaterThan(0);
  expect(room?.freeBytes).toBeLessThan(blocks * bsize);
});

test.each([
  [250 * GIB, 1 * GIB, false],
  [250 * GIB, 1 * GIB - 1, true],
  [5 * GIB, 0.5 * GIB, false],
  [5 * GIB, 0.5 * GIB - 1, true],
  [100 * MIB, 10 * MIB, false],
  [100 * MIB, 0, true],
])('F35: of %i bytes %i left is low: %s', (sizeBytes, freeBytes, low) => {
  expect(isLow({ sizeBytes, freeBytes })).toBe(low);
});
