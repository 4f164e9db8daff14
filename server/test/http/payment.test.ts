import { randomUUID } from 'node:crypto';
import { addDays, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Reply } from '../../../test/kit/clients.ts';
import { QUICK } from '../../../test/kit/timing.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** The results of a press, over real HTTP; the sandbox's ledger is the judge. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  // A doubt lasts long enough for another press to meet it.
  env = await openDevEnv({ timing: { ...QUICK, lookMs: 1_500 } });
  clerk = await env.signIn('clerk');
});

const AMOUNTS = { items: 9_350, shipping: 500, paymentFee: 0, wrapping: 0 };

function amounts(billed: number) {
  return { ...AMOUNTS, items: billed, shipping: 0, pointsUsed: 0, couponDiscount: 0 };
}

const view = async (orderNumber: string) => (await clerk.get(`/v1/orders/${orderNumber}`)).body;

async function act(
  method: string,
  orderNumber: string,
  what: string,
  body?: object,
  version?: number,
): Promise<Reply> {
  const seen = version ?? (await view(orderNumber)).version;
  const wanted = { version: seen, ...(body === undefined ? {} : { body }) };
  return clerk.send(method, `/v1/orders/${orderNumber}/${what}`, wanted);
}

const pay = (orderNumber: string, body: object = {}) => act('POST', orderNumber, 'payment', body);

/** Returns F-REGI's real deeds for an order, oldest first. */
function ledger(orderNumber: string) {
  const found = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
  return found.map(({ amount, state }) => ({ amount, state })).reverse();
}

function atConsole(seqno: string, operation: string, body: object = {}) {
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${seqno}/${operation}`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

describe('capture', () => {
  test('C1: marking paid captures at F-REGI, and answers 200 when it is final', async () => {
    const orderNumber = await env.order();
    const { status, body, headers } = await pay(orderNumber);
    expect(status).toBe(200);
    expect(body.operation).toMatchObject({ state: 'succeeded', steps: [{ verb: 'capture' }] });
    expect(body.order.transaction).toMatchObject({
      state: 'captured_untransmitted',
      amount: 9_115,
    });
    expect(headers.get('etag')).toBe(`"${body.order.version}"`);
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  });

  test('C2: the billed amount wins: changed first, then captured, as one operation', async () => {
    const orderNumber = await env.order({ amounts: amounts(12_000) });
    const preview = await clerk.post(`/v1/orders/${orderNumber}/payment/preview`, { body: {} });
    expect(preview.body.asks.map(({ verb }: { verb: string }) => verb)).toEqual([
      'change_amount',
      'capture',
    ]);
    const { body } = await pay(orderNumber);
    expect(body.operation.steps.map(({ verb }: { verb: string }) => verb)).toEqual([
      'change_amount',
      'capture',
    ]);
    expect(ledger(orderNumber)).toEqual([
      { amount: 9_115, state: 'voided' },
      { amount: 12_000, state: 'captured_untransmitted' },
    ]);
  });

  test.each([
    [0, 'amount_zero'],
    [1, 'amount_one'],
    [10_000_000, 'amount_too_large'],
  ])('C3: a billed amount of %d is refused as %s, and nothing is sent', async (billed, code) => {
    const orderNumber = await env.order({ amounts: amounts(billed) });
    const { status, body } = await pay(orderNumber);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code, outcome: 'not_sent' });
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  });

  test('C4: a declined change leaves the order unpaid, the authorization standing', async () => {
    const orderNumber = await env.order({ amounts: amounts(12_000) });
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authchange.cgi', times: 1 }]);
    const { status, body, headers } = await pay(orderNumber);
    expect(headers.get('content-type')).toMatch('application/problem+json');
    expect(status).toBe(402);
    expect(body).toMatchObject({ code: 'amount_change_declined', outcome: 'rejected' });
    expect(body.fregi.text).not.toBe('');
    expect(body.reason.remedies.map(({ id }: { id: string }) => id)).toEqual([
      'capture_former_amount',
      'void_and_bill_otherwise',
    ]);
    expect((await view(orderNumber)).paidOn).toBeNull();
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  });

  test('C5: an order that cannot be linked is refused, and recorded as paid only on request', async () => {
    const orderNumber = await env.order();
    const { transaction } = await view(orderNumber);
    await atConsole(transaction.seqno, 'void');
    const first = await pay(orderNumber);
    expect(first.status).toBe(409);
    expect(first.body).toMatchObject({ code: 'already_voided', outcome: 'rejected' });
    const second = await pay(orderNumber);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      code: 'gateway_not_linkable',
      because: { code: 'already_voided' },
    });
    const third = await pay(orderNumber, { withoutGateway: true });
    expect(third.status).toBe(200);
    expect(third.body.order.paidOn).not.toBeNull();
    expect(third.body.order.transaction.state).toBe('voided');
  });

  test('C6: a capture made at the console is told in F-REGI’s own words', async () => {
    const orderNumber = await env.order();
    await atConsole((await view(orderNumber)).transaction.seqno, 'capture');
    const { status, body } = await pay(orderNumber);
    expect(status).toBe(409);
    expect(body.code).toBe('already_captured');
    const order = await view(orderNumber);
    expect(order.transaction.state).toBe('captured_untransmitted');
    expect(order.operation.line).toBe('売上処理時の指定された取引は売上受付済みです');
    expect(ledger(orderNumber)).toHaveLength(1);
  });

  test('C9: the payment date may be in the past, not in the future', async () => {
    const placedOn = addDays(jstDateOf(Date.now()), -10);
    const past = await env.order({ placedAt: `${placedOn}T03:00:00.000Z` });
    const paidOn = addDays(placedOn, 3);
    expect((await pay(past, { paidOn })).body.order.paidOn).toBe(paidOn);
    const before = await pay(await env.order(), { paidOn: '2026-01-05' });
    expect([before.status, before.body.code]).toEqual([409, 'paid_on_before_order']);
    const future = await pay(await env.order(), { paidOn: '2099-01-01' });
    expect(future.status).toBe(422);
    expect(future.body.code).toBe('paid_on_in_future');
  });

  test('C11: a bank transfer is recorded, and F-REGI is not told', async () => {
    const orderNumber = await env.order({
      paymentKind: 'bank_transfer',
      paymentMethod: '銀行振込',
      transaction: undefined,
    });
    const { status, body } = await pay(orderNumber);
    expect(status).toBe(200);
    expect(body.operation).toMatchObject({ goal: null, state: 'succeeded', steps: [] });
    expect(ledger(orderNumber)).toEqual([]);
  });

  test('S1: with the link off nothing is sent, and the order says so', async () => {
    const owner = await env.signIn('owner');
    const settings = (await owner.get('/v1/settings')).body;
    const change = (linkEnabled: boolean, version: number) =>
      owner.send('PATCH', '/v1/settings', { body: { linkEnabled }, version });
    const off = await change(false, settings.version);
    expect(off.body.linkEnabled).toBe(false);
    const orderNumber = await env.order();
    const { body } = await pay(orderNumber);
    await change(true, off.body.version);
    expect(body.operation.state).toBe('succeeded');
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
    const marked = body.order.timeline.find(
      ({ kind }: { kind: string }) => kind === 'order_marked_paid',
    );
    expect(marked.facts.gateway).toBe('not_told');
  });
});

describe('cancel', () => {
  test.each(['cancelled', 'returned', 'uncollectible', 'on_hold'])(
    'V2: with the box on, 承認済 is voided and the order becomes %s',
    async (to) => {
      const orderNumber = await env.order();
      const { status, body } = await act('POST', orderNumber, 'status', {
        to,
        cancelTransaction: true,
      });
      expect(status).toBe(200);
      expect(body.order).toMatchObject({ status: to, transaction: { state: 'voided' } });
      expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
    },
  );

  test('V2: with the box on, 売上済 is refunded, transmitted or not', async () => {
    for (const transmitted of [false, true]) {
      const orderNumber = await env.order();
      await pay(orderNumber);
      if (transmitted) await env.sandbox.gateway.transmit();
      const { body } = await act('POST', orderNumber, 'status', {
        to: 'cancelled',
        cancelTransaction: true,
      });
      expect(body.order).toMatchObject({
        status: 'cancelled',
        transaction: { state: 'refunded_untransmitted' },
      });
      expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'refunded_untransmitted' }]);
    }
  });

  test('V3: a declined void changes nothing', async () => {
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authcancel.cgi', times: 1 }]);
    const { status, body } = await act('POST', orderNumber, 'status', {
      to: 'cancelled',
      cancelTransaction: true,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.outcome).toBe('rejected');
    expect(await view(orderNumber)).toMatchObject({ status: 'processing' });
  });

  test('V4: with the box off the transaction stays', async () => {
    const orderNumber = await env.order();
    const { body } = await act('POST', orderNumber, 'status', { to: 'cancelled' });
    expect(body.order.status).toBe('cancelled');
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  });

  test('U1: 入金日取消 makes the order unpaid and leaves F-REGI alone', async () => {
    const orderNumber = await env.order();
    await pay(orderNumber);
    const { body } = await act('DELETE', orderNumber, 'payment');
    expect(body.order.paidOn).toBeNull();
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  });

  test('A1: editing the amounts of an unpaid order tells F-REGI nothing', async () => {
    const orderNumber = await env.order();
    const { body } = await act('PUT', orderNumber, 'amounts', { amounts: amounts(4_000) });
    expect(body.order).toMatchObject({ billed: 4_000, transaction: { amount: 9_115 } });
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  });
});

describe('exactly once', () => {
  test('a double click with one key captures once, and both get the same answer', async () => {
    const orderNumber = await env.order();
    const key = randomUUID();
    const press = () =>
      clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1, key });
    const replies = await Promise.all([press(), press(), press()]);
    expect(replies.map(({ status }) => status).every((status) => status < 300)).toBe(true);
    expect(new Set(replies.map(({ body }) => body.operation.id)).size).toBe(1);
    const replayed = await press();
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(ledger(orderNumber)).toHaveLength(1);
  });

  test('of two operators at once one captures, and the other is told why not', async () => {
    const orderNumber = await env.order();
    const other = await env.signIn('clerk');
    const press = (who: Client) =>
      who.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1 });
    const replies = await Promise.all([press(clerk), press(other)]);
    const codes = replies.map(({ status, body }) => body.code ?? status).sort();
    expect(codes[0]).toBe(200);
    expect(['operation_open', 'order_changed']).toContain(codes[1]);
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  });

  test('the same key with another body is refused', async () => {
    const orderNumber = await env.order();
    const key = randomUUID();
    const press = (body: object) =>
      clerk.post(`/v1/orders/${orderNumber}/payment`, { body, version: 1, key });
    await press({ mail: 'manual' });
    const { status, body } = await press({ mail: 'auto' });
    expect(status).toBe(422);
    expect(body.code).toBe('idempotency_key_reused');
  });

  test('a stale version is refused with the order as it is now', async () => {
    const orderNumber = await env.order();
    await act('PUT', orderNumber, 'amounts', { amounts: amounts(4_000) });
    const { status, body } = await act('POST', orderNumber, 'payment', {}, 1);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'order_changed', current: { billed: 4_000, version: 2 } });
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  });

  test('an unknown outcome is answered 202, blocks all else, and ends by itself', async () => {
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'sale.cgi', times: 1 }]);
    const impatient = await openedImpatiently(orderNumber);
    expect(impatient.status).toBe(202);
    expect(impatient.headers.get('location')).toContain('/v1/operations/');
    const second = await pay(orderNumber);
    expect(second.status).toBe(409);
    expect(second.body.code).toBe('operation_open');
    await expect
      .poll(async () => (await view(orderNumber)).operation.state, {
        timeout: 15_000,
      })
      .toBe('succeeded');
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  });

  test('while F-REGI is down nothing is sent, the order waits and says so, and goes on by itself', async () => {
    const orderNumber = await env.order({}, 'minato');
    const minato = await env.signIn('clerk', 'minato');
    const moveFregi = (url: string) =>
      env.db.query(`update shops set fregi_base_url = $1 where shop_id = 'minato'`, [url]);
    const operation = async () => (await minato.get(`/v1/orders/${orderNumber}`)).body.operation;
    const hold = async () => (await minato.get('/v1/me')).body.shops[0].hold;
    await moveFregi('http://127.0.0.1:9/connect/');
    const url = `/v1/orders/${orderNumber}/payment`;
    expect((await minato.post(url, { body: {}, version: 1 })).status).toBe(202);
    const waits = { state: 'asking', reason: { code: 'gateway_down' } };
    await expect.poll(operation, { timeout: 40_000 }).toMatchObject(waits);
    expect(await hold()).toBe('gateway_down');
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);

    await moveFregi(`${env.sandbox.url}/connect/`);
    await expect.poll(operation, { timeout: 40_000 }).toMatchObject({ state: 'succeeded' });
    expect(await hold()).toBeNull();
    expect(ledger(orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  }, 100_000);
});

/** Presses without waiting: the answer comes while the outcome is unknown. */
async function openedImpatiently(orderNumber: string): Promise<Reply> {
  return clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1 });
}

describe('the remedies of an order', () => {
  const remedies = async (orderNumber: string, reader: Client = clerk) => {
    const { body } = await reader.get(`/v1/orders/${orderNumber}`);
    const { remedies: offered } = body.actions as {
      remedies: { id: string; denied: { by: string[] } | null }[];
    };
    return new Map(offered.map(({ id, denied }) => [id, denied?.by ?? 'may']));
  };

  test('C10: an expired approval offers neither the capture nor the same command, and says why', async () => {
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'sale.cgi', times: 1 }]);
    expect((await pay(orderNumber)).status).toBe(402);
    expect((await remedies(orderNumber)).get('try_again')).toBe('may');
    await env.db.query('update orders set authorized_at = $2 where order_number = $1', [
      orderNumber,
      new Date(Date.now() - 70 * 86_400_000).toISOString(),
    ]);
    const offered = await remedies(orderNumber);
    expect([offered.has('try_again'), offered.has('mark_paid')]).toEqual([false, false]);
    expect(offered.get('change_method')).toBe('may');
    const { markPaid } = (await view(orderNumber)).actions;
    expect(markPaid).toMatchObject({
      decision: 'pursue',
      doubt: { code: 'capture_deadline_passed' },
    });
  });

  test('each remedy says who may press it if the reader may not', async () => {
    const viewer = await env.signIn('viewer');
    const offered = await remedies(await env.order(), viewer);
    expect(offered.get('edit_amounts')).toEqual(['owner', 'clerk']);
    expect(offered.get('reload')).toBe('may');
    expect(offered.has('unmark_paid')).toBe(false);
  });
});
