import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/** Y1: an order says how its cardholder was authenticated, and who bears a chargeback. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

type Told = 'authenticated' | 'attempted' | 'not_authenticated' | undefined;

/** An order whose cardholder was authenticated so, as the cart hands it over. */
function told(authentication: Told, order: IncomingOrder = incoming()): IncomingOrder {
  const { transaction } = order;
  if (transaction?.kind !== 'authorized') throw new Error('not authorized');
  const { authentication: _before, ...numbers } = transaction;
  const said = authentication === undefined ? {} : { authentication };
  return { ...order, transaction: { ...numbers, ...said } };
}

describe('Y1: the authentication of a cardholder', () => {
  test.each([
    ['authenticated', 'moves', 'lapsed'],
    ['attempted', 'moves', 'lapsed'],
    ['not_authenticated', null, 'not_authenticated'],
    [undefined, 'may_move', 'not_authenticated'],
  ] as const)(
    '%s: an amount change says %s before the press, and the order is %s afterwards',
    async (given, liability, after) => {
      const orderNumber = await desk.env.order(told(given));
      const before = await desk.view(orderNumber);
      expect(before.transaction.authentication).toBe(given ?? 'not_known');
      const edit = { amounts: { shipping: 800 } };
      await desk.act('PUT', orderNumber, 'amounts', edit);
      const { actions } = await desk.view(orderNumber);
      expect(actions.markPaid).toMatchObject({ decision: 'pursue', liability });
      const orders = { plan: { kind: 'mark_paid' }, orderNumbers: [orderNumber] };
      const run = await desk.client.post('/v1/runs/preview', { body: orders });
      expect(run.body.rows).toMatchObject([{ group: 'with_change', liability }]);
      const { body } = await desk.act('POST', orderNumber, 'payment', {});
      expect(body.order.transaction).toMatchObject({
        state: 'captured_untransmitted',
        authentication: after,
      });
    },
  );

  test('stays as it is where the captured amount is the authorized one', async () => {
    const orderNumber = await desk.env.order(told('authenticated'));
    const { body } = await desk.act('POST', orderNumber, 'payment', {});
    expect(body.order.transaction.authentication).toBe('authenticated');
  });

  test('O5: is compared where an order is handed over again; saying nothing differs from nothing', async () => {
    const order = told('authenticated');
    const hand = (body: object) => desk.client.post('/v1/orders', { body });
    expect((await hand(order)).status).toBe(201);
    expect((await hand(order)).status).toBe(200);
    expect((await hand(told(undefined, order))).status).toBe(200);
    const other = await hand(told('attempted', order));
    expect(other.status).toBe(409);
    expect(other.body.errors).toMatchObject([{ pointer: '/transaction/authentication' }]);
  });

  test('is a filter of the list, and is not asked of orders without a transaction', async () => {
    const [sure, tried, none] = [told('authenticated'), told('attempted'), told(undefined)];
    const { transaction: _card, ...bank } = incoming();
    const unpaid = { ...bank, paymentKind: 'bank_transfer', paymentMethod: '銀行振込' };
    const given = [sure, tried, none, unpaid];
    for (const body of given) await desk.client.post('/v1/orders', { body });
    const numbers = given.map(({ orderNumber }) => orderNumber);
    const found = async (words: string) => {
      const q = `q=${numbers.join(',')}&authentication=${words}`;
      const { body } = await desk.client.get(`/v1/orders?${q}`);
      return body.items.map((row: { orderNumber: string }) => row.orderNumber).toSorted();
    };
    expect(await found('authenticated')).toEqual([sure.orderNumber]);
    const both = [sure.orderNumber, tried.orderNumber].toSorted();
    expect(await found('authenticated,attempted')).toEqual(both);
    expect(await found('not_known')).toEqual([none.orderNumber]);
  });

  test('comes in by a file in our words or as an ECI, and a wrong word is named', async () => {
    const order = told('attempted');
    const formatted = formatOrdersCsv([order], 'utf-8');
    if (formatted.kind !== 'formatted') throw new Error('not formatted');
    const csv = Buffer.from(formatted.bytes).toString();
    const upload = (word: string) => {
      const body = Buffer.from(csv.replace('認証試行', word));
      const headers = { 'content-type': 'text/csv' };
      return desk.client.post('/v1/imports?mode=all', { body, headers });
    };
    const wrong = await upload('認証中');
    expect(wrong.body.errors).toMatchObject([{ line: 2, column: '本人認証' }]);
    expect((await upload('06')).body).toMatchObject({ imported: 1, errors: [] });
    expect((await upload('認証試行')).body).toMatchObject({ imported: 0, errors: [] });
    const { transaction } = await desk.view(order.orderNumber);
    expect(transaction.authentication).toBe('attempted');
  });
});
