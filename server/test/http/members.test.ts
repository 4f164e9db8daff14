import type { Member } from '@renkei/contract/shop/members.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { type Desk, deskOf, ledgerOf } from '../../../test/kit/desk.ts';
import { type DevEnv, openDevEnv, PASSWORD, SHOPS } from '../../../test/kit/worlds.ts';

let env: DevEnv;
let desk: Desk;
beforeAll(async () => {
  env = await openDevEnv();
  desk = deskOf(env, await env.signIn('clerk'));
  await env.signIn('accountant');
  await env.signIn('owner', SHOPS[1].shopId);
});

const members = async (): Promise<Member[]> => (await desk.client.get('/v1/members')).body.items;

test('the people of the shop are listed by name, and nobody of another shop', async () => {
  expect((await members()).map(({ name, email, role }) => [name, email, role])).toEqual([
    ['accountant 2', 'accountant-2@example.jp', 'accountant'],
    ['clerk 1', 'clerk-1@example.jp', 'clerk'],
  ]);
});

test('an item of 要対応 is given to a person on the list; anybody else is refused', async () => {
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

describe('an owner', () => {
  let owner: Client;
  beforeAll(async () => {
    owner = await env.signIn('owner');
  });
  const invite = (email: string, role = 'clerk', by = owner) =>
    by.post('/v1/invitations', { body: { email, name: '鈴木', role } });
  const tokenOf = (link: string) => new URL(link).hash.slice(1);
  const nobody = () => new Client(env.url);
  const accept = (token: string, by = nobody(), password: string | undefined = PASSWORD) =>
    by.post('/v1/invitations/accept', { body: { token, password } });
  const logged = async () =>
    (await owner.get('/v1/activity?areas=access&limit=5')).body.items.map(
      ({ action, actor }: { action: string; actor: { name: string } }) => [action, actor.name],
    );
  const idOf = async (email: string) =>
    (await members()).find((member) => member.email === email)?.id ?? '';

  test('an owner invites a colleague by a link that is good once; both stand in the log by name', async () => {
    const { status, body } = await invite('suzuki@example.jp');
    expect(status).toBe(201);
    expect((await owner.get('/v1/invitations')).body.items).toEqual([body.invitation]);
    const token = tokenOf(body.link);
    const { rows } = await env.db.query('select * from invitations');
    expect(JSON.stringify(rows)).not.toContain(token);
    const look = await nobody().post('/v1/invitations/look', { body: { token } });
    expect(look.body).toMatchObject({ name: '鈴木', role: 'clerk', hasAccount: false });
    expect((await accept(token, nobody(), 'too short')).status).toBe(422);
    const presses = await Promise.all(Array.from({ length: 4 }, () => accept(token)));
    const refused = presses.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(3);
    for (const { body } of refused) {
      expect(['invitation_gone', 'sign_in_to_accept']).toContain(body.code);
    }
    expect((await accept(token)).body.code).toBe('invitation_gone');
    expect(await logged()).toEqual(
      expect.arrayContaining([
        ['member_added', '鈴木'],
        ['invited', expect.stringMatching(/^owner/)],
      ]),
    );
    const suzuki = await Client.signIn(env.url, 'suzuki@example.jp', PASSWORD);
    expect((await suzuki.get('/v1/orders')).status).toBe(200);
    expect((await invite('Suzuki@example.jp')).body.code).toBe('already_member');
    expect((await invite('tanaka@example.jp', 'owner', suzuki)).status).toBe(403);
  });

  test('an owner withdraws an invitation, and another takes the place of the first', async () => {
    const first = (await invite('sato@example.jp')).body;
    const second = (await invite('SATO@example.jp', 'viewer')).body;
    expect((await accept(tokenOf(first.link))).body.code).toBe('invitation_gone');
    const url = `/v1/invitations/${second.invitation.id}`;
    expect((await owner.send('DELETE', url)).body.items).toEqual([]);
    expect((await accept(tokenOf(second.link))).body.code).toBe('invitation_gone');
    expect((await owner.send('DELETE', url)).status).toBe(404);
    const third = (await invite('sato@example.jp')).body;
    await env.db.query(`update invitations set expires_at = now()`);
    expect((await accept(tokenOf(third.link))).body.code).toBe('invitation_gone');
  });

  test('a person with an account accepts an invitation only when signed in with it', async () => {
    const known = await env.signIn('viewer', SHOPS[1].shopId);
    const { email } = (await known.get('/v1/me')).body.user;
    const token = tokenOf((await invite(email, 'accountant')).body.link);
    expect((await accept(token)).body.code).toBe('sign_in_to_accept');
    expect((await accept(token, desk.client)).body.code).toBe('sign_in_to_accept');
    expect((await accept(token, known, undefined)).status).toBe(200);
    const { shops } = (await known.get('/v1/me')).body;
    expect(shops.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
      ['hanamichi', 'accountant'],
      ['minato', 'viewer'],
    ]);
  });

  test('ASVS 7.4.2: an owner changes a role, and removes a member, whose sessions end at once', async () => {
    const id = await idOf('suzuki@example.jp');
    const suzuki = await Client.signIn(env.url, 'suzuki@example.jp', PASSWORD);
    const changed = await owner.send('PATCH', `/v1/members/${id}`, { body: { role: 'viewer' } });
    expect(changed.body.items).toContainEqual(expect.objectContaining({ id, role: 'viewer' }));
    expect((await suzuki.get('/v1/activity')).status).toBe(403);
    expect((await logged())[0]).toEqual(['role_changed', expect.stringMatching(/^owner/)]);
    expect((await owner.send('DELETE', `/v1/members/${id}`)).status).toBe(200);
    expect((await suzuki.get('/v1/orders')).status).toBe(401);
    expect((await logged())[0]).toEqual(['member_removed', expect.stringMatching(/^owner/)]);
    expect((await owner.send('DELETE', `/v1/members/${id}`)).body.code).toBe('not_found');
    const stranger = (
      await env.db.query(`select user_id from members where shop_id = 'minato' and role = 'owner'`)
    ).rows[0].user_id;
    const other = await owner.send('PATCH', `/v1/members/${stranger}`, { body: { role: 'owner' } });
    expect([other.status, other.body.code]).toEqual([404, 'not_found']);
  });

  test('ASVS 2.3.4: of two owners who remove each other at once, one stays', async () => {
    const me = (await owner.get('/v1/me')).body.user.id;
    const alone = await owner.send('PATCH', `/v1/members/${me}`, { body: { role: 'clerk' } });
    expect([alone.status, alone.body.code]).toEqual([409, 'last_owner']);
    expect((await owner.send('DELETE', `/v1/members/${me}`)).body.code).toBe('last_owner');
    const second = await env.signIn('owner');
    const her = (await second.get('/v1/me')).body.user.id;
    await Promise.all([
      owner.send('DELETE', `/v1/members/${her}`),
      second.send('DELETE', `/v1/members/${me}`),
    ]);
    expect((await members()).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});
