import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../test/kit/clients.ts';
import { isSignedIn, turnOn, visitor } from '../../test/kit/people.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../test/kit/worlds.ts';

const ADMIN = fileURLToPath(new URL('../src/admin.ts', import.meta.url));

let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});

/** Runs the command as its user does: in a process of its own, beside the running server. */
function admin(...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [ADMIN, ...args], {
    env: {
      ...process.env,
      DATABASE_URL: env.databaseUrl,
      PUBLIC_URL: env.url,
      AUTH_SECRET: 'another secret of thirty-two characters',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

describe('npm run admin, for a person', () => {
  /** Makes a person who works in hanamichi, with a session open. */
  async function member() {
    const client = await env.signIn('clerk');
    const { user } = (await client.get('/v1/me')).body;
    const isIn = async () => (await client.get('/v1/me')).status === 200;
    const { rows } = await env.db.query<{ n: string }>('select max(n) as n from shop_log');
    const log = async () => {
      const { rows: entries } = await env.db.query<{ said: string }>(
        `select concat_ws(' ', after ->> 'action', actor ->> 'name') as said from shop_log
          where shop_id = 'hanamichi' and n > $1
            and after ->> 'action' not in ('recorded', 'record_ended') order by n`,
        [rows[0]?.n],
      );
      return entries.map(({ said }) => said);
    };
    return { ...user, isIn, log } as {
      id: string;
      email: string;
      isIn: () => Promise<boolean>;
      log: () => Promise<string[]>;
    };
  }
  const by = ['--by', '渡辺'];
  const BY = '渡辺（npm run admin）';

  test('reset-password prints another password once and ends every session', async () => {
    const { email, isIn, log } = await member();
    const { said } = await admin('reset-password', email, ...by);
    expect(await isIn()).toBe(false);
    const password = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
    expect(await log()).toEqual([`password_changed ${BY}`]);
    await Client.signIn(env.url, email, password);
    await expect(Client.signIn(env.url, email, PASSWORD)).rejects.toThrow('sign_in_failed');
  });

  test('reset-2fa lets a person in who has lost the phone and the recovery codes', async () => {
    const { email, isIn, log } = await member();
    await turnOn(await visitor(env, email));
    expect(await isSignedIn(await visitor(env, email))).toBe(false);
    expect((await admin('reset-2fa', email, ...by)).code).toBe(0);
    expect(await isIn()).toBe(false);
    expect(await isSignedIn(await visitor(env, email))).toBe(true);
    expect(await log()).toContain(`two_factor_off ${BY}`);
    const { rows } = await env.db.query('select from "twoFactor"');
    expect(rows).toEqual([]);
  });

  test('reset-2fa takes passkeys away, too, and then every session ends', async () => {
    const { id, email, isIn, log } = await member();
    await env.db.query(
      `insert into passkeys (id, user_id, name, public_key, counter, transports)
       values ($1, $1, '電話', '\\x00', 0, '{}')`,
      [id],
    );
    expect((await admin('reset-2fa', email, ...by)).code).toBe(0);
    expect(await isIn()).toBe(false);
    expect((await log()).at(-1)).toBe(`passkey_removed ${BY}`);
  });

  test('unlink-directory lets a person whom the directory has made anew be linked again', async () => {
    const { id, email, isIn, log } = await member();
    const first = await admin('unlink-directory', email, ...by);
    expect([first.code, first.said]).toEqual([1, expect.stringContaining('is not linked')]);
    expect(await isIn()).toBe(true);
    await env.db.query(
      `insert into "account" ("id", "userId", "providerId", "accountId", "updatedAt")
       values ($1, $1, 'directory', 'https://login.example.jp former', now())`,
      [id],
    );
    expect((await admin('unlink-directory', email, ...by)).code).toBe(0);
    expect(await isIn()).toBe(false);
    expect((await log()).at(-1)).toBe(`directory_unlinked ${BY}`);
  });

  test('ASVS 7.4.5: end-sessions ends every session, and the person may sign in again', async () => {
    const { email, isIn, log } = await member();
    const { said } = await admin('end-sessions', email, ...by);
    expect(said).toBe(`${email}: 1 session has ended\n`);
    expect(await isIn()).toBe(false);
    expect(await log()).toEqual([`sessions_ended ${BY}`]);
    expect(await isSignedIn(await visitor(env, email))).toBe(true);
  });

  test('remove takes a person out of the shop, but not its last owner', async () => {
    const { email, isIn, log } = await member();
    expect((await admin('remove', email, '--shop', 'minato')).said).toContain('does not work in');
    expect((await admin('remove', email, '--shop', 'hanamichi', ...by)).code).toBe(0);
    expect(await isIn()).toBe(false);
    expect(await log()).toEqual([`member_removed ${BY}`]);
    const owner = await env.signIn('owner', 'minato');
    const last = (await owner.get('/v1/me')).body.user;
    const refused = await admin('remove', last.email);
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('the last owner')]);
    const forced = await admin('remove', last.email, ...by, '--force', '閉店');
    expect(forced.code).toBe(0);
    const { rows } = await env.db.query(
      `select subject, actor ->> 'name' as by, after ->> 'reason' as reason from shop_log
        where shop_id = 'minato' and after ->> 'action' = 'last_owner_forced'`,
    );
    expect(rows).toEqual([{ subject: last.name, by: BY, reason: '閉店' }]);
  });

  test('S8: a person who is removed from one shop does nothing in another shop’s log', async () => {
    const { id, email } = await member();
    await env.db.query(`insert into members values ('minato', $1, 'viewer')`, [id]);
    expect((await admin('remove', email, '--shop', 'hanamichi', ...by)).code).toBe(0);
    const { rows } = await env.db.query(
      `select after ->> 'action' as action from shop_log
        where shop_id = 'minato' and actor ->> 'id' = $1`,
      [id],
    );
    expect(rows).toEqual([]);
  });

  test('a command names an address that has no account', async () => {
    for (const command of ['reset-password', 'reset-2fa', 'end-sessions', 'remove']) {
      const { code, said } = await admin(command, 'nobody@example.jp');
      expect([code, said]).toEqual([1, expect.stringContaining('has no account')]);
    }
  });
});

describe('npm run admin', () => {
  test('the command opens a shop and lets its owner in, who can sign in at once', async () => {
    const tsubame = ['shop', 'tsubame', '--name', 'つばめ', '--fregi-shop', '12345'];
    expect(await admin(...tsubame, '--environment', 'test')).toEqual({
      code: 0,
      said: 'tsubame is open\n',
    });
    const { said } = await admin(
      'user',
      'owner@tsubame.example',
      '--name',
      '燕 一郎',
      '--shop',
      'tsubame',
      '--role',
      'owner',
    );
    const password = /shown this once: (\S+)/.exec(said)?.[1] ?? '';
    const owner = await Client.signIn(env.url, 'owner@tsubame.example', password);
    const { body } = await owner.get('/v1/settings?shop=tsubame');
    expect(body).toMatchObject({
      shopName: 'つばめ',
      linkEnabled: false,
      fregi: { environment: 'test', shopId: '12345' },
    });
  });

  test('a known person keeps the password and gets another role', async () => {
    const user = ['user', 'clerk@tsubame.example', '--name', '燕 花', '--shop', 'hanamichi'];
    expect((await admin(...user, '--role', 'viewer')).said).toContain('password');
    const refused = await admin(...user, '--role', 'clerk');
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(
      /^clerk@tsubame.example has an account since \d{4}-\d\d-\d\d, from the shop hanamichi, by this command/,
    );
    expect(refused.said).toMatch(/--existing/);
    const again = await admin(...user, '--role', 'clerk', '--existing');
    expect(again.code).toBe(0);
    expect(again.said).toMatch(/^clerk@tsubame.example is clerk of hanamichi\n/);
    expect(again.said).not.toContain('password');
  });

  test.each([
    ['nothing', [], 'Usage: npm run admin --'],
    ['an unknown option', ['shops', '--all'], "unknown option '--all'\n--help tells more"],
  ])('the command refuses %s in words', async (_what, args, words) => {
    const { code, said } = await admin(...args);
    expect(code).toBe(1);
    expect(said).toContain(words);
    expect(said).not.toContain('    at ');
  });

  test('the command lists the shops that were opened in full', async () => {
    const { said } = await admin('shops');
    expect(said.split('\n').map((line) => line.split('  ')[0])).toEqual([
      'hanamichi',
      'minato',
      'tsubame',
      '',
    ]);
  });
});
