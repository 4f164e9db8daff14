import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import {
  CUSTOMER_COLUMNS,
  OTHER_COLUMNS,
  STAFF_COLUMNS,
} from '../../src/store/erasure/personal-data.ts';

/** Every type of column that can hold a text of a person, also inside of an array or of JSON. */
const CAN_HOLD_TEXT = `
  select c.table_name || '.' || c.column_name as name
    from information_schema.columns c join pg_type t on t.typname = c.udt_name
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
   where c.table_schema = 'public'
     and coalesce(e.typname, t.typname) not in ('int4', 'int8', 'bool', 'date', 'timestamptz',
       'uuid')
   order by 1`;

const namesIn = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([name, columns]) => columns.map((one) => `${name}.${one}`));

test('H6: every column that can hold a text is judged: a customer’s with its eraser, the staff’s, or nobody’s', async () => {
  const { db } = await createTestDatabase();
  const { rows } = await db.query<{ name: string }>(CAN_HOLD_TEXT);
  const customers = Object.fromEntries(
    Object.entries(CUSTOMER_COLUMNS).map(([name, columns]) => [name, Object.keys(columns)]),
  );
  const judged = [customers, STAFF_COLUMNS, OTHER_COLUMNS].flatMap(namesIn);
  expect(judged.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});

test('no column has room for a card: none is named after its number, its expiry or its code', async () => {
  const { db } = await createTestDatabase();
  const { rows } = await db.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public'
        and column_name ~* '(^|_)(pan|cvv|cvc|card_number|card_no|expiry|security_code)($|_)'`,
  );
  expect(rows).toEqual([]);
});
