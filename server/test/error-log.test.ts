import { expect, test } from 'vitest';
import { createTestDatabase } from '../../test/kit/databases.ts';
import { errorForLog } from '../src/error-log.ts';

test('S16: an error of PostgreSQL stands in the log without the row that it quotes', async () => {
  const { db } = await createTestDatabase();
  await db.query('create table people (name text, age int check (age > 0))');
  const failed: unknown = await db
    .query(`insert into people values ('個人情報 花子', -1)`)
    .catch((error: unknown) => error);
  expect(String((failed as { detail?: string }).detail)).toContain('花子');
  const logged = errorForLog(new Error('the order was not stored', { cause: failed }));
  expect(JSON.stringify(logged)).not.toContain('花子');
  expect(logged).toMatchObject({
    message: 'the order was not stored',
    cause: { code: '23514', table: 'people', constraint: 'people_age_check' },
  });
});

test('a card number in an error stands masked in the log', () => {
  expect(errorForLog(new Error('bad input 4111-1111-1111-1111')).message).toBe('bad input ***');
});

test('a chain of causes that goes round ends', () => {
  const one = new Error('one');
  one.cause = new Error('other', { cause: one });
  expect(JSON.stringify(errorForLog(one)).match(/"one"/g)?.length).toBeLessThan(10);
});
