import { expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { openCompanyDirectory } from '../../../test/kit/company-directory.ts';
import { openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

test('ASVS 3.3.1, 3.3.4: under https every cookie has the prefix __Host-, Secure, HttpOnly and no domain, and signs in', async () => {
  const origin = 'https://renkei.example.jp';
  const directory = (await openCompanyDirectory()).settings;
  const env = await openDevEnv({ publicUrl: origin, directory });
  const { id: userId } = await env.renkei.backoffice.auth.createUser({
    name: '田中',
    email: 'tanaka@example.jp',
    password: PASSWORD,
  });
  await env.db.query(
    `insert into members (shop_id, user_id, role) values ('hanamichi', $1, 'owner')`,
    [userId],
  );
  const reply = await new Client(env.url).post('/api/auth/sign-in/email', {
    body: { email: 'tanaka@example.jp', password: PASSWORD },
    headers: { origin },
  });
  expect(reply.status).toBe(200);
  const cookies = reply.headers.getSetCookie();
  const others = ['/api/auth/passkey/options', '/api/auth/directory'].map((path) =>
    new Client(env.url).post(path, { body: {}, headers: { origin } }),
  );
  const set = (await Promise.all(others)).map(({ headers }) => headers.getSetCookie());
  for (const lines of [cookies, ...set]) expect(lines.length).toBeGreaterThan(0);
  for (const cookie of [...cookies, ...set.flat()]) {
    expect(cookie).toMatch(/^__Host-/);
    for (const part of [/; Path=\/(;|$)/i, /; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i]) {
      expect(cookie).toMatch(part);
    }
    expect(cookie).not.toMatch(/; Domain=/i);
  }
  const held = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  expect((await new Client(env.url, held).get('/v1/me')).status).toBe(200);
});
