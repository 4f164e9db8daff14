import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../test/kit/worlds.ts';

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
