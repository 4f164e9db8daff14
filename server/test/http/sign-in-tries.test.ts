import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askFrom, openProxy, type ReverseProxy } from '../../../test/kit/proxy.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';
import { networkOf } from '../../src/access/sign-in-tries.ts';

/** Sign-ins as in a real installation: through a reverse proxy, from many addresses. */
let env: DevEnv;
let proxy: ReverseProxy;
beforeAll(async () => {
  env = await openDevEnv({ trustedProxies: ['127.0.0.1'] });
  proxy = await openProxy(env.url);
});
afterAll(async () => {
  await proxy?.close();
  await env?.close();
});
beforeEach(async () => {
  await env.db.query('truncate sign_in_tries, sign_in_places');
});

const PATH = '/api/auth/sign-in/email';
const WRONG = 'not the password at all';
let people = 0;

async function newOwner(): Promise<string> {
  people += 1;
  const email = `person-${people}@example.jp`;
  await env.renkei.backoffice.auth.createUser({ name: email, email, password: PASSWORD });
  return email;
}

type Headers = Readonly<Record<string, string>>;

function signIn(address: string, email: string, password = PASSWORD, headers: Headers = {}) {
  return askFrom(address, 'POST', `${proxy.url}${PATH}`, { body: { email, password }, headers });
}

async function statuses(tries: number, address: (n: number) => string, email: string) {
  const told: number[] = [];
  for (let n = 0; n < tries; n += 1) {
    told.push((await signIn(address(n), email, WRONG)).status);
  }
  return told;
}

describe('S12: an account', { timeout: 120_000 }, () => {
  test('ASVS 6.3.1: an account is not guessed from many addresses: after four wrong passwords all of them wait', async () => {
    const email = await newOwner();
    const told = await statuses(35, (n) => `127.0.1.${1 + (n % 7)}`, email);
    expect(told.slice(0, 4)).toEqual([401, 401, 401, 401]);
    expect(new Set(told.slice(4))).toEqual(new Set([429]));
    const stranger = await signIn('127.0.1.99', email);
    expect([stranger.status, stranger.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(stranger.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('an account waits longer with each failure, half an hour after the tenth', async () => {
    const email = await newOwner();
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await env.db.query(`update sign_in_tries set closed_until = '-infinity'`);
      expect((await signIn('127.0.1.1', email, WRONG)).status).toBe(401);
      const { rows } = await env.db.query<{ wait: number }>(
        `select greatest(0, round(extract(epoch from closed_until - tried_at)))::int as wait
           from sign_in_tries where key like 'account%'`,
      );
      waits.push(rows[0]?.wait ?? 0);
    }
    expect(waits).toEqual([0, 0, 0, 30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800]);
  });

  test('an unknown account is counted like any other, so nothing tells which accounts there are', async () => {
    const told = await statuses(6, () => '127.0.1.1', 'nobody@example.jp');
    expect(told).toEqual([401, 401, 401, 401, 429, 429]);
  });

  test('an account is not guessed by many tries at once', async () => {
    const email = await newOwner();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => signIn(`127.0.1.${n + 1}`, email, WRONG)),
    );
    const told = replies.map(({ status }) => status).toSorted();
    expect(told).toEqual([401, 401, 401, 401, ...Array.from({ length: 16 }, () => 429)]);
  });
});

describe('S3: a stranger', () => {
  test('a stranger does not lock out a person with a known address or browser', async () => {
    const email = await newOwner();
    const first = await signIn('127.0.2.1', email);
    expect(first.status).toBe(200);
    const cookies = first.headers['set-cookie'] ?? [];
    const browser = cookies.find((one) => one.startsWith('renkei.browser='))?.split(';')[0] ?? '';
    await statuses(12, (n) => `127.0.1.${n + 1}`, email);
    expect((await signIn('127.0.1.50', email)).status).toBe(429);
    expect((await signIn('127.0.2.1', email)).status).toBe(200);
    const elsewhere = await signIn('127.0.2.2', email, PASSWORD, { cookie: browser });
    expect(elsewhere.status).toBe(200);
    const own = await signIn('127.0.2.3', email, PASSWORD, { cookie: `${browser}x` });
    expect(own.status).toBe(429); // a forged cookie
  });

  test('a stranger does not lock out other people behind the same proxy', async () => {
    const [email, victim] = [await newOwner(), await newOwner()];
    await statuses(6, () => '127.0.1.1', victim);
    const names = Array.from({ length: 24 }, (_, n) => `x${n}@example.jp`);
    await Promise.all(names.map((name) => signIn('127.0.1.1', name, WRONG)));
    expect((await signIn('127.0.2.1', email)).status).toBe(200);
    const sameAddress = await signIn('127.0.1.1', email);
    expect(sameAddress.status).toBe(429); // at the stranger's address no new person comes in
  }, 120_000);

  test('tries from a known place are counted, too', async () => {
    const email = await newOwner();
    expect((await signIn('127.0.2.1', email)).status).toBe(200);
    expect(await statuses(6, () => '127.0.2.1', email)).toEqual([401, 401, 401, 401, 429, 429]);
  });

  test('a right password is no failure: twenty-five people of one office come in at nine', async () => {
    const emails = await Promise.all(Array.from({ length: 25 }, newOwner));
    for (const email of emails) expect((await signIn('127.0.3.1', email)).status).toBe(200);
  }, 120_000);
});

describe('S3: the client’s address', () => {
  test("ASVS 15.3.4: the client's address is what the proxy saw: in the session, in the log and in the journal", async () => {
    await env.signIn('owner');
    const { rows } = await env.db.query<{ email: string }>(
      `select email from "user" join members on user_id = id where role = 'owner' limit 1`,
    );
    const email = rows[0]?.email ?? '';
    const spoofed = { 'x-forwarded-for': '203.0.113.66' };
    const answered = await signIn('127.0.4.1', email, PASSWORD, spoofed);
    expect(answered.status).toBe(200);
    const cookie = (answered.headers['set-cookie'] ?? [])
      .map((one) => one.split(';')[0])
      .join('; ');
    const sessions = await env.db.query(`select "ipAddress" as ip from session
      order by "createdAt" desc limit 1`);
    expect(sessions.rows).toEqual([{ ip: '127.0.4.1' }]);
    const logged = await env.db.query(
      `select after ->> 'ip' as ip from shop_log where after ->> 'action' = 'signed_in'
        order by id desc limit 1`,
    );
    expect(logged.rows).toEqual([{ ip: '127.0.4.1' }]);
    const orderNumber = await env.order({ paymentKind: 'bank_transfer', transaction: undefined });
    const url = `${proxy.url}/v1/orders/${orderNumber}/payment`;
    const headers = { cookie, 'if-match': '"1"', 'idempotency-key': 'from-afar', ...spoofed };
    const paid = await askFrom('127.0.4.1', 'POST', url, { body: {}, headers });
    expect(paid.status).toBe(200);
    const journal = await env.db.query(
      `select actor -> 'from' ->> 'ip' as ip from journal where order_number = $1
        order by version desc limit 1`,
      [orderNumber],
    );
    expect(journal.rows).toEqual([{ ip: '127.0.4.1' }]);
  });

  test('ASVS 4.1.3: a caller that is no proxy of ours cannot claim an address', async () => {
    const body = { email: 'nobody@example.jp', password: WRONG };
    for (let n = 0; n < 4; n += 1) {
      const headers = {
        'x-forwarded-for': `10.0.0.${n}`,
        'x-renkei-client-address': `10.0.0.${n}`,
      };
      await askFrom('127.0.5.1', 'POST', `${env.url}${PATH}`, { body, headers });
    }
    const { rows } = await env.db.query(
      `select key from sign_in_tries where key like 'address%' order by key`,
    );
    expect(rows).toEqual([{ key: 'address 127.0.5.1' }]);
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['no address', 'no address'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
