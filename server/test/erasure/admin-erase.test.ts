import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';

const ADMIN = fileURLToPath(new URL('../../src/admin.ts', import.meta.url));
const run = promisify(execFile);

test('H6: admin erase first says whom it concerns, and erases only what was confirmed by number', async () => {
  const { db, url } = await createTestDatabase();
  await openShop(db);
  const directory = await openDirectory('admin-erase');
  const { transaction: _none, ...order } = incoming({ paymentKind: 'none' });
  const closed = await place(db, order);
  await db.query(
    `update orders set status = 'completed' where order_number = $1`, // the journal is no matter here
    [closed],
  );
  const open = await place(db, incoming());
  const env = {
    ...process.env,
    DATABASE_URL: url,
    RENKEI_DATA: directory,
    RENKEI_SEALS: join(directory, 'seals.jsonl'),
  };
  const admin = async (...words: readonly string[]) => {
    const { stdout } = await run(process.execPath, [ADMIN, 'erase', SHOP, ...words], { env });
    return stdout;
  };
  const names = async () => {
    const { rows } = await db.query<{ customer_name: string }>(
      'select customer_name from orders order by order_number',
    );
    return rows.map((row) => row.customer_name);
  };

  const said = await admin('--email', 'HANAKO@example.jp');
  expect(said).toContain(`order ${closed}: yes`);
  expect(said).toContain(`order ${open}: The order is not closed`);
  expect(said).toContain('--confirm 1');
  await expect(admin('--email', 'hanako@example.jp', '--confirm', '2')).rejects.toThrow(
    '--confirm must be 1',
  );
  await expect(admin()).rejects.toThrow('Give one of');
  expect(await names()).toEqual(['髙﨑 花子', '髙﨑 花子']);

  const done = await admin('--email', 'hanako@example.jp', '--confirm', '1', '--by', '渡辺');
  expect(done).toMatch(/erased: 1 orders, 0 applications; certificate \d+, [0-9a-f]{64}/);
  expect(await names()).toEqual(['', '髙﨑 花子']);
  expect(await readFile(join(directory, 'erasures.jsonl'), 'utf8')).toContain(closed);
  const { rows } = await db.query(
    `select actor ->> 'name' as who from shop_log where area = 'erasure'`,
  );
  expect(rows).toEqual([{ who: '渡辺（npm run admin）' }]);
});
