import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../../test/kit/clients.ts';
import { type Desk, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/** O5: an order that is handed over again is the same only if it says the same in everything. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const hand = (body: object) => desk.client.post('/v1/orders', { body });
const differing = ({ body }: Reply): string[] =>
  (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);

/** An order that says something in every field of the contract. */
function full(): IncomingOrder {
  const order = incoming({
    amounts: {
      items: 9_350,
      shipping: 500,
      paymentFee: 10,
      wrapping: 20,
      coolFee: 30,
      otherFee: 40,
      pointsUsed: 735,
      couponDiscount: 50,
      discount: 60,
    },
  });
  const { details, transaction } = order;
  const [destination] = details.destinations;
  if (destination === undefined || transaction?.kind !== 'authorized') throw new Error('none');
  return {
    ...order,
    details: {
      customer: { ...details.customer, isMember: true },
      destinations: [{ ...destination, requestedDate: '2026-12-01', requestedTime: '午前中' }],
      customerMessage: '門の前で電話をください',
      memo: '贈り物',
    },
    transaction: {
      ...transaction,
      slipId: 'SLIP-1',
      authorizedAt: '2026-11-08T10:28:25.000Z',
      authentication: 'authenticated',
    },
  };
}

/** Values that are no plain text or number, and what else they can be. */
const OTHERWISE: Readonly<Record<string, unknown>> = {
  '/type': 'subscription',
  '/channel': 'smartphone',
  '/placedAt': '2026-11-08T10:28:27.000Z',
  '/paymentKind': 'bank_transfer',
  '/details/customer/postalCode': '530-0002',
  '/details/destinations/0/postalCode': '530-0002',
  '/details/destinations/0/requestedDate': '2026-12-02',
  '/details/destinations/0/shippedOn': '2026-11-10',
  '/details/destinations/0/lines/0/taxRate': 8,
  '/transaction/kind': undefined,
  '/transaction/authentication': 'attempted',
  '/transaction/seqno': '9'.repeat(20),
  '/transaction/authCode': 'zzz',
  '/transaction/authorizedAt': '2026-11-08T10:28:24.000Z',
};

type Leaf = { readonly pointer: string; readonly value: unknown };

function leavesOf(value: unknown, pointer = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ pointer, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${pointer}/${name}`));
}

function withLeaf(order: object, pointer: string, value: unknown): object {
  const copy = structuredClone(order) as Record<string, unknown>;
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const place = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy);
  place[last] = value;
  return copy;
}

function otherValue({ pointer, value }: Leaf): unknown {
  if (pointer in OTHERWISE) return OTHERWISE[pointer];
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}x`;
  throw new Error(`say what else ${pointer} can be`);
}

const FIELDS = leavesOf(full()).filter(
  ({ pointer }) => !['/orderNumber', '/transaction/kind'].includes(pointer),
);

describe('O5: another value in a field is a conflict that names the field', () => {
  test.each(FIELDS.map(({ pointer }) => [pointer]))('%s', async (pointer) => {
    const order = full();
    const leaf = leavesOf(order).find((each) => each.pointer === pointer);
    if (leaf === undefined) throw new Error(pointer);
    expect((await hand(order)).status).toBe(201);
    const again = await hand(withLeaf(order, pointer, otherValue(leaf)));
    expect([again.status, again.body.code, differing(again)]).toEqual([
      409,
      'order_exists',
      [pointer],
    ]);
    expect(again.body.errors[0].message).toMatch(/[ぁ-ん]/);
    expect((await hand(order)).status).toBe(200);
  });
});

test('O5: the number of products, destinations, and the transaction are compared', async () => {
  const order = full();
  await hand(order);
  const [destination] = order.details.destinations;
  if (destination === undefined) throw new Error('no destination');
  const more = { ...order.details, destinations: [destination, destination] };
  expect(differing(await hand({ ...order, details: more }))).toContain(
    '/details/destinations/1/name',
  );
  const lines = [...destination.lines, ...destination.lines];
  const longer = { ...order.details, destinations: [{ ...destination, lines }] };
  expect(differing(await hand({ ...order, details: longer }))).toContain(
    '/details/destinations/0/lines/1/quantity',
  );
  const { transaction: _, ...unpaid } = order;
  expect(differing(await hand(unpaid))).toContain('/transaction/seqno');
});

test('O5: a request repeats what was handed over first, whatever was edited and shipped since', async () => {
  const order = full();
  await hand(order);
  const { orderNumber } = order;
  const edited = await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 900 } });
  expect(edited.status).toBe(200);
  const shipped = await desk.act('POST', orderNumber, 'shipments', { mail: 'manual' });
  expect(shipped.status).toBe(200);
  const { version } = await desk.view(orderNumber);
  const again = await hand(order);
  expect([again.status, again.body.version]).toEqual([200, version]);
  const amounts = { ...order.amounts, shipping: 900 };
  expect(differing(await hand({ ...order, amounts }))).toEqual(['/amounts/shipping']);
});

test('O5: parts that are left out say the same as their defaults', async () => {
  const order = incoming();
  await hand(order);
  const amounts = { ...order.amounts, coolFee: 0, discount: 0 };
  const placedAt = '2026-11-08T10:28:26Z';
  const transaction = { ...order.transaction, slipId: order.orderNumber };
  expect((await hand({ ...order, amounts, placedAt, transaction })).status).toBe(200);
});

test('O5: the same token is a repeated request, another token is other content', async () => {
  const url = `${desk.env.sandbox.url}/sandbox/v1/tokens`;
  const tokens = [1, 2].map(async () => {
    const answer = await fetch(url, { method: 'POST', body: '{"pan":"4980111111111111"}' });
    return ((await answer.json()) as { token: string }).token;
  });
  const [token, other] = await Promise.all(tokens);
  const order = { ...incoming(), transaction: { kind: 'token', token } };
  expect((await hand(order)).status).toBe(201);
  expect((await hand(order)).status).toBe(200);
  const again = await hand({ ...order, transaction: { kind: 'token', token: other } });
  expect([again.status, differing(again)]).toEqual([409, ['/transaction/token']]);
  // An order of before hashes were kept is compared without its token.
  await desk.env.db.query('update orders set card_token_hash = null where order_number = $1', [
    order.orderNumber,
  ]);
  const old = await hand({ ...order, transaction: { kind: 'token', token: other } });
  expect(old.status).toBe(200);
});

test('O5: of many equal requests at once one places the order, and the others are told it is there', async () => {
  const order = incoming();
  const replies = await Promise.all(Array.from({ length: 8 }, () => hand(order)));
  const statuses = replies.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
});

test('O5: of many different requests at once one places the order, and the others are conflicts', async () => {
  // Sometimes two write the transaction at the same moment, before either sees the other's order.
  for (let time = 0; time < 20; time += 1) {
    const order = incoming();
    const wishes = Array.from({ length: 8 }, (_, n) =>
      withLeaf(order, '/details/customer/email', `hanako${n}@example.jp`),
    );
    const replies = await Promise.all(wishes.map(hand));
    const statuses = replies.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const refused = replies.filter(({ status }) => status === 409);
    for (const reply of refused) expect(differing(reply)).toEqual(['/details/customer/email']);
    const placed = replies.findIndex(({ status }) => status === 201);
    const { details } = await desk.view(order.orderNumber);
    expect(details.customer.email).toBe(`hanako${placed}@example.jp`);
  }
});

test('O5: a file that hands an order over again with other people in it names line and columns', async () => {
  const order = incoming();
  const send = (orders: readonly IncomingOrder[]) => {
    const formatted = formatOrdersCsv(orders, 'utf-8');
    if (formatted.kind !== 'formatted') throw new Error('not formatted');
    const headers = { 'content-type': 'text/csv' };
    return desk.client.post('/v1/imports?mode=all', { body: formatted.bytes, headers });
  };
  expect((await send([order])).body).toMatchObject({ imported: 1, errors: [] });
  const moved = {
    ...order,
    details: {
      ...order.details,
      customer: { ...order.details.customer, email: 'new@example.jp' },
      destinations: order.details.destinations.map((each) => ({ ...each, address: '京都市0-0' })),
    },
  };
  const { body } = await send([incoming(), moved]);
  expect(body).toMatchObject({ imported: 0, orders: { new: 1, unchanged: 0, invalid: 1 } });
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ line: 3, column: null });
  expect(body.errors[0].message).toContain('メールアドレス、お届け先住所1');
});

test('O5: an order that the cart handed over as a member’s is unchanged in a file', async () => {
  const order = withLeaf(incoming(), '/details/customer/isMember', true) as IncomingOrder;
  expect((await hand(order)).status).toBe(201);
  const formatted = formatOrdersCsv([order], 'utf-8');
  if (formatted.kind !== 'formatted') throw new Error('not formatted');
  const headers = { 'content-type': 'text/csv' };
  const { body } = await desk.client.post('/v1/imports?mode=all', {
    body: formatted.bytes,
    headers,
  });
  expect(body.orders).toEqual({ new: 0, unchanged: 1, invalid: 0 });
});
