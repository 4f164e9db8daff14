import { beforeAll, describe, expect, test } from 'vitest';
import {
  amounts,
  atConsole,
  type Desk,
  deskOf,
  ledgerOf,
  openDesk,
} from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** 商品・送料・手数料編集 and 決済・ポイント利用額編集, before and after the capture. */
let desk: Desk;
let owner: Desk;
beforeAll(async () => {
  desk = await openDesk();
  owner = deskOf(desk.env, await desk.env.signIn('owner'));
});

const line = (productCode: string, unitPrice: number, quantity: number, taxRate = 10) => ({
  productCode,
  name: productCode,
  variation: '',
  unitPrice,
  quantity,
  taxRate,
});

describe('before the capture', () => {
  test('A1: products, postage and fees are edited; F-REGI is told at the capture (C2)', async () => {
    const orderNumber = await desk.env.order();
    const lines = [[line('pen-02', 1_100, 3), line('tea-01', 1_080, 2, 8)]];
    const edit = { lines, amounts: { shipping: 800, wrapping: 220, pointsUsed: 0 } };
    const { status, body } = await desk.act('PUT', orderNumber, 'amounts', edit);
    expect(status).toBe(200);
    expect(body.order).toMatchObject({ total: 6_480, billed: 6_480, amounts: { items: 5_460 } });
    expect(body.order.details.destinations[0].lines).toEqual(lines[0]);
    expect(body.order.taxes).toEqual([
      { rate: 10, taxed: 4_320, tax: 392 },
      { rate: 8, taxed: 2_160, tax: 160 },
    ]);
    expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
    const paid = await desk.act('POST', orderNumber, 'payment', {});
    expect(ledgerOf(desk, orderNumber).at(-1)).toEqual({
      amount: 6_480,
      state: 'captured_untransmitted',
    });
    type Entry = { kind: string; call: { path: string; parameters: Record<string, string> } };
    const calls = (paid.body.order.timeline as Entry[])
      .filter(({ kind }) => kind === 'gateway_asked')
      .map(({ call }) => call);
    expect(calls.map(({ path }) => path)).toEqual(['sale.cgi', 'authchange.cgi']);
    expect(calls[1]?.parameters).toMatchObject({ SHOPID: '***', PAY: '6480' });
    expect(calls[0]?.parameters.AUTHCODE).toBe(paid.body.order.transaction.authCode);
  });

  test('M6: a preview of an edit has sums, taxes, and the asks of 入金済; nothing is written', async () => {
    const orderNumber = await desk.env.order();
    const lines = [[line('pen-02', 1_100, 3), line('tea-01', 1_080, 2, 8)]];
    const edit = { lines, amounts: { shipping: 800, wrapping: 220, pointsUsed: 0 } };
    const before = await desk.view(orderNumber);
    const url = `/v1/orders/${orderNumber}/amounts/preview`;
    const { body } = await desk.client.post(url, { body: edit });
    expect(body.preview.decision).toBe('record');
    expect(body.after).toMatchObject({ items: 5_460, total: 6_480, billed: 6_480 });
    expect(body.after.taxes).toEqual([
      { rate: 10, taxed: 4_320, tax: 392 },
      { rate: 8, taxed: 2_160, tax: 160 },
    ]);
    expect(body.after.markPaid).toMatchObject({ decision: 'pursue', amount: 6_480 });
    const verbs = body.after.markPaid.asks.map(({ verb }: { verb: string }) => verb);
    expect(verbs).toEqual(['change_amount', 'capture']);
    const refused = await desk.client.post(url, { body: { amounts: { discount: 99_999 } } });
    expect(refused.body).toMatchObject({
      preview: { decision: 'refuse', reason: { code: 'deductions_exceed_total' } },
      after: null,
    });
    expect((await desk.view(orderNumber)).version).toBe(before.version);
  });

  test('A1: products are edited destination by destination; everything else of them stays', async () => {
    const { details } = incoming();
    const [home] = details.destinations;
    if (home === undefined) throw new Error('an order without a destination');
    const gift = { ...home, name: '大阪 太郎', prefecture: '京都府', trackingNumber: '4001' };
    const both = { ...details, destinations: [home, gift] };
    const orderNumber = await desk.env.order({ details: both });
    const lines = [[line('pen-02', 1_000, 1)], [line('tea-01', 500, 2, 8), line('cup-01', 300, 1)]];
    const { body } = await desk.act('PUT', orderNumber, 'amounts', { lines });
    expect(body.order.amounts.items).toBe(2_300);
    expect(body.order.details.destinations).toEqual([
      { ...home, lines: lines[0] },
      { ...gift, lines: lines[1] },
    ]);
    expect(body.order.firstPlaced.details).toEqual(both);
    const one = await desk.act('PUT', orderNumber, 'amounts', { lines: lines.slice(0, 1) });
    expect(one.body.code).toBe('destinations_differ');
  });

  test('A1: 初回受注情報 stays as it was first placed, edit after edit', async () => {
    const orderNumber = await desk.env.order();
    const first = await desk.view(orderNumber);
    for (const price of [500, 700]) {
      const edit = { lines: [[line('pen-02', price, 1)]], amounts: { discount: 10 } };
      await desk.act('PUT', orderNumber, 'amounts', edit);
    }
    await desk.act('PUT', orderNumber, 'method', { paymentKind: 'bank_transfer' });
    await desk.act('POST', orderNumber, 'shipments', { mail: 'manual' });
    const { firstPlaced, details, billed, shipped } = await desk.view(orderNumber);
    expect(shipped).toBe(true);
    expect(billed).toBe(700 + 500 - 735 - 10);
    expect(details.destinations[0].lines[0].productCode).toBe('pen-02');
    expect(firstPlaced).toMatchObject({
      total: 9_850,
      billed: 9_115,
      paymentKind: 'card_fregi',
      details: first.details,
    });
  });

  test('A1: 初回受注情報 has no later 送り状番号, edited or not', async () => {
    const orderNumber = await desk.env.order();
    const first = await desk.view(orderNumber);
    const shipments = [{ destination: 0, trackingNumber: '400100200300' }];
    await desk.act('POST', orderNumber, 'shipments', { mail: 'manual', shipments });
    const { firstPlaced, details } = await desk.view(orderNumber);
    expect(details.destinations[0].trackingNumber).toBe('400100200300');
    expect(firstPlaced.details).toEqual(first.details);
  });

  test('V8: to charge postage only, the amounts are edited and the order is captured', async () => {
    const orderNumber = await desk.env.order();
    await desk.act('PUT', orderNumber, 'amounts', { amounts: { items: 0, pointsUsed: 0 } });
    const { body } = await desk.act('POST', orderNumber, 'payment', {});
    expect(body.order).toMatchObject({ billed: 500, status: 'processing' });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'voided' },
      { amount: 500, state: 'captured_untransmitted' },
    ]);
  });

  test.each([
    [{ amounts: { discount: 99_999 } }, 'deductions_exceed_total'],
    [{ lines: [[line('pen', 1, 1)], [line('pen', 1, 1)]] }, 'destinations_differ'],
    [{ lines: [[line('pen', 1, 1)]], amounts: { items: 2 } }, 'items_differ'],
    [{ lines: [[line('pen', 99_999_999, 99_999)]] }, 'total_too_large'],
  ])('A1: %j is refused as %s, and nothing changes', async (edit, code) => {
    const orderNumber = await desk.env.order();
    const before = await desk.view(orderNumber);
    const { status, body } = await desk.act('PUT', orderNumber, 'amounts', edit);
    expect(status).toBe(422);
    expect(body.code).toBe(code);
    expect((await desk.view(orderNumber)).version).toBe(before.version);
  });

  test.each([
    { amounts: { shipping: -1 } },
    { amounts: { shipping: 1.5 } },
    { amounts: { postage: 500 } },
    { lines: [[line('pen', 100, 0)]] },
    { lines: [[line('pen', 100, 1, 5)]] },
    { lines: [[]] },
  ])('A1: %j is no edit', async (edit) => {
    const orderNumber = await desk.env.order();
    const { status, body } = await desk.act('PUT', orderNumber, 'amounts', edit);
    expect(status).toBe(422);
    expect(body.code).toBe('invalid_request');
  });

  test('C4: the remedy captures the former amount, and the order says what it bills', async () => {
    const orderNumber = await desk.env.order({ amounts: amounts(12_000) });
    desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authchange.cgi', times: 1 }]);
    const declined = await desk.act('POST', orderNumber, 'payment', {});
    expect(declined.body.code).toBe('amount_change_declined');
    const { status, body } = await desk.follow(declined, 'capture_former_amount');
    expect(status).toBe(200);
    expect(body.order).toMatchObject({ billed: 12_000, transaction: { amount: 9_115 } });
    expect(body.order.paidOn).not.toBeNull();
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'captured_untransmitted' },
    ]);
  });

  test('C4: the other remedy voids the authorization and bills otherwise', async () => {
    const orderNumber = await desk.env.order({ amounts: amounts(12_000) });
    desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authchange.cgi', times: 1 }]);
    const declined = await desk.act('POST', orderNumber, 'payment', {});
    const missing = { paymentKind: 'bank_transfer' };
    const { body } = await desk.follow(declined, 'void_and_bill_otherwise', missing);
    expect(body.order).toMatchObject({
      billed: 12_000,
      paymentKind: 'bank_transfer',
      paidOn: null,
    });
    expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
  });
});

describe('after the capture', () => {
  const LESS = { amounts: { shipping: 0 }, changeCaptured: true };
  async function paidOrder(shopId?: string): Promise<string> {
    const orderNumber = await desk.env.order({}, shopId);
    if (shopId === undefined) await desk.act('POST', orderNumber, 'payment', {});
    return orderNumber;
  }

  test('A3: a person with the permission changes amounts and captured amount together', async () => {
    const orderNumber = await paidOrder();
    const clerk = await desk.act('PUT', orderNumber, 'amounts', LESS);
    expect(clerk.status).toBe(403);
    const { status, body } = await owner.act('PUT', orderNumber, 'amounts', LESS);
    expect(status).toBe(200);
    expect(body.operation.steps).toMatchObject([{ verb: 'change_captured_amount', amount: 8_615 }]);
    expect(body.order).toMatchObject({ billed: 8_615, transaction: { amount: 8_615 } });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'refunded_untransmitted' },
      { amount: 8_615, state: 'captured_untransmitted' },
    ]);
  });

  test('A4: after a decline the capture stands, and both remedies are ready', async () => {
    const orderNumber = await paidOrder();
    desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'salechange.cgi', times: 1 }]);
    const declined = await owner.act('PUT', orderNumber, 'amounts', LESS);
    expect(declined.status).toBe(402);
    expect(declined.body.code).toBe('captured_change_declined');
    expect(await desk.view(orderNumber)).toMatchObject({ billed: 9_115 });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'captured_untransmitted' },
    ]);
    const { body } = await owner.follow(declined, 'refund_and_buy_again');
    expect(body.order).toMatchObject({ status: 'cancelled' });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'refunded_untransmitted' },
    ]);
  });

  test('A4: the other remedy refunds the capture and bills otherwise', async () => {
    const orderNumber = await paidOrder();
    desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'salechange.cgi', times: 1 }]);
    const declined = await owner.act('PUT', orderNumber, 'amounts', LESS);
    const missing = { paymentKind: 'bank_transfer' };
    const { body } = await owner.follow(declined, 'refund_and_bill_otherwise', missing);
    expect(body.order).toMatchObject({ paymentKind: 'bank_transfer', paidOn: null });
  });

  test("A3, M4: a lost answer is never asked again: F-REGI's inquiry settles it", async () => {
    const orderNumber = await paidOrder();
    desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'salechange.cgi', times: 1 }]);
    const { status } = await owner.act('PUT', orderNumber, 'amounts', LESS);
    expect(status).toBe(202);
    await expect
      .poll(async () => (await desk.view(orderNumber)).billed, { timeout: 15_000 })
      .toBe(8_615);
    const { operation } = await desk.view(orderNumber);
    expect(operation.steps).toMatchObject([{ state: 'proven', verb: 'change_captured_amount' }]);
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'refunded_untransmitted' },
      { amount: 8_615, state: 'captured_untransmitted' },
    ]);
  });

  test('A3, M4: without an inquiry a person is asked, and nothing is sent again', async () => {
    const minato = deskOf(desk.env, await desk.env.signIn('owner', SHOPS[1].shopId));
    const orderNumber = await paidOrder(SHOPS[1].shopId);
    await minato.act('POST', orderNumber, 'payment', {});
    desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'salechange.cgi', times: 1 }]);
    await minato.act('PUT', orderNumber, 'amounts', LESS);
    const state = async () => (await minato.view(orderNumber)).operation.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('review');
    expect((await minato.view(orderNumber)).operation.steps).toHaveLength(1);
    const fresh = desk.env.sandbox.gateway.ledger.list().find(({ amount }) => amount === 8_615);
    const { operation } = await minato.view(orderNumber);
    const seen = { state: 'captured_untransmitted', seqno: '', authCode: null, amount: 8_615 };
    const found = desk.env.sandbox.gateway.ledger
      .list()
      .find(({ id, state: at }) => id === orderNumber && at === 'captured_untransmitted');
    expect(fresh).toBeDefined();
    const answer = await minato.client.post(`/v1/operations/${operation.id}/review`, {
      body: { ...seen, seqno: found?.seqno },
    });
    expect(answer.body.state).toBe('succeeded');
    expect(await minato.view(orderNumber)).toMatchObject({ billed: 8_615 });
  });

  test("A3: one action records the console's change", async () => {
    const orderNumber = await paidOrder();
    const { transaction } = await desk.view(orderNumber);
    await atConsole(desk, transaction.seqno, 'refund');
    const refused = await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 0 } });
    expect(refused.status).toBe(409);
    expect(refused.body.code).toBe('paid_amount_fixed');
    const ids = refused.body.reason.remedies.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['change_captured_amount', 'check_at_gateway']);
  });
});

describe('入金日取消', () => {
  test('U1: 入金日取消 with the refund is one operation: refunded, then unpaid', async () => {
    const orderNumber = await desk.env.order();
    await desk.act('POST', orderNumber, 'payment', {});
    const { actions } = await desk.view(orderNumber);
    expect(actions.unmarkPaidWithRefund).toMatchObject({ asks: [{ verb: 'refund' }] });
    const { status, body } = await desk.act('DELETE', orderNumber, 'payment?refund=true');
    expect(status).toBe(200);
    expect(body.order).toMatchObject({
      paidOn: null,
      transaction: { state: 'refunded_untransmitted' },
    });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'refunded_untransmitted' },
    ]);
  });

  test('U1, U2: without the refund F-REGI stays 売上済; an edit and 入金済 again tell it nothing', async () => {
    const orderNumber = await desk.env.order();
    await desk.act('POST', orderNumber, 'payment', {});
    await desk.act('DELETE', orderNumber, 'payment');
    await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 0 } });
    const refused = await desk.act('POST', orderNumber, 'payment', {});
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'gateway_not_linkable',
      because: { code: 'already_captured' },
    });
    const recorded = await desk.follow(refused, 'mark_paid_without_gateway');
    expect(recorded.body.order).toMatchObject({ billed: 8_615, transaction: { amount: 9_115 } });
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'captured_untransmitted' },
    ]);
  });

  test('U1: a key used with the refund is not the key without it', async () => {
    const orderNumber = await desk.env.order();
    await desk.act('POST', orderNumber, 'payment', {});
    const { version } = await desk.view(orderNumber);
    const path = `/v1/orders/${orderNumber}/payment`;
    await desk.client.send('DELETE', path, { version, key: 'the-same' });
    const second = await desk.client.send('DELETE', `${path}?refund=true`, {
      version,
      key: 'the-same',
    });
    expect(second.body.code).toBe('idempotency_key_reused');
  });
});

test('A1: the loser of a race of two edits hears every field, by whom, and loses nothing', async () => {
  const orderNumber = await desk.env.order();
  const { version } = await desk.view(orderNumber);
  await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 800 } });
  await desk.act('POST', orderNumber, 'status', { to: 'on_hold' });
  const edit = { amounts: { wrapping: 220 } };
  const lost = await owner.act('PUT', orderNumber, 'amounts', edit, version);
  expect(lost.status).toBe(409);
  expect(lost.body).toMatchObject({ code: 'order_changed', current: { billed: 9_415 } });
  const who = (await desk.client.get('/v1/me')).body.user.name;
  expect(lost.body.changes).toMatchObject([
    { field: 'amounts.shipping', before: 500, after: 800, by: who },
    { field: 'status', before: 'processing', after: 'on_hold', by: who },
  ]);
  const again = await owner.act('PUT', orderNumber, 'amounts', edit);
  expect(again.body.order.amounts).toMatchObject({ shipping: 800, wrapping: 220 });
});
