import type { Db } from '../../server/src/store/db/db.ts';
import { connect } from '../kit/postgres.ts';
import { sleep } from './processes.ts';

/** What readers and writers of orders met while their table was being migrated. */
export type Met = {
  readonly asked: number;
  readonly failed: readonly string[];
  readonly longestMs: number;
  /** Acknowledged changes that are lost. */
  readonly lost: number;
};

type Change = { readonly number: string; readonly version: number };

const PAUSE_MS = 3;

/** Reads and writes orders, with two connections each, until `work` is done. */
export async function meanwhile(url: string, work: () => Promise<void>): Promise<Met> {
  const db = connect(url, {
    max: 4,
    onConnect: async (client) => {
      await client.query('set statement_timeout = 0'); // a long statement is measured, not ended
    },
  });
  const numbers = await pickOrders(db);
  const asks: number[] = [];
  const failed: string[] = [];
  const changes: Change[] = [];
  let over = false;
  const keepAsking = async (ask: (number: string) => Promise<void>) => {
    while (!over) {
      const began = performance.now();
      const number = numbers[Math.floor(Math.random() * numbers.length)] ?? '';
      await ask(number).catch((error: unknown) => failed.push(String(error)));
      asks.push(performance.now() - began);
      await sleep(PAUSE_MS);
    }
  };
  const read = async (number: string) => {
    await db.query(READ, [number]);
  };
  const write = async (number: string) => {
    const { rows } = await db.query<Change>(WRITE, [number]);
    changes.push(...rows);
  };
  const people = [read, read, write, write].map(keepAsking);
  await sleep(100);
  await work();
  await sleep(100);
  over = true;
  await Promise.all(people);
  const lost = await countLost(db, changes);
  await db.end();
  return { asked: asks.length, failed, longestMs: Math.max(...asks), lost };
}

async function pickOrders(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ number: string }>(
    `select order_number as number from orders order by hashtext(order_number) limit 1000`,
  );
  return rows.map(({ number }) => number);
}

async function countLost(db: Db, changes: readonly Change[]): Promise<number> {
  const { rows } = await db.query<{ lost: number }>(LOST, [JSON.stringify(changes)]);
  return rows[0]?.lost ?? changes.length;
}

/** Works on every schema since the first. */
const READ = `
  select o.*, j.event from orders o
    join journal j on j.shop_id = o.shop_id and j.order_number = o.order_number
   where o.shop_id = 'past' and o.order_number = $1`;

/** Changes an order and appends its entry in one statement, as turns do. */
const WRITE = `
  with changed as (
    update orders set version = version + 1 where shop_id = 'past' and order_number = $1
    returning shop_id, order_number, version
  )
  insert into journal (shop_id, order_number, version, at, actor, event)
  select shop_id, order_number, version, now(), '{}', '{"kind": "cancel_request_dismissed"}'
    from changed
  returning order_number as number, version`;

const LOST = `
  select count(*) as lost
    from jsonb_to_recordset($1::jsonb) as change (number text, version int)
    left join journal j on j.shop_id = 'past' and j.order_number = change.number
      and j.version = change.version
    left join orders o on o.shop_id = 'past' and o.order_number = change.number
   where j.version is null or o.version < change.version`;
