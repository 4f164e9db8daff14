import { beforeAll, expect, test } from 'vitest';
import { amounts, type Desk, deskOf, ledgerOf, openDesk } from '../../../test/kit/desk.ts';

/** 内容編集: the change of the payment method, and its effect on the money at F-REGI. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const TO_BANK = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' };
const TO_NONE = { paymentKind: 'none', paymentMethod: '決済不要', cancelTransaction: true };

test('P1, C3: at 0円 the refusal’s own action makes it 決済不要 and voids the authorization', async () => {
  const orderNumber = await desk.env.order({ amounts: amounts(0) });
  const refused = await desk.act('POST', orderNumber, 'payment', {});
  expect(refused.body.code).toBe('amount_zero');
  const { status, body } = await desk.follow(refused, 'change_method_to_none');
  expect(status).toBe(200);
  expect(body.order).toMatchObject({
    paymentKind: 'none',
    paymentMethod: '決済不要',
    transaction: { state: 'voided' },
  });
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
});

test('P1: the box tells beforehand what F-REGI will hear, and the preview is what is done', async () => {
  const orderNumber = await desk.env.order({ amounts: amounts(0) });
  const { actions } = await desk.view(orderNumber);
  expect(actions.changeMethod).toMatchObject({ oneWay: true, cancelBox: { offered: true } });
  expect(actions.changeMethod.cancelBox.asks).toMatchObject([{ verb: 'void', amount: 9_115 }]);
  const preview = await desk.act('POST', orderNumber, 'method/preview', TO_NONE);
  expect(preview.body).toMatchObject({ decision: 'pursue', asks: [{ verb: 'void' }] });
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
});

test('A4: a captured order is refunded, changed, and unpaid: to be billed otherwise', async () => {
  const orderNumber = await desk.env.order();
  await desk.act('POST', orderNumber, 'payment', {});
  const body = { ...TO_BANK, cancelTransaction: true };
  const changed = await desk.act('PUT', orderNumber, 'method', body);
  expect(changed.body.order).toMatchObject({
    paymentKind: 'bank_transfer',
    paidOn: null,
    transaction: { state: 'refunded_untransmitted' },
  });
  const paid = await desk.act('POST', orderNumber, 'payment', {});
  expect(paid.body.order.paidOn).not.toBeNull();
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'refunded_untransmitted' }]);
});

test('V3: a declined void leaves the method as it was', async () => {
  const orderNumber = await desk.env.order({ amounts: amounts(0) });
  desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authcancel.cgi', times: 1 }]);
  const { status, body } = await desk.act('PUT', orderNumber, 'method', TO_NONE);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body.outcome).toBe('rejected');
  expect(await desk.view(orderNumber)).toMatchObject({ paymentKind: 'card_fregi' });
});

test('V3, M2: while the void is unknown nothing changes, and it ends by itself', async () => {
  const orderNumber = await desk.env.order({ amounts: amounts(0) });
  desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'authcancel.cgi', times: 1 }]);
  const { status, body } = await desk.act('PUT', orderNumber, 'method', TO_NONE);
  expect(status).toBe(202);
  expect(body.order).toMatchObject({ paymentKind: 'card_fregi', openOperation: {} });
  await expect
    .poll(async () => (await desk.view(orderNumber)).paymentKind, { timeout: 15_000 })
    .toBe('none');
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
});

test('P2, V4: with the box off F-REGI is left alone, and the rest can be cancelled later', async () => {
  const orderNumber = await desk.env.order();
  const { body } = await desk.act('PUT', orderNumber, 'method', TO_BANK);
  expect(body.order).toMatchObject({
    paymentKind: 'bank_transfer',
    transaction: { state: 'authorized' },
  });
  const entry = body.order.timeline.find(
    ({ kind }: { kind: string }) => kind === 'payment_method_changed',
  );
  expect(entry.facts.gateway).toBe('left_alone');
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  expect(body.order.actions.cancelTransaction).toMatchObject({ asks: [{ verb: 'void' }] });
  const cancelled = await desk.act('DELETE', orderNumber, 'transaction');
  expect(cancelled.body.order.transaction.state).toBe('voided');
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
});

test('P3: a change from a card has no way back, and the list of kinds says so', async () => {
  const orderNumber = await desk.env.order();
  const { body } = await desk.act('PUT', orderNumber, 'method', TO_BANK);
  const { kinds } = body.order.actions.changeMethod;
  expect(kinds).toContain('cash_on_delivery');
  expect(kinds).not.toContain('card_fregi');
  const back = await desk.act('PUT', orderNumber, 'method', { paymentKind: 'card_fregi' });
  expect(back.status).toBe(422);
  expect(back.body).toMatchObject({ code: 'no_way_to_card', outcome: 'not_sent' });
});

test('P1: a person who may not cancel at F-REGI may not do it by changing the method', async () => {
  const orderNumber = await desk.env.order();
  const viewer = deskOf(desk.env, await desk.env.signIn('viewer'));
  const { status } = await viewer.act('PUT', orderNumber, 'method', TO_BANK);
  expect(status).toBe(403);
});

test('P3: a typed method is kept as it is', async () => {
  const orderNumber = await desk.env.order();
  const label = 'お振込（みずほ銀行）';
  const body = { paymentKind: 'bank_transfer', paymentMethod: label };
  const changed = await desk.act('PUT', orderNumber, 'method', body);
  expect(changed.body.order.paymentMethod).toBe(label);
  const named = await desk.act('PUT', orderNumber, 'method', { paymentKind: 'np_deferred' });
  expect(named.body.order.paymentMethod).toBe('NP後払い');
});
