import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from '@renkei/core/perform.ts';
import { NO_MARKS } from '@renkei/core/ports/marks.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEmptyDatabase, createTestDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { type MovedClock, movableUrl, openMovedClock } from '../../../test/kit/moved-clock.ts';
import { incoming, openShop, place, SHOP, TANAKA, wanted } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { backUp } from '../../src/admin/backup.ts';
import { restore } from '../../src/admin/restore.ts';
import { ErasureList } from '../../src/audit/erasure-list.ts';
import { verify } from '../../src/audit/verify.ts';
import {
  eraseCustomer,
  type GiveCommand,
  hindranceOf,
} from '../../src/services/erase-customers.ts';
import { withAuditBook } from '../../src/store/audit/audit-book.ts';
import { releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import type { Db } from '../../src/store/db/db.ts';
import { findOrdersOf } from '../../src/store/erasure/candidates.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { changeSettings } from '../../src/store/shops/shops.ts';
import { Eraser } from '../../src/workers/eraser.ts';

/** H6: retention, and erasures that a restored database has forgotten. */
const DAY_MS = 86_400_000;
let db: Db;
let clock: MovedClock;
let directory: string;
let list: ErasureList;
let errors: unknown[];
beforeEach(async () => {
  const database = await createTestDatabase();
  clock = await openMovedClock(database.db);
  db = connect(movableUrl(database.url));
  directory = await openDirectory('eraser');
  list = new ErasureList(join(directory, 'erasures.jsonl'));
  errors = [];
  await openShop(db);
});

const commandOn =
  (on: Db): GiveCommand =>
  async (ref, wantedOne) => {
    const world = {
      store: createPgStore(on),
      gateway: {
        ask: () => Promise.reject(new Error('nobody asks F-REGI')),
        inquire: () => Promise.reject(new Error('nobody asks F-REGI')),
      },
      marks: NO_MARKS,
      timing: TIMING,
      stopwatch: () => performance.now(),
    };
    return (await request(world, ref, wantedOne)).acceptance;
  };

const eraserOn = (on: Db, limit?: number) =>
  new Eraser({
    db: on,
    command: commandOn(on),
    list,
    onError: (error) => errors.push(error),
    ...(limit === undefined ? {} : { limit }),
  });

const ref = (orderNumber: string) => ({ shopId: SHOP, orderNumber });

/** An order that was paid by bank transfer, and is done with. */
async function closed(on = db): Promise<string> {
  const { transaction: _none, ...order } = incoming({ paymentKind: 'bank_transfer' });
  const orderNumber = await place(on, order);
  const paid = { kind: 'mark_paid', paidOn: '2026-11-14', mail: 'manual' } as const;
  const done = { kind: 'change_status', to: 'completed', cancelTransaction: false } as const;
  for (const command of [{ ...paid, withoutGateway: false, from: 'detail' } as const, done]) {
    const { kind } = await commandOn(on)(ref(orderNumber), wanted(command));
    expect(kind).toBe('accepted');
  }
  return orderNumber;
}

async function keepFor(years: number | null): Promise<void> {
  const { rows } = await db.query<{ version: number }>('select version from shops');
  const place = { shopId: SHOP, actor: TANAKA };
  await changeSettings(db, place, rows[0]?.version ?? 0, { retentionYears: years });
}

async function erasedIn(on: Db): Promise<string[]> {
  const { rows } = await on.query<{ order_number: string }>(
    `select order_number from orders where customer_erased and customer_name = ''
      order by order_number`,
  );
  return rows.map((row) => row.order_number);
}

async function walk(eraser: Eraser): Promise<void> {
  while ((await eraser.round()) === 'more');
}

describe('retention', () => {
  test('H6: the customer of a closed order goes when the last movement is old enough, not before', async () => {
    const orderNumber = await closed();
    const open = await place(db, incoming());
    await clock.move(5 * 365 * DAY_MS); // a leap day short of five years
    await walk(eraserOn(db));
    expect(await erasedIn(db)).toEqual([]); // the shop keeps everybody unless its owner says how long
    await keepFor(5);
    await walk(eraserOn(db));
    expect(await erasedIn(db)).toEqual([]);
    await clock.move(3 * DAY_MS);
    await walk(eraserOn(db));
    expect(await erasedIn(db)).toEqual([orderNumber]);
    expect(errors).toEqual([]);
    const { rows } = await db.query('select customer_name from orders where order_number = $1', [
      open,
    ]);
    expect(rows).toEqual([{ customer_name: '髙﨑 花子' }]);
    const verdict = await withAuditBook(db, (book) => verify(book, []));
    expect(verdict).toMatchObject({ orders: 2, wrong: null });
  });

  test('H6: the worker walks in bounded steps, and certifies each step', async () => {
    const numbers = [
      await closed(),
      await closed(),
      await closed(),
      await closed(),
      await closed(),
    ];
    await keepFor(1);
    await clock.move(2 * 366 * DAY_MS);
    const eraser = eraserOn(db, 2);
    expect(await eraser.round()).toBe('more');
    expect(await erasedIn(db)).toHaveLength(2);
    await walk(eraser);
    expect(await erasedIn(db)).toEqual(numbers.toSorted());
    const { rows } = await db.query<{ orders: number }>(
      `select (after ->> 'orders')::int as orders from shop_log where area = 'erasure' order by n`,
    );
    expect(rows.map(({ orders }) => orders)).toEqual([2, 2, 1]);
    expect((await list.read()).map(({ name }) => name).toSorted()).toEqual(numbers.toSorted());
  });

  test('H6: an old order with open money or an open item of 要対応 keeps its customer', async () => {
    const watched = await closed();
    await db.query(
      `insert into attention (shop_id, id, kind, story, urgency, order_number, amount, drift,
         fingerprint) values ($1, $2, 'stray_transaction', 'x', 'now', $3, 1, '{}', 'x')`,
      [SHOP, randomUUID(), watched],
    );
    const { transaction: _none, ...order } = incoming({ paymentKind: 'bank_transfer' });
    const unpaid = await place(db, order);
    const done = { kind: 'change_status', to: 'completed', cancelTransaction: false } as const;
    await commandOn(db)(ref(unpaid), wanted(done));
    await keepFor(1);
    await clock.move(9 * 366 * DAY_MS);
    await walk(eraserOn(db));
    expect(await erasedIn(db)).toEqual([]);
    expect(errors).toEqual([]);
    const kept = await findOrdersOf(db, SHOP, { by: 'overdue' }, 10);
    const why = kept.map((one) => [one.order.orderNumber, hindranceOf(one)]);
    expect(Object.fromEntries(why)).toEqual({
      [watched]: 'attention_open',
      [unpaid]: 'money_open',
    });
  });
});

describe('a restored database', () => {
  test('H6: whoever was erased after the back-up is erased again by the list outside', async () => {
    const [orderNumber, kept] = [await closed(), await closed()];
    const backup = join(directory, 'monday');
    await backUp(db, backup);
    const erasure = { actor: TANAKA, cause: 'request', seen: null } as const;
    expect(await eraseCustomer(db, commandOn(db), ref(orderNumber), erasure)).toBeNull();
    await walk(eraserOn(db)); // certifies it, and notes it outside
    await appendFile(join(directory, 'erasures.jsonl'), '{"shopId": "hana'); // a crash, half a line

    const restored = (await createEmptyDatabase()).db;
    await restore(restored, backup);
    expect(await erasedIn(restored)).toEqual([]);
    await releaseSafeMode(restored, 'Tanaka');
    await walk(eraserOn(restored));
    expect(await erasedIn(restored)).toEqual([orderNumber]);
    const { rows } = await restored.query(
      `select name, cause, certificate is not null as certified from erasures`,
    );
    expect(rows).toEqual([{ name: orderNumber, cause: 'restored', certified: true }]);
    expect(errors).toEqual([]);
    const names = await restored.query('select customer_name from orders where order_number = $1', [
      kept,
    ]);
    expect(names.rows).toEqual([{ customer_name: '髙﨑 花子' }]);
    expect((await withAuditBook(restored, (book) => verify(book, []))).wrong).toBeNull();
  });
});
