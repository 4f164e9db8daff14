import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { createAdmin } from '../../src/admin/commands.ts';
import { verifyDatabase } from '../../src/admin/verify.ts';

let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
  vi.stubEnv('AUTH_SECRET', 'another secret of thirty-two characters');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await env.close();
});
afterEach(() => vi.restoreAllMocks());

/** Runs a typed command in this process; resolves to its output. */
async function admin(...words: readonly string[]): Promise<string> {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const program = createAdmin((work) => work(env.db, env.databaseUrl));
  await program.parseAsync(words, { from: 'user' });
  const said = printed.mock.calls.flat().join('\n');
  printed.mockRestore();
  return said;
}

function opening(shopId: string): string[] {
  return ['shop', shopId, '--name', 'つばめ', '--fregi-shop', '12345'];
}

async function logOf(shopId: string) {
  const { rows } = await env.db.query(
    `select actor ->> 'name' as by, before, after from shop_log
      where shop_id = $1 and area = 'settings' order by n`,
    [shopId],
  );
  return rows;
}

async function shopRow(shopId: string) {
  const { rows } = await env.db.query('select * from shops where shop_id = $1', [shopId]);
  return rows[0];
}

describe('npm run admin -- shop', () => {
  test('a change leaves omitted options as they are, prints both states, and stands in the log', async () => {
    const opened = [...opening('kamome'), '--environment', 'production', '--by', '管理 太郎'];
    expect(await admin(...opened)).toBe('kamome is open');
    await env.db.query(
      `update shops set fregi_inquiry_url = 'https://inquiry.example/', inquiry = true
        where shop_id = 'kamome'`,
    );
    const said = await admin('shop', 'kamome', '--name', 'かもめ', '--by', '管理 花子');
    expect(said.split('\n').slice(0, 3)).toEqual([
      'kamome is changed',
      '  before: つばめ  production 12345  https://ssl.f-regi.com/connect/',
      '  after:  かもめ  production 12345  https://ssl.f-regi.com/connect/',
    ]);
    expect(await shopRow('kamome')).toMatchObject({
      name: 'かもめ',
      fregi_environment: 'production',
      fregi_shop_id: '12345',
      fregi_base_url: 'https://ssl.f-regi.com/connect/',
      fregi_inquiry_url: 'https://inquiry.example/',
      inquiry: true,
      version: 2,
    });
    expect(await logOf('kamome')).toMatchObject([
      { by: '管理 太郎（npm run admin）', before: null, after: { environment: 'production' } },
      {
        by: '管理 花子（npm run admin）',
        before: { shopName: 'つばめ' },
        after: { shopName: 'かもめ' },
      },
    ]);
    expect((await verifyDatabase(env.db, `${import.meta.dirname}/no-such-file`)).wrong).toBeNull();
  });

  test('an environment changes only by an option of its own that names both environments', async () => {
    const change = (...words: string[]) => admin('shop', 'kamome', ...words);
    const before = await shopRow('kamome');
    for (const [words, reason] of [
      [['--environment', 'test'], '--change-environment production:test'],
      [['--change-environment', 'test:production'], 'is in production, not in test'],
      [['--change-environment', 'production'], 'names two'],
      [['--change-environment', 'production:production'], 'names two'],
      [['--change-environment', 'production:sandbox'], 'names two'],
      [['--change-environment', 'production:test', '--environment', 'test'], 'without'],
      [['--environment', 'staging'], 'Allowed choices are test, production'],
      [['--fregi-shop', '1234'], '5 digits'],
      [['--name', ' '], 'It is empty'],
      [[], 'the command changes nothing'],
    ] as const) {
      const refused = change(...words);
      await expect(refused).rejects.toThrow(reason);
    }
    expect(await change('--environment', 'production')).toBe('kamome is unchanged');
    expect(await shopRow('kamome')).toEqual(before);

    const moved = await change('--change-environment', 'production:test');
    expect(moved).toContain('before: かもめ  production 12345  https://ssl.f-regi.com/connect/');
    expect(moved).toContain('after:  かもめ  test 12345  https://ssl.f-regi.com/connecttest/');
    expect((await logOf('kamome')).at(-1)).toMatchObject({
      before: { environment: 'production', baseUrl: 'https://ssl.f-regi.com/connect/' },
      after: { environment: 'test', baseUrl: 'https://ssl.f-regi.com/connecttest/' },
    });
  });

  test('a contract stays while operations or runs are open under it; a name may change', async () => {
    const clerk = await env.signIn('clerk', 'minato');
    const orderNumber = await env.order({}, 'minato');
    env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'sale.cgi', times: 1 }]);
    await clerk.post(`/v1/orders/${orderNumber}/payment?shop=minato`, { body: {}, version: 1 });
    await env.db.query(
      `insert into runs (shop_id, id, key, input_hash, actor, plan, paid_on, mail, state)
       select shop_id, gen_random_uuid(), 'k', 'h', '{}', '{"kind": "mark_paid"}', current_date,
         'manual', 'paused' from shops where shop_id in ('minato', 'hanamichi')`,
    );
    const before = [await shopRow('minato'), await shopRow('hanamichi')];
    for (const [words, open] of [
      [['minato', '--change-environment', 'sandbox:test'], '1 operations and 1 bulk runs'],
      [['minato', '--fregi-shop', '54321'], '1 operations and 1 bulk runs'],
      [['hanamichi', '--fregi-shop', '54321', '--name', 'x'], '0 operations and 1 bulk runs'],
    ] as const) {
      await expect(admin('shop', ...words)).rejects.toThrow(open);
    }
    expect([await shopRow('minato'), await shopRow('hanamichi')]).toEqual(before);
    expect(await admin('shop', 'minato', '--name', '港')).toContain('minato is changed');
    await env.db.query(`update runs set state = 'stopped', ended_at = now()`);
    expect(await admin('shop', 'hanamichi', '--fregi-shop', '54321')).toContain('is changed');
  });

  test.each([
    ['no name', ['shop', 'suzume', '--fregi-shop', '12345'], 'give --name'],
    ['no 店舗ID', ['shop', 'suzume', '--name', 's'], 'give --fregi-shop'],
    ['no environment', opening('suzume'), 'give --environment'],
    ['an id with a space', ['shop', 'su zume', '--name', 's'], 'is like hanamichi-2'],
    [
      'a change of environment',
      [...opening('suzume'), '--change-environment', 'test:production'],
      'there is no shop suzume',
    ],
  ])('the command opens no shop with %s', async (_what, words, reason) => {
    await expect(admin(...words)).rejects.toThrow(reason);
    expect(await shopRow('suzume')).toBeUndefined();
  });
});

describe('npm run admin -- user', () => {
  const user = (name: string, ...rest: string[]) =>
    admin('user', `${name}@minato.example`, '--name', name, '--shop', 'minato', ...rest);

  test('a role changes under the name of the person who changed it; the last owner stays owner', async () => {
    const by = ['--by', '管理 太郎'];
    await user('one', '--role', 'owner', ...by);
    await expect(user('one', '--role', 'viewer', '--existing')).rejects.toThrow(
      'the last owner of minato',
    );
    expect(await user('one', '--role', 'owner', '--existing', ...by)).toContain(
      'one@minato.example is owner of minato',
    );
    await user('two', '--role', 'owner', ...by);
    await user('one', '--role', 'viewer', '--existing', ...by);
    const { rows } = await env.db.query(
      `select actor ->> 'name' as by, subject, after ->> 'action' as action,
          after ->> 'role' as role
         from shop_log where shop_id = 'minato' and area = 'access' and subject in ('one', 'two')
        order by n`,
    );
    const actor = { by: '管理 太郎（npm run admin）' };
    expect(rows).toEqual([
      { ...actor, subject: 'one', action: 'member_added', role: 'owner' },
      { ...actor, subject: 'two', action: 'member_added', role: 'owner' },
      { ...actor, subject: 'one', action: 'role_changed', role: 'viewer' },
    ]);
  });

  test('the command refuses an unknown role and an unknown shop', async () => {
    await expect(user('one', '--role', 'king')).rejects.toThrow('Allowed choices are owner, clerk');
    const elsewhere = ['user', 'a@b.example', '--name', 'a', '--shop', 'suzume'];
    await expect(admin(...elsewhere, '--role', 'owner')).rejects.toThrow('there is no shop suzume');
  });
});

describe('the words after npm run admin', () => {
  test('each command explains itself, its words and its options', () => {
    const { commands } = createAdmin(() => Promise.reject(new Error('nothing is to be done')));
    expect(commands).toHaveLength(15);
    for (const command of commands) {
      for (const part of [command, ...command.registeredArguments, ...command.options]) {
        const said = part instanceof Command ? part.description() : part.description;
        expect(said, `${command.name()} ${part.name()}`).toMatch(/./);
      }
    }
  });

  test.each([
    ['no word', [], '(outputHelp)'],
    ['a word that is no command', ['shopp'], 'Did you mean one of shop, shops?'],
    ['a property of every object', ['toString'], "unknown command 'toString'"],
    ['two ids', ['shop', 'hanamichi', 'minato'], 'too many arguments'],
    ['a word for a command that has none', ['shops', 'all'], 'too many arguments'],
    ['a command without its word', ['backup'], "missing required argument 'directory'"],
    ['an unknown option', ['shops', '--all'], "unknown option '--all'"],
    ['an option of another command', ['shops', '--name', 's'], "unknown option '--name'"],
    ['an option without its text', ['shop', 'hanamichi', '--name'], 'argument missing'],
    ['a person without a shop', ['user', 'a@b.example', '--name', 'a'], "'--shop <id>' not"],
    ['a release by nobody', ['release', '--name', ' '], 'It is empty'],
  ])('the command refuses %s in words', async (_what, words, reason) => {
    await expect(admin(...words)).rejects.toThrow(reason);
  });
});
