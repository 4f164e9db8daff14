import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { api, ask, DAY_MS, OTHER_SHOP, SHOP, setFaults, start, stateOf } from './support.ts';

/** compsettle…: issues, cancels, changes, and tells (protocol §10). */
const APPLY = { ID: 'R-1', PAY: '5000' };

async function apply(sandbox: Sandbox, more: Record<string, string> = {}): Promise<string> {
  const [first, settleno = '', said] = await ask(sandbox, 'compsettleapply.cgi', {
    ...APPLY,
    ...more,
  });
  if (first !== 'OK') throw new Error(`${settleno} ${said}`);
  return settleno;
}

function info(sandbox: Sandbox, asked: Record<string, string>): Promise<string[]> {
  return ask(sandbox, 'compsettleinfo.cgi', asked);
}

describe('compsettleapply', () => {
  test('compsettleapply answers a 発行番号 of 20 digits', async () => {
    expect(await apply(await start())).toMatch(/^\d{20}$/);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no ID', { ID: '' }, 'CSA1-1-10'],
    ['an underscore', { ID: 'a_b' }, 'CSA1-1-11'],
    ['no amount', { PAY: '' }, 'CSA1-1-20'],
    ['a yen', { PAY: '1' }, 'CSA1-1-22'],
    ['ten million', { PAY: '10000000' }, 'CSA1-1-21'],
    ['a name of 17', { USERNAME1: 'あ'.repeat(17) }, 'CSA1-1-301'],
    ['a title of 65', { ITEMTITLE: 'あ'.repeat(65) }, 'CSA1-1-361'],
    ['an article of 13', { ITEMNAME: 'あ'.repeat(13) }, 'CSA1-1-371'],
    ['31 days', { EXPIRE: '31' }, 'CSA1-1-391'],
    ['a way that is none', { PAYTYPESPECIFY: '10,99' }, 'CSA1-1-401'],
    ['a mode that is none', { PAYMODESPECIFY: '11' }, 'CSA1-1-411'],
    ['a user of 17', { USERID: 'u'.repeat(17) }, 'CSA1-1-341'],
    ['a store for a million', { PAYTYPESPECIFY: '20', PAY: '300000' }, 'CSA1-1-402'],
    ['cleaning that is not agreed', { MONTHLYMODE: '0' }, 'CSA1-1-107'],
  ])('compsettleapply refuses %s in three lines: NG, code, message', async (_name, more, code) => {
    const sandbox = await start();
    const lines = await ask(sandbox, 'compsettleapply.cgi', {
      ...APPLY,
      ...more,
      CHARCODE: 'utf8',
    });
    expect(lines).toEqual([
      'NG',
      code,
      expect.stringMatching(/^リダイレクト決済（SaaS型）発行処理時の/),
    ]);
    expect(sandbox.gateway.ledger.issues.size).toBe(0);
  });

  test('CSA1-1-107 has the confirmed sentence, to the letter', async () => {
    const lines = await ask(await start(), 'compsettleapply.cgi', { ...APPLY, MONTHLYMODE: '0' });
    expect(lines[2]).toBe('リダイレクト決済（SaaS型）発行処理時の洗替利用フラグは指定できません');
  });

  test('a 伝票番号 comes once in a shop', async () => {
    const sandbox = await start();
    await apply(sandbox);
    expect((await ask(sandbox, 'compsettleapply.cgi', APPLY))[1]).toBe('CSA1-1-12');
    expect((await ask(sandbox, 'compsettleapply.cgi', { ...APPLY, SHOPID: OTHER_SHOP }))[0]).toBe(
      'OK',
    );
  });

  test('compsettleapply declines by a rule in its own grammar', async () => {
    const sandbox = await start();
    await setFaults(sandbox, [{ kind: 'decline', code: 'CSA1-1-999', text: '理由' }]);
    expect(await ask(sandbox, 'compsettleapply.cgi', APPLY)).toEqual(['NG', 'CSA1-1-999', '理由']);
  });
});

describe('compsettleinfo', () => {
  test('compsettleinfo finds by number and by ID, and ID wins; details only if asked', async () => {
    const sandbox = await start();
    const one = await apply(sandbox);
    const other = await apply(sandbox, { ID: 'R-2' });
    expect(await info(sandbox, { SETTLENO: one })).toEqual(['OK', one, 'R-1', '1']);
    expect(await info(sandbox, { ID: 'R-2' })).toEqual(['OK', other, 'R-2', '1']);
    expect((await info(sandbox, { ID: 'R-2', SETTLENO: one }))[1]).toBe(other);
    const detailed = await fetch(
      `${sandbox.url}/connect/compsettleinfo.cgi?SHOPID=${SHOP}&ID=R-1&GETDETAIL=1`,
    );
    expect(await detailed.text()).toBe(`OK\n${one}\nR-1\n1\n\n\n\n`);
  });

  test('compsettleinfo answers NG for an unknown issue and for another shop’s', async () => {
    const sandbox = await start();
    const SETTLENO = await apply(sandbox);
    expect((await info(sandbox, { ID: 'R-9' }))[1]).toBe('CSI1-1-121');
    expect((await info(sandbox, { SETTLENO, SHOPID: OTHER_SHOP }))[1]).toBe('CSI1-1-121');
    expect((await info(sandbox, {}))[1]).toBe('CSI1-1-120');
  });

  test('an issue expires at the end of the day in Japan', async () => {
    const sandbox = await start();
    await api(sandbox, 'POST', 'clock', { to: '2030-05-01T14:00:00Z', stopped: true });
    const SETTLENO = await apply(sandbox, { EXPIRE: '0' });
    await sandbox.gateway.moveClock(59 * 60_000);
    expect((await info(sandbox, { SETTLENO }))[3]).toBe('1');
    await sandbox.gateway.moveClock(2 * 60_000);
    expect((await info(sandbox, { SETTLENO }))[3]).toBe('7');
  });
});

describe('compsettlecancel and compsettlechange', () => {
  test('a cancelled issue is 2, and cannot be cancelled or changed again', async () => {
    const sandbox = await start();
    const SETTLENO = await apply(sandbox);
    expect(await ask(sandbox, 'compsettlecancel.cgi', { SETTLENO })).toEqual(['OK']);
    expect((await info(sandbox, { SETTLENO }))[3]).toBe('2');
    expect((await ask(sandbox, 'compsettlecancel.cgi', { SETTLENO }))[1]).toBe('CSC1-1-122');
    const changed = await ask(sandbox, 'compsettlechange.cgi', { SETTLENO, PAY: '6000' });
    expect(changed[1]).toBe('CSM1-1-122');
  });

  test('compsettlechange changes amount, term and ways', async () => {
    const sandbox = await start();
    const SETTLENO = await apply(sandbox);
    const change = (more: Record<string, string>) =>
      ask(sandbox, 'compsettlechange.cgi', { SETTLENO, ...more });
    expect(await change({ PAY: '6000', PAYTYPESPECIFY: '10,20' })).toEqual(['OK']);
    expect(sandbox.gateway.ledger.issues.get(SETTLENO)).toMatchObject({
      amount: 6_000,
      payTypes: ['10', '20'],
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ['nothing', {}, 'CSM1-1-420'],
    ['what it is already', { PAY: '5000' }, 'CSM1-1-420'],
    ['a yen', { PAY: '1' }, 'CSM1-1-22'],
    ['a term of 99', { EXPIRE: '99' }, 'CSM1-1-391'],
    ['a way too small', { PAYTYPESPECIFY: '30', PAY: '60000' }, 'CSM1-1-402'],
  ])('a change to %s is refused, and leaves the issue as it was', async (_name, more, code) => {
    const sandbox = await start();
    const SETTLENO = await apply(sandbox);
    const before = sandbox.gateway.ledger.issues.get(SETTLENO);
    expect((await ask(sandbox, 'compsettlechange.cgi', { SETTLENO, ...more }))[1]).toBe(code);
    expect(sandbox.gateway.ledger.issues.get(SETTLENO)).toEqual(before);
  });

  test('an expired issue can be changed to last longer', async () => {
    const sandbox = await start();
    const SETTLENO = await apply(sandbox, { EXPIRE: '1' });
    await sandbox.gateway.moveClock(3 * DAY_MS);
    expect((await info(sandbox, { SETTLENO }))[3]).toBe('7');
    expect(await ask(sandbox, 'compsettlechange.cgi', { SETTLENO, EXPIRE: '5' })).toEqual(['OK']);
    expect((await info(sandbox, { SETTLENO }))[3]).toBe('1');
  });
});

describe('convorder', () => {
  const ORDER = {
    PAY: '5000',
    CUSTOMERNAME1: '山田',
    CUSTOMERTEL: '0312345678',
    CONVENI: 'lawson',
  };
  const order = (sandbox: Sandbox, more: Record<string, string> = {}) =>
    ask(sandbox, 'convorder.cgi', { ...ORDER, CHARCODE: 'utf8', ...more });

  test('convorder answers 払込票番号, 取引番号, and its address if asked; then somebody pays', async () => {
    const sandbox = await start();
    const [first, number, seqno = '', url = ''] = await order(sandbox, { REQUIREURL: '1' });
    expect([first, number]).toEqual(['OK', expect.stringMatching(/^\d{13}$/)]);
    const page = await (await fetch(url)).text();
    expect(page).toContain(String(number));
    expect((await api(sandbox, 'POST', `slips/${seqno}/pay`)).status).toBe(200);
    expect((await api(sandbox, 'POST', `slips/${seqno}/pay`)).status).toBe(409);
    expect(await (await fetch(url)).text()).toContain('支払済みです');
    expect(stateOf(sandbox, seqno)).toBeNull();
  });

  test.each<[string, Record<string, string>, string]>([
    ['299 yen', { PAY: '299' }, 'CV1-1-22'],
    ['300,000 yen', { PAY: '300000' }, 'CV1-1-21'],
    ['a name of 11', { CUSTOMERNAME1: 'あ'.repeat(11) }, 'CV1-1-61'],
    ['no name', { CUSTOMERNAME1: '' }, 'CV1-1-60'],
    ['no telephone', { CUSTOMERTEL: '' }, 'CV1-1-70'],
    ['a telephone of 14', { CUSTOMERTEL: '0'.repeat(14) }, 'CV1-1-71'],
    ['no store', { CONVENI: '' }, 'CV1-1-80'],
    ['a store that is none', { CONVENI: 'constructor' }, 'CV1-1-81'],
    ['a term of a day', { EXPIRESPAN: '1' }, 'CV1-1-51'],
    ['a term of 31 days', { EXPIRESPAN: '31' }, 'CV1-1-51'],
    ['a last day of today', { EXPIRE: '20300501' }, 'CV1-1-51'],
    ['a last day with slashes', { EXPIRE: '2030/05/10' }, 'CV1-1-51'],
    ['a slip with an underscore', { ID: 'a_b' }, 'CV1-1-11'],
  ])('convorder refuses %s', async (_name, more, code) => {
    const sandbox = await start();
    await api(sandbox, 'POST', 'clock', { to: '2030-05-01T03:00:00Z', stopped: true });
    expect((await order(sandbox, more))[1]?.split('(')[0]).toBe(code);
    expect(sandbox.gateway.ledger.slips.size).toBe(0);
  });

  test.each([{ EXPIRE: '20300503' }, { EXPIRE: '20300531' }, { EXPIRESPAN: '2' }])(
    'convorder takes the term %o',
    async (term) => {
      const sandbox = await start();
      await api(sandbox, 'POST', 'clock', { to: '2030-05-01T03:00:00Z', stopped: true });
      expect((await order(sandbox, term))[0]).toBe('OK');
    },
  );

  test('an expired slip cannot be paid', async () => {
    const sandbox = await start();
    const [, , seqno = ''] = await order(sandbox, { EXPIRESPAN: '2' });
    await sandbox.gateway.moveClock(4 * DAY_MS);
    expect((await api(sandbox, 'POST', `slips/${seqno}/pay`)).status).toBe(409);
  });
});
