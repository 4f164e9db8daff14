import { randomUUID } from 'node:crypto';
import type { RunDetail, RunRow } from '@renkei/contract/runs.ts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** 一括入金: one press, many orders, and the truth about each. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv({ latencyMs: 10 });
  clerk = await env.signIn('clerk');
});
afterEach(() => env.sandbox.gateway.faults.set([]));

type Body = Parameters<DevEnv['order']>[0];

async function orders(count: number, changes: Body = {}): Promise<string[]> {
  const numbers: string[] = [];
  for (let n = 0; n < count; n += 1) numbers.push(await env.order(changes));
  return numbers;
}

async function start(orderNumbers: readonly string[], key: string = randomUUID()) {
  const preview = await clerk.post('/v1/runs/preview', { body: { orderNumbers } });
  expect(preview.status).toBe(200);
  const rows = preview.body.rows.map(({ orderNumber, version }: Record<string, unknown>) => ({
    orderNumber,
    version,
  }));
  return clerk.post('/v1/runs', { body: { rows }, key });
}

async function untilFinal(id: string): Promise<RunDetail> {
  const read = async () => (await clerk.get(`/v1/runs/${id}`)).body as RunDetail;
  await expect
    .poll(
      async () => {
        const { state, counts } = await read();
        const open = (counts.waiting ?? 0) + (counts.asking ?? 0) + (counts.unknown ?? 0);
        return state === 'running' || state === 'paused' ? 'open' : open;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(0);
  return read();
}

function atConsole(orderNumber: string, operation: string, body: object = {}) {
  const seqno = orderNumber.padStart(20, '0');
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${seqno}/${operation}`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

function statesAtFregi(orderNumber: string): string[] {
  return env.sandbox.gateway.ledger
    .list()
    .filter(({ id }) => id === orderNumber)
    .map(({ state }) => state);
}

const CARRIED_OUT = ['done', 'proven'];

const CHANGED: Body = {
  amounts: {
    items: 12_000,
    shipping: 0,
    paymentFee: 0,
    wrapping: 0,
    pointsUsed: 0,
    couponDiscount: 0,
  },
};

describe('a run', () => {
  test('M6: a run is previewed by group, and does what the preview says', async () => {
    const asIs = await orders(5);
    const changed = await orders(2, CHANGED);
    const [transfer = ''] = await orders(1, {
      paymentKind: 'bank_transfer',
      transaction: undefined,
    });
    const all = [...asIs, ...changed, transfer];
    const preview = await clerk.post('/v1/runs/preview', { body: { orderNumbers: all } });
    expect(preview.body.groups).toMatchObject({
      as_is: { count: 5, yen: 45_575 },
      with_change: { count: 2, yen: 24_000 },
      local_only: { count: 1 },
      excluded: { count: 0, yen: 0 },
    });
    const { status, body, headers } = await start(all);
    expect(status).toBe(202);
    expect(headers.get('location')).toContain(`/v1/runs/${body.id}`);
    const run = await untilFinal(body.id);
    expect(run.counts).toMatchObject({ succeeded: 8, failed: 0 });
    const executed = new Map(
      run.rows.map(({ orderNumber, operation }) => [
        orderNumber,
        // A late or unanswered ask is repeated: that counts as the same deed.
        operation?.steps.filter(({ state }) => CARRIED_OUT.includes(state)).map(({ verb }) => verb),
      ]),
    );
    for (const { orderNumber, asks } of preview.body.rows) {
      const previewed = asks.map(({ verb }: { verb: string }) => verb);
      expect(executed.get(orderNumber)).toEqual(previewed);
    }
  });

  test('C6, L5: failed orders say so in the manual’s words; the others are carried out', async () => {
    const numbers = await orders(6);
    const [captured = '', voided = ''] = numbers;
    await atConsole(captured, 'capture');
    await atConsole(voided, 'void');
    const { body } = await start(numbers);
    const run = await untilFinal(body.id);
    expect(run.counts).toMatchObject({ succeeded: 4, failed: 2 });
    const lines = new Map(run.rows.map(({ orderNumber, line }) => [orderNumber, line]));
    expect(lines.get(captured)).toBe('売上処理時の指定された取引は売上受付済みです');
    expect(lines.get(voided)).toBe('売上処理時の指定された取引は承認取消済みです');
    for (const { state, reason } of run.rows.filter((row) => row.state === 'failed')) {
      expect(state).toBe('failed');
      expect(reason?.remedies.length).toBeGreaterThan(0);
    }
    const order = (await clerk.get(`/v1/orders/${captured}`)).body;
    expect(order).toMatchObject({ paidOn: null, transaction: { state: 'captured_untransmitted' } });
  });

  test('A11: an order that the preview left out stands in the result with its reason, and can be run once that is gone', async () => {
    const [first = '', held = '', paid = ''] = await orders(3);
    const { version } = (await clerk.get(`/v1/orders/${held}`)).body;
    await clerk.post(`/v1/orders/${held}/status`, { version, body: { to: 'on_hold' } });
    const own = (await clerk.get(`/v1/orders/${paid}`)).body.version;
    await clerk.post(`/v1/orders/${paid}/payment`, { version: own, body: {} });
    const preview = await clerk.post('/v1/runs/preview', {
      body: { orderNumbers: [first, held, paid] },
    });
    const out = preview.body.rows.filter(({ group }: { group: string }) => group === 'excluded');
    expect(out.map(({ orderNumber }: RunRow) => orderNumber)).toEqual([held, paid]);
    const rows = [{ orderNumber: first, version: preview.body.rows[0].version }];
    const { body } = await clerk.post('/v1/runs', { body: { rows, excluded: [held, paid] } });
    const run = await untilFinal(body.id);
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 0, stopped: 0, excluded: 2 });
    const told = run.rows.map(({ orderNumber, state, reason }) => [
      orderNumber,
      state,
      reason?.code,
    ]);
    expect(told).toEqual([
      [first, 'succeeded', undefined],
      [held, 'excluded', out[0].reason.code],
      [paid, 'excluded', 'already_paid'],
    ]);
    expect(run.rows[1]?.reason?.remedies.length).toBeGreaterThan(0);
    const again = () => clerk.get(`/v1/runs/${body.id}/again`);
    expect((await again()).body.rows).toEqual([]);
    const now = (await clerk.get(`/v1/orders/${held}`)).body.version;
    await clerk.post(`/v1/orders/${held}/status`, { version: now, body: { to: 'processing' } });
    expect((await again()).body.rows).toMatchObject([{ orderNumber: held }]);
  });

  test('a run takes no look first: F-REGI refuses an order that the console has changed, and no money moves', async () => {
    const numbers = await orders(2);
    const [changed = '', other = ''] = numbers;
    const answer = await atConsole(changed, 'change_amount', { amount: 7_500 });
    expect(answer.status).toBe(200);
    const { body } = await start(numbers);
    const run = await untilFinal(body.id);
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 1 });
    const failed = run.rows.find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ orderNumber: changed, reason: { code: 'already_voided' } });
    expect(statesAtFregi(changed).toSorted()).toEqual(['authorized', 'voided']);
    expect(statesAtFregi(other)).toEqual(['captured_untransmitted']);
    const order = (await clerk.get(`/v1/orders/${changed}`)).body;
    expect(order).toMatchObject({ paidOn: null, transaction: { state: 'voided' } });
  });

  test('only an order that has changed since the preview is refused as stale', async () => {
    const numbers = await orders(2);
    const [changed = ''] = numbers;
    const rows = numbers.map((orderNumber) => ({ orderNumber, version: 1 }));
    const amounts = { ...CHANGED?.amounts, items: 3_000 };
    const put = `/v1/orders/${changed}/amounts`;
    await clerk.send('PUT', put, { body: { amounts }, version: 1 });
    const { body } = await clerk.post('/v1/runs', { body: { rows } });
    const run = await untilFinal(body.id);
    const stale = run.rows.find(({ orderNumber }) => orderNumber === changed);
    expect(stale).toMatchObject({ state: 'failed', reason: { code: 'order_changed' } });
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(statesAtFregi(changed)).toEqual(['authorized']);
  });

  test('the same key starts one run; with other content it is refused', async () => {
    const numbers = await orders(2);
    const rows = numbers.map((orderNumber) => ({ orderNumber, version: 1 }));
    const key = randomUUID();
    const press = (body: object) => clerk.post('/v1/runs', { body, key });
    const replies = await Promise.all([press({ rows }), press({ rows })]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    const other = await press({ rows: rows.slice(1) });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    await untilFinal(replies[0]?.body.id);
  });

  test('two runs over the same orders capture each once', async () => {
    const numbers = await orders(12);
    const rows = numbers.map((orderNumber) => ({ orderNumber, version: 1 }));
    const ids = await Promise.all(
      [1, 2].map(async () => (await clerk.post('/v1/runs', { body: { rows } })).body.id),
    );
    const runs = await Promise.all(ids.map(untilFinal));
    const won = runs.reduce((sum, { counts }) => sum + (counts.succeeded ?? 0), 0);
    expect(won).toBe(12);
    for (const orderNumber of numbers) {
      expect(statesAtFregi(orderNumber)).toEqual(['captured_untransmitted']);
    }
  });

  test('a lost answer is unknown, never failed, and found out', async () => {
    const numbers = await orders(4);
    env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'sale.cgi', times: 2 }]);
    const { body } = await start(numbers);
    const seen = new Set<string>();
    const events = await listen(body.id, (row) => seen.add(row.state));
    const run = await untilFinal(body.id);
    events.stop();
    expect(run.counts).toMatchObject({ succeeded: 4, failed: 0 });
    expect(seen).toContain('unknown');
    expect(seen).not.toContain('failed');
    for (const orderNumber of numbers) {
      expect(statesAtFregi(orderNumber)).toEqual(['captured_untransmitted']);
    }
  });

  test('a run can be paused, resumed and stopped, and finishes the sent rows', async () => {
    const numbers = await orders(60);
    const { body } = await start(numbers);
    const control = (action: string) =>
      clerk.post(`/v1/runs/${body.id}/control`, { body: { action } });
    expect((await control('pause')).body.state).toBe('paused');
    expect((await control('resume')).body.state).toBe('running');
    expect((await control('stop')).body.state).toBe('stopped');
    await expect
      .poll(async () => (await clerk.get(`/v1/runs/${body.id}`)).body.counts.asking)
      .toBe(0);
    const run = (await clerk.get(`/v1/runs/${body.id}`)).body as RunDetail;
    const { succeeded = 0, stopped = 0, waiting = 0 } = run.counts;
    expect([succeeded + stopped, waiting]).toEqual([60, 0]);
    for (const { orderNumber, state } of run.rows) {
      const expected = state === 'succeeded' ? 'captured_untransmitted' : 'authorized';
      expect(statesAtFregi(orderNumber)).toEqual([expected]);
    }
    const again = await control('resume');
    expect([again.status, again.body.code]).toEqual([409, 'run_ended']);
  });

  test('a row told as stopped was never touched, and a begun row is finished', async () => {
    const numbers = await orders(60);
    const { body } = await start(numbers);
    await clerk.post(`/v1/runs/${body.id}/control`, { body: { action: 'stop' } });
    const stoppedOf = ({ rows }: RunDetail) =>
      rows.flatMap(({ orderNumber, state }) => (state === 'stopped' ? [orderNumber] : []));
    const atOnce = stoppedOf((await clerk.get(`/v1/runs/${body.id}`)).body);
    const run = await untilFinal(body.id);
    expect(stoppedOf(run)).toEqual(atOnce);
    expect(atOnce.length).toBeGreaterThan(0);
    expect(run.counts).toMatchObject({ succeeded: 60 - atOnce.length, waiting: 0, asking: 0 });
    for (const orderNumber of atOnce) expect(statesAtFregi(orderNumber)).toEqual(['authorized']);
  });

  test('a row is finished after its process died in the middle of it, though the run was stopped', async () => {
    const numbers = await orders(60);
    const { body } = await start(numbers);
    await clerk.post(`/v1/runs/${body.id}/control`, { body: { action: 'stop' } });
    const run = await untilFinal(body.id);
    const left = run.rows.find(({ state }) => state === 'stopped')?.orderNumber ?? '';
    const died = await env.db.query(
      `update run_rows set state = 'begun' where run_id = $1 and order_number = $2`,
      [body.id, left],
    );
    expect(died.rowCount).toBe(1);
    await untilFinal(body.id);
    expect(statesAtFregi(left)).toEqual(['captured_untransmitted']);
    const after = (await clerk.get(`/v1/runs/${body.id}`)).body as RunDetail;
    expect(after.counts.stopped).toBe((run.counts.stopped ?? 0) - 1);
    expect(after.state).toBe('stopped');
  });

  test('the events of a run tell every row, and end when it is over', async () => {
    const numbers = await orders(8);
    const { body } = await start(numbers);
    const last = new Map<string, string>();
    const events = await listen(body.id, (row) => last.set(row.orderNumber, row.state));
    await events.ended;
    expect([...last.keys()].sort()).toEqual([...numbers].sort());
    expect(new Set(last.values())).toEqual(new Set(['succeeded']));
  });

  // An idle connection is kept for 72 seconds: a server would wait for it.
  test('a server stops at once though somebody watches an open run', {
    timeout: 40_000,
  }, async () => {
    const world = await openDevEnv({ latencyMs: 50 });
    const client = await world.signIn('clerk');
    const rows: { orderNumber: string; version: number }[] = [];
    while (rows.length < 40) rows.push({ orderNumber: await world.order(), version: 1 });
    const { body } = await client.post('/v1/runs', { body: { rows } });
    const paused = await client.post(`/v1/runs/${body.id}/control`, { body: { action: 'pause' } });
    expect(paused.body.state).toBe('paused');
    const events = await listen(body.id, () => {}, { url: world.url, cookie: client.cookie });
    await world.close();
    await events.ended;
  });
});

describe('S13: who may go on listening', () => {
  test('the stream of a removed member ends within ten seconds', { timeout: 40_000 }, async () => {
    const { body } = await start(await orders(3));
    await clerk.post(`/v1/runs/${body.id}/control`, { body: { action: 'pause' } });
    const viewer = await env.signIn('viewer');
    const { body: me } = await viewer.get('/v1/me');
    const events = await listen(body.id, () => {}, { url: env.url, cookie: viewer.cookie });
    await env.db.query('delete from members where user_id = $1', [me.user.id]);
    const began = performance.now();
    await events.ended;
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('one person follows five runs at a time at the most', async () => {
    const numbers = await orders(1);
    const { body } = await start(numbers);
    await clerk.post(`/v1/runs/${body.id}/control`, { body: { action: 'pause' } });
    const viewer = await env.signIn('viewer');
    const from = { url: env.url, cookie: viewer.cookie };
    const open = [];
    while (open.length < 5) open.push(await listen(body.id, () => {}, from));
    const sixth = await viewer.get(`/v1/runs/${body.id}/events`);
    expect([sixth.status, sixth.body.code]).toEqual([429, 'too_many_streams']);
    for (const events of open) events.stop();
  });
});

/** Listens to a run over real server-sent events. */
async function listen(
  id: string,
  onRow: (row: RunRow) => void,
  { url, cookie } = { url: env.url, cookie: clerk.cookie },
) {
  const stop = new AbortController();
  const answer = await fetch(`${url}/v1/runs/${id}/events`, {
    headers: { cookie },
    signal: stop.signal,
  });
  expect(answer.headers.get('content-type')).toMatch('text/event-stream');
  const read = async () => {
    const events = answer.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    for await (const { event, data } of events ?? []) {
      if (event === 'row') onRow(JSON.parse(data).row);
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return { ended, stop: () => stop.abort() };
}
