import { beforeAll, expect, test } from 'vitest';
import { payOtherwise } from '../../../sandbox/src/payment-page/pay.ts';
import { type Desk, openDesk } from '../../../test/kit/desk.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** コンビニ支払(F-REGI) against the sandbox: issued by its CGI, paid at its store, noticed by it. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const completionNoticeUrl = `${desk.env.url}/v1/notices/${SHOPS[0].shopId}/completion`;
  await desk.env.sandbox.gateway.changeShop(SHOPS[0].fregiShopId, { completionNoticeUrl });
});

/** Issues a payment, as the cart does before it hands the order over. */
async function issue(slipId: string): Promise<string> {
  const form = { SHOPID: SHOPS[0].fregiShopId, ID: slipId, PAY: '9115', PAYTYPESPECIFY: '20' };
  const answer = await fetch(`${desk.env.sandbox.url}/connect/compsettleapply.cgi`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const [ok, settleno = ''] = (await answer.text()).split('\n');
  if (ok !== 'OK') throw new Error(`not issued: ${ok} ${settleno}`);
  return settleno;
}

test('L2: a payment at the store is noticed, confirmed by compsettleinfo, 入金済, and its mail is written', async () => {
  const orderNumber = '100000555011';
  const settleno = await issue(orderNumber);
  await desk.env.order({
    orderNumber,
    paymentKind: 'convenience_fregi',
    paymentMethod: 'コンビニ支払',
    transaction: undefined,
    redirectPayment: { settleno },
  });
  const { gateway } = desk.env.sandbox;
  const issued = gateway.ledger.issues.get(settleno);
  if (issued === undefined) throw new Error('the sandbox has no such payment');
  expect((await desk.view(orderNumber)).paidOn).toBeNull();
  await payOtherwise(gateway, issued, '21');
  await expect
    .poll(async () => (await desk.view(orderNumber)).paidOn, { timeout: 15_000 })
    .not.toBeNull();
  const { redirectPayment } = await desk.view(orderNumber);
  expect(redirectPayment).toMatchObject({ settleno, amount: 9_115, obstacle: null });
  expect(redirectPayment.noticedAt).not.toBeNull();
  const { rows } = await desk.env.db.query('select kind from mails where order_number = $1', [
    orderNumber,
  ]);
  expect(rows).toEqual([{ kind: 'payment_confirmation' }]);
});

test('L2: an unpaid payment stays 未入金, whoever says otherwise', async () => {
  const orderNumber = '100000555022';
  const settleno = await issue(orderNumber);
  await desk.env.order({
    orderNumber,
    paymentKind: 'convenience_fregi',
    paymentMethod: 'コンビニ支払',
    transaction: undefined,
    redirectPayment: { settleno },
  });
  const answer = await fetch(`${desk.env.url}/v1/notices/${SHOPS[0].shopId}/completion`, {
    method: 'POST',
    body: new URLSearchParams({ settleno, seqno: '1'.repeat(20), paymenttype: '21' }),
  });
  expect(answer.status).toBe(200);
  await expect
    .poll(async () => (await desk.view(orderNumber)).redirectPayment.checkedAt, { timeout: 15_000 })
    .not.toBeNull();
  expect(await desk.view(orderNumber)).toMatchObject({
    paidOn: null,
    redirectPayment: { status: 'issued' },
  });
});
