import {
  PERMISSION_TO,
  PERMISSIONS_OF,
  type Permission,
  permissionOf,
} from '@renkei/core/domain/commands/permissions.ts';
import { beforeAll, expect, test } from 'vitest';
import { registerCard } from '../../../test/kit/cards.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { type Desk, ledgerOf, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** One place names the permission of a command; the routes and the order's view only ask it. */
let desk: Desk;
let viewer: Client;
beforeAll(async () => {
  desk = await openDesk();
  viewer = await desk.env.signIn('viewer', SHOPS[0].shopId);
});

/** The command, or the deed, behind each route that changes an order. */
const BEHIND: Record<string, Permission> = {
  'POST payment': PERMISSION_TO.mark_paid,
  'DELETE payment': permissionOf({ kind: 'unmark_paid' }),
  'PUT payment-date': PERMISSION_TO.correct_paid_on,
  'POST status': permissionOf({ kind: 'change_status', to: 'on_hold', cancelTransaction: false }),
  'PUT method': permissionOf({ kind: 'change_method', cancelTransaction: false }),
  'PUT amounts': permissionOf({ kind: 'edit_amounts' }),
  'POST settlements': PERMISSION_TO.settle,
  'POST revocations': PERMISSION_TO.revoke_payments,
  'DELETE settlements/:settlement': PERMISSION_TO.correct_settlement,
  'DELETE transaction': PERMISSION_TO.cancel_transaction,
  'POST authorization': PERMISSION_TO.authorize,
  'POST shipments': PERMISSION_TO.ship,
  'POST cancel-request': PERMISSION_TO.request_cancel,
  'DELETE cancel-request': PERMISSION_TO.dismiss_cancel_request,
  'POST redirect-payment/check': PERMISSION_TO.check_redirect_payment,
  'POST look': PERMISSION_TO.read_orders,
  'POST mails': PERMISSION_TO.write_mail,
  'POST proposal/agreement': PERMISSION_TO.agree_to_proposal,
  'POST proposal/end': PERMISSION_TO.end_proposal,
};

test('no route of an order declares another permission than its command takes', () => {
  const start = '/v1/orders/:orderNumber/';
  const declared = desk.env.renkei.app.declaredRoutes
    .filter(({ method, url }) => method !== 'GET' && url.startsWith(start))
    .filter(({ url }) => !url.endsWith('/preview'))
    .map(({ method, url, permission }) => [`${method} ${url.slice(start.length)}`, permission]);
  expect(Object.fromEntries(declared)).toEqual(BEHIND);
});

/** Gives the viewer other permissions while `work` runs: no role has only one of the two. */
async function withPermissions(given: readonly Permission[], work: () => Promise<void>) {
  const before = PERMISSIONS_OF.viewer;
  PERMISSIONS_OF.viewer = ['orders:read', ...given];
  try {
    await work();
  } finally {
    PERMISSIONS_OF.viewer = before;
  }
}

async function send(method: string, orderNumber: string, resource: string, body?: object) {
  const { version } = await desk.view(orderNumber);
  const reply = await viewer.send(method, `/v1/orders/${orderNumber}/${resource}`, {
    version,
    ...(body === undefined ? {} : { body }),
  });
  return reply.status === 403 ? reply.body.code : reply.status;
}

async function preorder(customerId: string): Promise<string> {
  await registerCard(desk.env.sandbox, customerId);
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'customer', customerId } };
  expect((await desk.client.post('/v1/orders', { body })).status).toBe(201);
  return order.orderNumber;
}

test('a change of status with the box takes payments:cancel; without it, orders:write', async () => {
  const orderNumber = await desk.env.order({}, SHOPS[0].shopId);
  const to = 'cancelled';
  await withPermissions(['orders:write'], async () => {
    const box = { to, cancelTransaction: true };
    expect(await send('POST', orderNumber, 'status', box)).toBe('forbidden');
    const method = { paymentKind: 'bank_transfer', cancelTransaction: true };
    expect(await send('PUT', orderNumber, 'method', method)).toBe('forbidden');
    expect(ledgerOf(desk, orderNumber)).toMatchObject([{ state: 'authorized' }]);
    expect(await send('POST', orderNumber, 'status', { to: 'on_hold' })).toBe(200);
    expect(await send('POST', orderNumber, 'status', { to: 'processing' })).toBe(200);
    expect(await send('POST', orderNumber, 'payment', {})).toBe('forbidden');
  });
  await withPermissions(['orders:write', 'payments:cancel'], async () => {
    expect(await send('POST', orderNumber, 'status', { to, cancelTransaction: true })).toBe(200);
  });
});

test('予約 → 通常処理 authorizes a card, and so takes payments:capture', async () => {
  const orderNumber = await preorder('C-permission');
  await withPermissions(['orders:write', 'payments:cancel'], async () => {
    expect(await send('POST', orderNumber, 'status', { to: 'processing' })).toBe('forbidden');
    expect(ledgerOf(desk, orderNumber)).toEqual([]);
    const view = (await viewer.get(`/v1/orders/${orderNumber}`)).body.actions.denied;
    expect(view.changeStatus).toBeNull();
    expect(view.changeStatusToProcessing).toMatchObject({
      permission: 'payments:capture',
      by: ['owner', 'clerk'],
    });
    const run = { plan: { kind: 'authorize' }, rows: [{ orderNumber, version: 1 }] };
    expect((await viewer.post('/v1/runs', { body: run })).status).toBe(403);
  });
  await withPermissions(['orders:write', 'payments:capture'], async () => {
    expect(await send('POST', orderNumber, 'status', { to: 'processing' })).toBe(200);
  });
});

test('an order that is authorized as it comes in takes payments:capture, too', async () => {
  await registerCard(desk.env.sandbox, 'C-cart');
  const { transaction: _, ...order } = incoming({});
  const body = { ...order, transaction: { kind: 'customer', customerId: 'C-cart' } };
  await withPermissions(['orders:write'], async () => {
    expect((await viewer.post('/v1/orders', { body })).status).toBe(403);
    expect((await viewer.get(`/v1/orders/${order.orderNumber}`)).status).toBe(404);
  });
  await withPermissions(['orders:write', 'payments:capture'], async () => {
    expect((await viewer.post('/v1/orders', { body })).status).toBe(201);
  });
});

/** The actions that other people may do than the owner and the clerk. */
const WHO: Readonly<Record<string, readonly string[]>> = {
  changeCaptured: ['owner'],
  correctPaidOn: ['owner', 'clerk', 'accountant'],
};

test('the view of an order says for each action who may do it, and why this user may not', async () => {
  const orderNumber = await desk.env.order({}, SHOPS[0].shopId);
  const path = `/v1/orders/${orderNumber}`;
  const { denied } = (await viewer.get(path, { locale: 'ja' })).body.actions;
  const clerk = await desk.env.signIn('clerk', SHOPS[0].shopId);
  const owner = await desk.env.signIn('owner', SHOPS[0].shopId);
  for (const [action, denial] of Object.entries(denied)) {
    expect(denial, action).toMatchObject({
      by: WHO[action] ?? ['owner', 'clerk'],
      reason: expect.stringContaining('現在の役割：閲覧'),
    });
  }
  const ofClerk = Object.entries((await clerk.get(path, { locale: 'en' })).body.actions.denied);
  expect(ofClerk.filter(([, denial]) => denial !== null)).toEqual([
    [
      'changeCaptured',
      {
        permission: 'payments:adjust',
        by: ['owner'],
        reason: 'Your role (Clerk) does not allow this. Owner can do it.',
      },
    ],
  ]);
  const ofOwner = Object.values((await owner.get(path)).body.actions.denied);
  expect(ofOwner.every((denial) => denial === null)).toBe(true);
});
