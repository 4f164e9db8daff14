import type { Command } from '@renkei/core/domain/commands/command.ts';
import type { Sighted } from '@renkei/core/domain/drift/sighted.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import { type Acceptance, accept } from '@renkei/core/turns/accept.ts';
import type { Answer } from '@renkei/core/turns/asks.ts';
import { RENKEI, type Step } from '@renkei/core/turns/operation.ts';
import { hear, see } from '@renkei/core/turns/protocol.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../../../test/kit/orders.ts';
import { recordSighting } from '../../src/store/attention/observations.ts';
import { enterSafeMode, releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import { isUniqueViolation, type Queryable } from '../../src/store/db/db.ts';
import { loadOwner } from '../../src/store/orders/books.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { turnOn } from '../../src/store/orders/pg-store.ts';

/** O1 on PostgreSQL: of two orders that take one transaction at once, exactly one has it. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

let serial = 0;

/** Places two orders under one slip, and a transaction of it that neither has. */
async function scene() {
  serial += 1;
  const slipId = `S-${serial}`;
  const [a, b] = [await under(slipId), await under(slipId)];
  const stray: Sighted = {
    seqno: `9${String(serial).padStart(19, '0')}`,
    slipId,
    authCode: 'xyz',
    state: 'authorized',
    amount: yen(2_000),
    authorizedAt: null,
    seenAt: Date.now(),
    source: 'inquiry',
  };
  await look(stray, [ownUnder(a, slipId), ownUnder(b, slipId), stray]);
  return { a, b, slipId, stray };
}

/** The look that shows the stray shows the orders' own, too; otherwise it may replace one of them. */
async function look({ slipId, seenAt }: Sighted, shown: readonly Shown[]): Promise<void> {
  const of = { source: 'inquiry', slipId, complete: true } as const;
  const times = { authorizedAt: null, capturedAt: null, cancelledAt: null };
  const observed = shown.map(({ seqno, slipId: slip, authCode, state, amount }) => {
    return { seqno, slipId: slip, authCode, state, amount, ...times };
  });
  await recordSighting(database.db, { shopId: SHOP, seenAt, actor: RENKEI, of, observed });
}

type Shown = Pick<Sighted, 'seqno' | 'slipId' | 'authCode' | 'state' | 'amount'>;

function ownUnder({ orderNumber }: OrderRef, slipId: string): Shown {
  const seqno = orderNumber.padStart(20, '0');
  return { seqno, slipId, authCode: 'abc', state: 'authorized', amount: yen(9_115) };
}

async function under(slipId: string, seqno?: string): Promise<OrderRef> {
  return { shopId: SHOP, orderNumber: await place(database.db, orderUnder(slipId, seqno)) };
}

function orderUnder(slipId: string, seqno?: string) {
  const order = incoming();
  const own = seqno ?? order.orderNumber.padStart(20, '0');
  const held = { kind: 'authorized', seqno: own, authCode: 'abc', amount: 9_115, slipId } as const;
  return { ...order, transaction: held };
}

/**
 * Returns a database on which the first write of a turn waits until `width` turns are about to
 * write.
 */
function meeting(width: number) {
  let waiting = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  // Without it, a statement of another name would go by unseen, and nobody would meet.
  onTestFinished(() => expect(waiting).toBe(width));
  return (): Queryable => {
    let isFirst = true;
    const query = async (...given: Parameters<typeof database.db.query>) => {
      const isWrite = (given[0] as { name?: string }).name?.startsWith('write ') ?? false;
      if (isWrite && isFirst) {
        isFirst = false;
        waiting += 1;
        if (waiting === width) open();
        await gate;
      }
      return database.db.query(...given);
    };
    return { query } as Queryable;
  };
}

async function press(db: Queryable, ref: OrderRef, command: Command): Promise<string> {
  const turn = await turnOn(db, ref, (page, earlier) =>
    accept(page, earlier, wanted(command), TIMING),
  );
  return wordsOf(turn.acceptance);
}

function wordsOf(acceptance: Acceptance): string {
  return acceptance.kind === 'refused' ? acceptance.reason : acceptance.kind;
}

const ANOTHERS = 'transaction_of_another_order';
const PERHAPS = 'transaction_perhaps_of_another_order';

describe('O1: two orders that take one transaction in the same moment', () => {
  test('of a cancelling as a stray and a link to it at once, exactly one happens', async () => {
    const won = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const { a, b, stray } = await scene();
      const server = meeting(2);
      const cancels = () => press(server(), a, { kind: 'cancel_stray', stray });
      const links = () => press(server(), b, { kind: 'relink', to: stray, adopt: false });
      const both = round % 2 === 0 ? [cancels(), links()] : [links(), cancels()].toReversed();
      const [cancelled, linked] = await Promise.all(both);
      expect([cancelled, linked].toSorted()).toEqual(['accepted', ANOTHERS]);
      const owner = cancelled === 'accepted' ? a : b;
      won.add(owner === a ? 'cancelled' : 'linked');
      expect(await loadOwner(database.db, SHOP, stray.seqno)).toBe(owner.orderNumber);
      const stored = await loadOrder(database.db, b);
      expect(stored?.order.transaction?.seqno === stray.seqno).toBe(linked === 'accepted');
    }
    expect(won.size).toBeGreaterThan(0);
  });

  test('if both orders cancel it as their stray, one asks F-REGI, and the other is told whose it is', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { a, b, stray } = await scene();
      const server = meeting(2);
      const command = { kind: 'cancel_stray', stray } as const;
      const told = await Promise.all([press(server(), a, command), press(server(), b, command)]);
      expect(told.toSorted()).toEqual(['accepted', ANOTHERS]);
      const { rows } = await database.db.query<{ asks: number }>(
        'select count(*) as asks from steps where shop_id = $1 and seqno = $2',
        [SHOP, stray.seqno],
      );
      expect(rows[0]?.asks).toBe(1);
    }
  });

  test('of a cancelling and a new order with the same transaction, one is refused', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { a, slipId, stray } = await scene();
      const placing = () =>
        place(database.db, orderUnder(slipId, stray.seqno)).catch((error: unknown) => {
          if (!isUniqueViolation(error, 'one_owner_per_transaction')) throw error;
          return null;
        });
      const command = { kind: 'cancel_stray', stray } as const;
      const [placed, cancelled] = await Promise.all([placing(), press(database.db, a, command)]);
      expect(cancelled).toBe(placed === null ? 'accepted' : ANOTHERS);
      expect(await loadOwner(database.db, SHOP, stray.seqno)).toBe(placed ?? a.orderNumber);
    }
  });
});

test('O1: a transaction cancelled as a stray is nobody’s again once the operation has ended', async () => {
  const { a, stray } = await scene();
  const command = wanted({ kind: 'cancel_stray', stray });
  const { next } = await turnOn(database.db, a, (page, earlier) =>
    accept(page, earlier, command, TIMING),
  );
  if (next.kind !== 'ask') throw new Error('nothing was asked');
  expect(await loadOwner(database.db, SHOP, stray.seqno)).toBe(a.orderNumber);
  const declined: Answer = { kind: 'refused', refusal: 'request_rejected', code: 'X', text: 'no' };
  await turnOn(database.db, a, (page) => hear(page, next.step, declined, TIMING));
  expect(await loadOwner(database.db, SHOP, stray.seqno)).toBe(null);
});

test('O1: what a look or a file shows alone may be the other order’s, until its own is seen, too', async () => {
  const { a, b, slipId, stray } = await scene();
  const later = { ...stray, seqno: stray.seqno.replace(/^9/, '8'), seenAt: stray.seenAt + 1_000 };
  await look(later, [later]);
  expect(await press(database.db, a, { kind: 'cancel_stray', stray: later })).toBe(PERHAPS);
  await look(later, [ownUnder(b, slipId)]);
  expect(await press(database.db, a, { kind: 'cancel_stray', stray: later })).toBe('accepted');
});

test('O1: what was seen before another order had asked in vain is neither cancelled nor linked to', async () => {
  const first = await changing();
  const other = await under(first.slipId);
  const own = ownUnder(first.ref, first.slipId);
  await first.ask();
  const { rows } = await database.db.query<{ at: number }>(
    `update steps s set state = 'disproven', answered_at = now() from operations o
      where o.shop_id = s.shop_id and o.id = s.operation_id and o.order_number = $1
     returning floor(extract(epoch from s.answered_at) * 1000)::float8 as at`,
    [first.ref.orderNumber],
  );
  await database.db.query(
    `update operations set state = 'declined', reason = 'confirmed_not_executed', ended_at = now()
      where order_number = $1`,
    [first.ref.orderNumber],
  );
  const settledAt = rows[0]?.at ?? 0;
  const how = { authorizedAt: null, source: 'inquiry' } as const;
  const seqno = own.seqno.replace(/^0/, '7');
  const before: Sighted = { ...own, ...how, seqno, seenAt: settledAt - 1_000 };
  const after: Sighted = { ...before, seenAt: settledAt + 1_000 };
  await look(after, [own, ownUnder(other, first.slipId), after]);
  const link = (to: Sighted) => press(database.db, other, { kind: 'relink', to, adopt: false });
  expect(await link(before)).toBe(PERHAPS);
  expect(await press(database.db, other, { kind: 'cancel_stray', stray: after })).toBe(PERHAPS);
  expect(await link(after)).toBe('accepted');
});

test('O1: after a restore, a look gives a slip’s new transaction to no order by itself, alone or shared', async () => {
  const [before, alone, after] = [await changing(), await changing(), await changing()];
  await under(before.slipId);
  await under(after.slipId);
  const [lost, single] = [await before.ask(), await alone.ask()];
  await enterSafeMode(database.db, []);
  await releaseSafeMode(database.db, 'the test');
  expect(await before.look(lost)).toBe('the former');
  expect(await alone.look(single)).toBe('the former');
  expect(await after.look(await after.ask())).toBe('the new one');
});

/** Places an order of whose amount F-REGI holds more; its payment begins with a change of amount. */
async function changing() {
  serial += 1;
  const slipId = `S-${serial}`;
  const incomingOrder = orderUnder(slipId);
  const transaction = { ...incomingOrder.transaction, amount: 9_850 };
  const orderNumber = await place(database.db, { ...incomingOrder, transaction });
  const ref = { shopId: SHOP, orderNumber };
  const ask = async () => {
    const { next } = await turnOn(database.db, ref, (page, earlier) =>
      accept(page, earlier, wanted(MARK_PAID), TIMING),
    );
    if (next.kind !== 'ask') throw new Error('nothing was asked');
    return next.step;
  };
  /** Applies a look that shows another transaction in the place of the former; returns the order's. */
  const look = async (step: Step) => {
    const former = { seqno: step.seqno ?? '', authCode: 'abc', state: 'voided' } as const;
    const fresh = {
      seqno: `8${orderNumber}0000000`,
      authCode: 'new',
      state: 'authorized',
    } as const;
    const transactions = [
      { ...former, amount: yen(9_850) },
      { ...fresh, amount: step.amount },
    ];
    const sighting = { kind: 'seen', complete: true, transactions } as const;
    const { page } = await turnOn(database.db, ref, (now) =>
      see(now, { ...step, from: now.now }, sighting, TIMING),
    );
    return page.order.transaction?.seqno === fresh.seqno ? 'the new one' : 'the former';
  };
  return { ref, slipId, ask, look };
}

test('O1: a transaction once linked to an order stays its own, whatever it is linked to next', async () => {
  const { a, b, stray } = await scene();
  const first = (await loadOrder(database.db, a))?.order.transaction?.seqno ?? '';
  expect(await press(database.db, a, { kind: 'relink', to: stray, adopt: false })).toBe('accepted');
  const former = { ...stray, seqno: first };
  for (const command of [
    { kind: 'relink', to: former, adopt: false },
    { kind: 'cancel_stray', stray: former },
  ] as const) {
    expect(await press(database.db, b, command)).toBe(ANOTHERS);
  }
  expect(await loadOwner(database.db, SHOP, first)).toBe(a.orderNumber);
  expect(await press(database.db, a, { kind: 'cancel_stray', stray: former })).toBe('accepted');
});
