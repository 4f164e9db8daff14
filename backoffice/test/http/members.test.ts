import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/dev-env.ts';
import type { Member } from '../../src/contract/members.ts';
import type { Desk } from '../support/desk.ts';
import { deskOf, ledgerOf } from '../support/desk.ts';

let env: DevEnv;
let desk: Desk;
beforeAll(async () => {
  env = await openDevEnv();
  desk = deskOf(env, await env.signIn('clerk'));
  await env.signIn('accountant');
  await env.signIn('owner', SHOPS[1].shopId);
});
afterAll(() => env?.close());

const members = async (): Promise<Member[]> => (await desk.client.get('/v1/members')).body.items;

test('the people of the shop are listed by name, and nobody of another shop', async () => {
  expect((await members()).map(({ name, email, role }) => [name, email, role])).toEqual([
    ['accountant 2', 'accountant-2@example.jp', 'accountant'],
    ['clerk 1', 'clerk-1@example.jp', 'clerk'],
  ]);
});

test('an item of 要対応 is given to somebody of the list; whoever is not on it is refused', async () => {
  const orderNumber = await env.order();
  await desk.act('POST', orderNumber, 'status', { to: 'cancelled', cancelTransaction: false });
  await env.renkei.backoffice.attendant.attend(SHOPS[0].shopId, [orderNumber]);
  expect(ledgerOf(desk, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  const [item] = (await desk.client.get('/v1/attention')).body.items;
  const [accountant] = await members();
  const give = (assignee: string | undefined, version: number) =>
    desk.client.send('PATCH', `/v1/attention/${item.id}`, { version, body: { assignee } });
  const stranger = await env.db.query('select id from "user" where email like $1', ['owner-%']);
  expect((await give(stranger.rows[0].id, item.version)).body.code).toBe('not_a_member');
  const given = await give(accountant?.id, item.version);
  expect(given.body.assignee).toEqual({ id: accountant?.id, name: accountant?.name });
});
