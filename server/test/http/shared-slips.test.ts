import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amounts, atConsole, type Desk, deskOf } from '../../../test/kit/desk.ts';
import { incoming, place } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/**
 * O1: several orders under one 伝票番号, which F-REGI permits. A transaction of one order is never
 * another order's stray, is told as its owner's, and cannot be moved by a command on another order.
 */
let env: DevEnv;
let desk: Desk;
beforeAll(async () => {
  env = await openDevEnv();
  desk = deskOf(env, await env.signIn('owner'));
});
afterAll(() => env?.close());

let serial = 0;

/** Makes a transaction at F-REGI without Renkei. */
async function seed(slipId: string, amount: number): Promise<string> {
  const seqno = seqnoOf();
  await hold(seqno, slipId, amount);
  return seqno;
}

async function hold(seqno: string, slipId: string, amount: number): Promise<void> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/transactions`, {
    method: 'POST',
    body: JSON.stringify([{ shopId: '90001', id: slipId, seqno, amount, state: 'authorized' }]),
  });
  expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([201, '']);
}

/** Places an order of an amount, with its transaction under a slip. */
async function order(
  slipId: string,
  amount: number,
  orderNumber = numberOf(),
  known: string | null = null,
) {
  const seqno = known ?? seqnoOf();
  if (known === null) await hold(seqno, slipId, amount);
  const transaction = { kind: 'authorized', seqno, authCode: 'abc123', amount, slipId } as const;
  await place(env.db, incoming({ orderNumber, amounts: amounts(amount), transaction }));
  return { orderNumber, seqno };
}

function seqnoOf(): string {
  serial += 1;
  return `7${String(serial).padStart(19, '0')}`;
}

function numberOf(): string {
  serial += 1;
  return `6${String(serial).padStart(11, '0')}`;
}

/** Places two orders under the slip of the first: of 5,000 yen, and of 2,000. */
async function twoOrders() {
  const slipId = numberOf();
  const a = await order(slipId, 5_000, slipId);
  const b = await order(slipId, 2_000);
  return { a, b, slipId };
}

async function look(orderNumber: string) {
  const reply = await desk.act('POST', orderNumber, 'look');
  expect(reply.status).toBe(200);
  return reply.body.order;
}

const itemsOf = async (orderNumber: string) =>
  (await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;

const detailOf = async (id: string) => (await desk.client.get(`/v1/attention/${id}`)).body;

async function pressRepair(id: string, repair: string, seqno: string) {
  const { orderVersion: version } = await detailOf(id);
  return desk.client.post(`/v1/attention/${id}/repair`, { version, body: { repair, seqno } });
}

const stateOf = (seqno: string) =>
  env.sandbox.gateway.ledger.list().find((held) => held.seqno === seqno)?.state;

describe('O1: another order’s transaction', () => {
  test('another order’s transaction is no stray, authorized or captured, and nothing offers to move it', async () => {
    const { a, b } = await twoOrders();
    for (const captured of [false, true]) {
      if (captured) {
        expect((await desk.act('POST', b.orderNumber, 'payment', {})).status).toBe(200);
      }
      for (const { orderNumber } of [a, b]) {
        const { health } = await look(orderNumber);
        expect(health.items.filter(({ kind }: Kind) => kind !== 'captured_not_paid')).toEqual([]);
        expect(await itemsOf(orderNumber)).toEqual([]);
      }
    }
    const { health } = await look(a.orderNumber);
    const told = health.transactions.map(({ seqno, linked, belongsTo }: Told) => ({
      seqno,
      linked,
      belongsTo,
    }));
    expect(told).toEqual([
      { seqno: a.seqno, linked: true, belongsTo: null },
      { seqno: b.seqno, linked: false, belongsTo: { orderNumber: b.orderNumber, certain: true } },
    ]);
    expect([stateOf(a.seqno), stateOf(b.seqno)]).toEqual(['authorized', 'captured_untransmitted']);
  });

  test('a transaction that becomes another order’s is offered no more, and a prepared press is refused', async () => {
    const slipId = numberOf();
    const a = await order(slipId, 5_000, slipId);
    const extra = await seed(slipId, 2_000);
    await look(a.orderNumber);
    const [item] = await itemsOf(a.orderNumber);
    const shown = await detailOf(item.id);
    expect(shown.repairs.map(offered)).toEqual([
      `cancel_stray ${extra}`,
      `relink ${extra}`,
      'check_at_gateway null',
    ]);
    const b = await order(slipId, 2_000, numberOf(), extra);
    for (const [repair, locale, words] of [
      ['cancel_stray', 'ja', 'この取引は、同じ伝票番号の別の受注のものです。'],
      ['relink', 'en', 'The transaction belongs to another order of the same slip.'],
    ] as const) {
      const reply = await desk.client.post(`/v1/attention/${item.id}/repair`, {
        version: shown.orderVersion,
        locale,
        body: { repair, seqno: extra },
      });
      expect([reply.status, reply.body.code]).toEqual([409, 'transaction_of_another_order']);
      expect(reply.body.reason.cause).toBe(words);
    }
    // The item closes by itself: its transaction is the other order's, and agrees with it.
    await expect.poll(async () => (await itemsOf(a.orderNumber)).length).toBe(0);
    expect(await itemsOf(b.orderNumber)).toEqual([]);
    expect([stateOf(a.seqno), stateOf(extra)]).toEqual(['authorized', 'authorized']);
  });

  test("the item of an order that lost its own transaction names the other's owner, and cannot link it", async () => {
    const { a, b } = await twoOrders();
    await atConsole(desk, a.seqno, 'void');
    await look(a.orderNumber);
    const [item] = await itemsOf(a.orderNumber);
    const shown = await detailOf(item.id);
    expect(shown.kind).toBe('link_broken');
    expect(shown.repairs.map(offered)).not.toContain(`relink ${b.seqno}`);
    expect(shown.theirs.map(({ seqno, belongsTo }: Told) => ({ seqno, belongsTo }))).toEqual([
      { seqno: a.seqno, belongsTo: null },
      { seqno: b.seqno, belongsTo: { orderNumber: b.orderNumber, certain: true } },
    ]);
    expect(shown.why).toContain(
      `取引番号${b.seqno}は、同じ伝票番号の受注コード${b.orderNumber}のものです。`,
    );
    const reply = await pressRepair(item.id, 'relink', b.seqno);
    expect([reply.status, reply.body.code]).toEqual([409, 'transaction_of_another_order']);
  });

  test('a new transaction of an amount change at the console is its order’s, not the other’s stray', async () => {
    const { a, b, slipId } = await twoOrders();
    await atConsole(desk, a.seqno, 'change_amount', { amount: 6_000 });
    const made = env.sandbox.gateway.ledger
      .list()
      .find(({ id, state }) => id === slipId && state === 'authorized')?.seqno;
    await look(a.orderNumber);
    await look(b.orderNumber);
    expect(await itemsOf(b.orderNumber)).toEqual([]);
    const [item] = await itemsOf(a.orderNumber);
    const shown = await detailOf(item.id);
    expect(shown.repairs.map(offered)[0]).toBe(`relink ${made}`);
    const reply = await pressRepair(item.id, 'relink', made ?? '');
    expect([reply.status, reply.body.item.closed?.how]).toEqual([200, 'agreed']);
  });

  test('a transaction belongs to its order although the order came in without its slip', async () => {
    const slipId = numberOf();
    const a = await order(slipId, 5_000, slipId);
    const seqno = await seed(slipId, 2_000);
    const b = numberOf();
    const transaction = { kind: 'authorized', seqno, authCode: 'abc123', amount: 2_000 } as const;
    await place(env.db, incoming({ orderNumber: b, amounts: amounts(2_000), transaction }));
    const { health } = await look(a.orderNumber);
    expect(health.items).toEqual([]);
    expect(health.transactions.at(-1).belongsTo).toEqual({ orderNumber: b, certain: true });
  });

  test('a new order with a transaction that another order was once linked to is refused', async () => {
    const { a, b } = await twoOrders();
    expect(
      (await desk.act('PUT', a.orderNumber, 'amounts', { amounts: { items: 4_000 } })).status,
    ).toBe(200);
    expect((await desk.act('POST', a.orderNumber, 'payment', {})).status).toBe(200);
    expect((await desk.view(a.orderNumber)).transaction.seqno).not.toBe(a.seqno);
    for (const seqno of [a.seqno, b.seqno]) {
      const transaction = { kind: 'authorized', seqno, authCode: 'abc123', amount: 9_115 } as const;
      const {
        type: _type,
        channel: _channel,
        ...given
      } = incoming({ orderNumber: numberOf(), transaction });
      const reply = await desk.client.post('/v1/orders', { body: given });
      expect([reply.status, reply.body.code]).toEqual([409, 'transaction_taken']);
    }
  });
});

const offered = ({ id, seqno }: Offered) => `${id} ${seqno}`;

type Offered = { readonly id: string; readonly seqno: string | null };
type Kind = { readonly kind: string };
type Told = { readonly seqno: string; readonly linked: boolean; readonly belongsTo: object | null };
