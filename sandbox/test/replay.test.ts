import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../src/api/routes.ts';
import { DRIFTS } from '../src/faults/drift.ts';
import type { Sandbox } from '../src/index.ts';
import type { LedgerState } from '../src/ledger/states.ts';
import {
  api,
  ask,
  authm,
  authorize,
  CARD,
  cardEnding,
  DAY_MS,
  OTHER_SHOP,
  post,
  SEQNO,
  SHOP,
  seed,
  setFaults,
  start,
  stateOf,
} from './support.ts';

/** A day again: the same seed, snapshots, the clock, drift, a call as curl. */
describe('the same seed', () => {
  /** Plays a day with trouble; no request waits for the clock of the machine. */
  async function play(sandbox: Sandbox, seedOfDay: number): Promise<string> {
    await api(sandbox, 'POST', 'reset', { seed: seedOfDay, at: '2026-05-01T00:00:00Z' });
    const rules = [
      { kind: 'drop_after', share: 0.1 },
      { kind: 'garbage', share: 0.1 },
      { kind: 'decline', share: 0.2 },
    ] as const;
    await setFaults(sandbox, rules, seedOfDay);
    const seqnos: string[] = [];
    const call = (cgi: string, asked: Record<string, string>) =>
      post(`${sandbox.url}/connect/${cgi}`, asked).then(
        async (answer) =>
          Buffer.from(await answer.arrayBuffer())
            .toString('latin1')
            .split('\n'),
        () => [],
      );
    for (let order = 0; order < 30; order += 1) {
      const lines = await call('authm.cgi', {
        ...CARD,
        PAY: String(1000 + order),
        ID: `D-${order}`,
      });
      if (lines[0] === 'OK') seqnos.push(lines[2] ?? '');
      const SEQ = seqnos.at(-1) ?? '';
      if (order % 2 === 0) await call('authchange.cgi', { SEQNO: SEQ, PAY: '2000' });
      else await call('sale.cgi', { SEQNO: SEQ });
      if (order % 7 === 0) await api(sandbox, 'POST', 'clock', { advanceMs: DAY_MS });
    }
    await call('compsettleapply.cgi', { ID: 'R-1', PAY: '5000' });
    await authm(sandbox, cardEnding('1133')).catch(() => []);
    const told = await fetch(`${sandbox.url}/sandbox/v1/transcript`);
    return (await told.text()).replaceAll(sandbox.url, '');
  }

  test('the same seed makes the same transcript, byte for byte, in another sandbox as well', async () => {
    const [one, other] = [await start(), await start()];
    const first = await play(one, 7);
    expect(first.split('\n').length).toBeGreaterThan(60);
    expect(first).toContain('"fault":"drop_after"');
    expect(await play(one, 7)).toBe(first);
    expect(plainOrigin(await play(other, 7))).toBe(plainOrigin(first));
    expect(await play(one, 8)).not.toBe(first);
  });

  /** Only the answer of 3-D Secure has an address in it, which names the port of each sandbox. */
  function plainOrigin(transcript: string): string {
    return transcript.replace(/"answer":"(T1VUUFVU[^"]*)"/g, (_, answer: string) => {
      const text = Buffer.from(answer, 'base64').toString('latin1');
      return `"answer":"${text.replace(/127\.0\.0\.1:\d+/g, '')}"`;
    });
  }

  test('a seed at the start does the same', async () => {
    const numbers = async () => {
      const sandbox = await start({ seed: 5 });
      const [, authCode] = await authm(sandbox, CARD);
      return authCode;
    };
    expect(await numbers()).toBe(await numbers());
  });
});

describe('a snapshot', () => {
  test('a snapshot brings everything back, and the reset takes everything away', async () => {
    const sandbox = await start();
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1', ID: 'A-1' });
    await ask(sandbox, 'compsettleapply.cgi', { ID: 'R-1', PAY: '5000' });
    await api(sandbox, 'PUT', 'shops/00009', { name: '新しい店', allowedIps: ['127.0.0.1'] });
    await api(sandbox, 'POST', 'tokens', { pan: '4980111111111111' });
    await api(sandbox, 'POST', 'clock', { advanceMs: DAY_MS, stopped: true });
    const { body } = await api(sandbox, 'GET', 'snapshot');
    await api(sandbox, 'POST', 'reset');
    const { ledger } = sandbox.gateway;
    const sizes = () =>
      [ledger.transactions, ledger.customers, ledger.issues, ledger.tokens].map(({ size }) => size);
    expect(sizes()).toEqual([0, 0, 0, 0]);
    expect(sandbox.gateway.shop('00009')).toBeNull();
    expect((await api(sandbox, 'POST', 'snapshot', body)).status).toBe(200);
    expect(sizes()).toEqual([1, 1, 1, 1]);
    expect((await api(sandbox, 'GET', 'snapshot')).body).toEqual(body);
    expect((await ask(sandbox, 'customerinfo.cgi', { CUSTOMERID: 'c-1' }))[0]).toBe('OK');
    expect(sandbox.gateway.ledger.ofSlip(SHOP, 'A-1')).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['no array', {}],
    ['an event that is none', [{ kind: 'flood' }]],
    ['a reset', [{ kind: 'reset' }]],
    ['a transaction without a number', [{ kind: 'opened', transaction: {} }]],
    ['an event without its member', [{ kind: 'opened' }]],
  ])('%s is refused as a snapshot, and the ledger stays', async (_name, events) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    expect((await api(sandbox, 'POST', 'snapshot', events)).status).toBe(400);
    expect(stateOf(sandbox)).toBe('authorized');
  });
});

describe('the clock', () => {
  test('the clock stops, moves while it stands, and goes on from there', async () => {
    const sandbox = await start();
    const to = '2030-05-01T00:00:00.000Z';
    expect((await api(sandbox, 'POST', 'clock', { to, stopped: true })).body.stopped).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 15));
    const stood = sandbox.gateway.now();
    expect(stood - Date.parse(to)).toBeLessThan(1_000);
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(sandbox.gateway.now()).toBe(stood);
    await api(sandbox, 'POST', 'clock', { advanceMs: 1_000 });
    expect(sandbox.gateway.now()).toBe(stood + 1_000);
    await api(sandbox, 'POST', 'clock', { stopped: false });
    await new Promise((resolve) => setTimeout(resolve, 15));
    const ran = sandbox.gateway.now() - stood;
    expect(ran).toBeGreaterThan(1_000);
    expect(ran).toBeLessThan(5_000);
  });
});

describe('drift by one press', () => {
  const AFTER: Record<string, [before: LedgerState, after: (LedgerState | 'removed')[]]> = {
    capture_missing: ['captured_transmitted', ['authorized']],
    captured_here: ['authorized', ['captured_untransmitted']],
    voided_here: ['authorized', ['voided']],
    still_authorized: ['voided', ['authorized']],
    still_captured: ['refunded_untransmitted', ['captured_transmitted']],
    amount_changed: ['captured_transmitted', ['captured_transmitted', 'refunded_untransmitted']],
    authorization_failed: ['authorized', ['authorization_failed']],
    capture_failed: ['captured_untransmitted', ['capture_failed']],
    answer_lost: ['authorized', ['authorized']],
    deadline_near: ['authorized', ['authorized']],
    authorization_declined: ['authorized', ['authorized']],
    double: ['authorized', ['authorized', 'authorized']],
    orphan: ['authorized', ['authorized']],
    missing: ['authorized', []],
  };

  test('the table has every kind of drift', () => {
    expect(Object.keys(AFTER).sort()).toEqual(Object.keys(DRIFTS).sort());
  });

  test.each(Object.entries(AFTER))(
    'one press makes the drift %s',
    async (kind, [before, after]) => {
      const sandbox = await start();
      await seed(sandbox, before);
      const { status, body } = await api(sandbox, 'POST', `drift/${kind}`, { seqno: SEQNO });
      expect(status).toBe(200);
      expect(body.transactions).toMatchObject(after.map((state) => ({ state })));
      const all = sandbox.gateway.ledger.list();
      expect(all).toHaveLength(kind === 'orphan' ? 2 : after.length);
      if (kind === 'amount_changed')
        expect(all[0]).toMatchObject({ amount: 6_000, changedFrom: SEQNO });
    },
  );

  test('answer_lost loses only the next answer, and its call acts', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await api(sandbox, 'POST', 'drift/answer_lost', { shopId: SHOP, id: '100000394011' });
    await expect(ask(sandbox, 'sale.cgi', { SEQNO })).rejects.toThrow();
    expect((await ask(sandbox, 'sale.cgi', { SEQNO }))[1]).toMatch(/売上受付済みです/);
  });

  test('deadline_near leaves three days', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await api(sandbox, 'POST', 'drift/deadline_near', { seqno: SEQNO });
    await sandbox.gateway.moveClock(4 * DAY_MS);
    expect((await ask(sandbox, 'sale.cgi', { SEQNO }))[1]).toMatch(/^S1-1-125/);
  });

  test.each<[string, string, object, number]>([
    ['an unknown kind', 'flood', { seqno: SEQNO }, 404],
    ['a kind that objects have', 'constructor', { seqno: SEQNO }, 404],
    ['a number that nobody has', 'double', { seqno: '1' }, 404],
    ['half a yen', 'amount_changed', { seqno: SEQNO, amount: 0.5 }, 400],
  ])('%s is refused', async (_name, kind, body, status) => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    expect((await api(sandbox, 'POST', `drift/${kind}`, body)).status).toBe(status);
    expect(sandbox.gateway.ledger.list()).toHaveLength(1);
  });
});

describe('the log of the wire', () => {
  test('a call runs again as curl, whatever it holds', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const url = `${sandbox.url}/connecttest/sale.cgi?SHOPID=${SHOP}&SEQNO=${SEQNO}&X=it's%20%22`;
    await fetch(url);
    const command = await (await fetch(`${sandbox.url}/sandbox/v1/wire/1/curl`)).text();
    const said = await new Promise<string>((resolve) => {
      execFile('bash', ['-c', command], (_error, stdout) => resolve(stdout));
    });
    expect(said).toBe('NG\nS1-1-122(売上処理時の指定された取引は売上受付済みです)\n');
  });

  test.each([
    ['a card of the real world', { ...CARD, PAN1: '4111' }, '4111'],
    ['a test card that is not the documented one', { ...CARD, PAN2: '2222' }, '2222'],
    ['a holder', CARD, 'YAMADA'],
    ['a mail address', { ...CARD, HOLDERMAIL: 'taro@example.jp' }, 'taro'],
  ])('the log of the wire never shows %s', async (_name, asked, secret) => {
    const sandbox = await start();
    await authm(sandbox, asked);
    const form = new URLSearchParams({ SHOPID: SHOP, ...asked, PAY: '5000' });
    await fetch(`${sandbox.url}/connect/authm.cgi?${form}&PAN1=4111&PAN4=9999`);
    for (const path of ['wire', 'transcript', 'wire/1/curl', 'wire/2/curl', 'snapshot']) {
      const shown = await (await fetch(`${sandbox.url}/sandbox/v1/${path}`)).text();
      expect(shown, path).not.toContain(secret);
      expect(shown, path).not.toContain('9999');
    }
  });
});

describe('the API’s description', () => {
  test('the description has every route once, and every route answers without a crash', async () => {
    const sandbox = await start();
    const { body } = await api(sandbox, 'GET', 'openapi.json');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(
      ([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method} /sandbox/v1/${path}`).sort(),
    );
    for (const { method, path } of ROUTES) {
      for (const junk of [undefined, null, [], {}, 'x', { rules: 1, seed: 'x', advanceMs: 'x' }]) {
        if (method === 'GET' && junk !== undefined) continue;
        const url = `${sandbox.url}/sandbox/v1/${path.replace(/\{\w+\}/g, 'x')}`;
        const init = junk === undefined ? { method } : { method, body: JSON.stringify(junk) };
        const answer = await fetch(url, init);
        expect(answer.status, `${method} ${path} ${JSON.stringify(junk)}`).toBeLessThan(500);
        if (answer.status !== 400 && answer.status !== 404) continue;
        // A problem is told in both languages.
        const { detail, detailJa } = (await answer.json()) as Record<string, string>;
        expect(detail, path).toMatch(/^[\x20-\x7e…]+$/);
        expect(detailJa, path).toMatch(/[ぁ-ん]/);
      }
    }
  });

  test('a shop changes while the sandbox runs; an unknown setting is refused', async () => {
    const sandbox = await start();
    const put = (shopId: string, body: unknown) => api(sandbox, 'PUT', `shops/${shopId}`, body);
    expect((await put(OTHER_SHOP, { inquiry: true })).body).toMatchObject({
      inquiry: true,
      name: '別の店舗',
    });
    expect((await put(SHOP, { noticeUrl: 'x' })).body.detail).toBe('there is no setting noticeUrl');
    expect((await put(SHOP, { returnUrl: 'ftp://x' })).body.detail).toBe('returnUrl is malformed');
    expect((await put('1', { name: 'x' })).status).toBe(400);
    expect((await api(sandbox, 'GET', `inquiry?shopid=${OTHER_SHOP}&id=x`)).status).toBe(200);
  });
});
