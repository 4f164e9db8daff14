import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../test/client.ts';
import { type DevEnv, openDevEnv } from '../../test/dev-env.ts';

const ADMIN = fileURLToPath(new URL('../src/admin.ts', import.meta.url));

let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});
afterAll(() => env.close());

/** Runs the command as its user does: a process of its own, beside the running server. */
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

describe('npm run admin', () => {
  test('opens a shop and lets its owner in, who can sign in at once', async () => {
    expect(await admin('shop', 'tsubame', '--name', 'つばめ', '--fregi-shop', '12345')).toEqual({
      code: 0,
      said: 'tsubame is open\n',
    });
    const { said } = await admin(
      ...['user', 'owner@tsubame.example', '--name', '燕 一郎'],
      ...['--shop', 'tsubame', '--role', 'owner'],
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

  test('a person who is known keeps the password, and gets another role', async () => {
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
    ['nothing', [], 'npm run admin -- shop <id>'],
    ['a shop without a name', ['shop', 'suzume', '--fregi-shop', '12345'], '--name is wanted'],
    ['店舗ID of four digits', ['shop', 'suzume', '--name', 's', '--fregi-shop', '1'], '5 digits'],
    [
      'an id with a space',
      ['shop', 'su zume', '--name', 's', '--fregi-shop', '12345'],
      'is like hanamichi-2',
    ],
    [
      'an unknown role',
      ['user', 'a@b.example', '--name', 'a', '--shop', 'hanamichi', '--role', 'king'],
      '--role is one of',
    ],
    [
      'a shop that is not there',
      ['user', 'a@b.example', '--name', 'a', '--shop', 'suzume', '--role', 'owner'],
      'there is no shop suzume',
    ],
    ['an unknown option', ['shops', '--all'], 'Unknown option'],
  ])('%s is refused in words', async (_what, args, words) => {
    const { code, said } = await admin(...args);
    expect(code).toBe(1);
    expect(said).toContain(words);
    expect(said).not.toContain('    at ');
  });

  test('the shops are those that were opened in full', async () => {
    const { said } = await admin('shops');
    expect(said.split('\n').map((line) => line.split('  ')[0])).toEqual([
      ...['hanamichi', 'minato', 'tsubame', ''],
    ]);
  });
});
