import type { AttentionItem } from '@renkei/contract/attention/attention-item.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Reply } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { comparing } from '../../src/store/attention/attention-sync.ts';

/** A sweep finds changes at F-REGI's console, and one press repairs each. */
let env: DevEnv;
let clerk: Client;
let owner: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
  owner = await env.signIn('owner');
});

const view = async (orderNumber: string) => (await clerk.get(`/v1/orders/${orderNumber}`)).body;
const seqnoOf = async (orderNumber: string) => (await view(orderNumber)).transaction.seqno;

async function atConsole(orderNumber: string, operation: string, body: object = {}) {
  const [live] = env.sandbox.gateway.ledger
    .list()
    .filter(({ id, state }) => id === orderNumber && /^(auth|capt)/.test(state));
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${live?.seqno}/${operation}`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

function ledger(orderNumber: string) {
  const found = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
  return found.map(({ amount, state }) => `${state} ${amount}`).sort();
}

async function act(method: string, orderNumber: string, what: string, body?: object) {
  const { version } = await view(orderNumber);
  const reply = await clerk.send(method, `/v1/orders/${orderNumber}/${what}`, {
    version,
    ...(body === undefined ? {} : { body }),
  });
  expect(reply.status).toBe(200);
}

/** Runs one sweep to its end, with every order compared. */
async function sweep(): Promise<void> {
  const began = await clerk.post('/v1/sweeps');
  expect(began.status).toBe(202);
  await until(async () => (await coverage()).underway === null);
  await until(async () => (await coverage()).waiting === 0);
}

const coverage = async () => (await clerk.get('/v1/attention')).body.coverage;

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await is()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come about');
}

async function itemsOf(orderNumber: string): Promise<AttentionItem[]> {
  return (await clerk.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
}

async function only(orderNumber: string): Promise<AttentionItem> {
  await until(async () => (await itemsOf(orderNumber)).length === 1);
  const [item] = await itemsOf(orderNumber);
  if (item === undefined) throw new Error('no item');
  return item;
}

async function repair(item: AttentionItem, id: string, by: Client = clerk): Promise<Reply> {
  const { body: shown } = await by.get(`/v1/attention/${item.id}`);
  const found = shown.repairs.find((one: { id: string }) => one.id === id);
  expect(found).toMatchObject({ kind: 'command', allowed: true });
  expect(found.preview.decision).not.toBe('refuse');
  return by.post(`/v1/attention/${item.id}/repair`, {
    version: shown.orderVersion,
    body: { repair: id, ...(found.seqno === null ? {} : { seqno: found.seqno }) },
  });
}

/** Repairs by one press: it is done, and the item has closed by itself. */
async function expectRepaired(item: AttentionItem, id: string, by: Client = clerk) {
  const { status, body } = await repair(item, id, by);
  expect([status, body.code]).toEqual([200, undefined]);
  expect(body.item.closed).toMatchObject({ how: 'agreed' });
  return body.order;
}

describe('events at the console', () => {
  test('A2, D3: an amount changed at the console is found and linked anew, and C1 works again', async () => {
    const orderNumber = await env.order();
    const before = await seqnoOf(orderNumber);
    await atConsole(orderNumber, 'change_amount', { amount: 8_000 });
    await sweep();

    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'link_broken', code: 'D3', suggested: null });
    expect(item.differs).toContain('amount');
    expect(item.ours).toMatchObject({ seqno: before, transactionState: 'voided' });
    expect(item.theirs.map(({ state, linked }) => [state, linked]).sort()).toEqual([
      ['authorized', false],
      ['voided', true],
    ]);
    const order = await expectRepaired(item, 'relink');
    expect(order.transaction).toMatchObject({ state: 'authorized', amount: 8_000 });
    expect(order.timeline[0]).toMatchObject({
      kind: 'transaction_corrected',
      facts: { evidence: 'inquiry', amount: 8_000, seqnoBefore: before, amountBefore: 9_115 },
    });

    await act('POST', orderNumber, 'payment', {}); // C1, C2
    expect(ledger(orderNumber)).toEqual([
      'captured_untransmitted 9115',
      'voided 8000',
      'voided 9115',
    ]);
    expect(await view(orderNumber)).toMatchObject({ paidOn: expect.any(String) });
  });

  test('M5: of an amount changed at the console the operator chooses which is meant, and reads what follows', async () => {
    const orderNumber = await env.order();
    await atConsole(orderNumber, 'change_amount', { amount: 7_500 });
    await sweep();
    const item = await only(orderNumber);
    const { repairs } = (await clerk.get(`/v1/attention/${item.id}`)).body;
    const asks = (id: string) => {
      const { next } = repairs.find((repair: { id: string }) => repair.id === id);
      return next.asks.map(
        ({ verb, amount }: { verb: string; amount: number }) => `${verb} ${amount}`,
      );
    };
    expect(asks('relink')).toEqual(['change_amount 9115', 'capture 9115']);
    expect(asks('adopt_amount')).toEqual(['capture 7500']);

    const order = await expectRepaired(item, 'adopt_amount');
    expect(order).toMatchObject({ billed: 7_500, transaction: { amount: 7_500 } });
    await act('POST', orderNumber, 'payment', {});
    expect(ledger(orderNumber)).toEqual(['captured_untransmitted 7500', 'voided 9115']);
  });

  test('D2: a capture at the console is recorded as paid, and F-REGI is asked nothing', async () => {
    const orderNumber = await env.order();
    await atConsole(orderNumber, 'capture');
    await sweep();
    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'captured_not_paid', urgency: 'now', amount: 9_115 });
    await expectRepaired(item, 'record_as_paid');
    expect(ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
  });

  test('A3, D6: a captured amount changed at the console is taken over with both amounts', async () => {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'payment', {});
    await atConsole(orderNumber, 'change_captured_amount', { amount: 9_000 });
    await sweep();
    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'amount_differs', amount: 9_000 });
    const order = await expectRepaired(item, 'adopt_amount');
    expect(order).toMatchObject({ billed: 9_000, transaction: { amount: 9_000 } });
    expect(order.timeline[0].facts).toMatchObject({ billedBefore: 9_115, billed: 9_000 });
  });

  test('D3: a void at the console in the middle of our capture is found, told, and never shown as success', async () => {
    const orderNumber = await env.order();
    const rules = [{ kind: 'drop_before', shopId: '90001', cgi: 'sale.cgi', times: 1 }];
    const faults = { method: 'POST', body: JSON.stringify({ rules }) };
    expect((await fetch(`${env.sandbox.url}/sandbox/v1/faults`, faults)).status).toBe(200);
    const { version } = await view(orderNumber);
    const pressed = await clerk.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
    expect([pressed.status, pressed.body.operation.state]).toEqual([202, 'unknown']);
    await atConsole(orderNumber, 'void');
    const operation = async () => (await view(orderNumber)).operation;
    await until(async () => (await operation()).state === 'declined');
    expect((await operation()).reason.code).toBe('already_voided');
    expect(await only(orderNumber)).toMatchObject({ kind: 'link_broken', code: 'D3' });
    expect(await view(orderNumber)).toMatchObject({
      paidOn: null,
      transaction: { state: 'voided' },
    });
    expect(ledger(orderNumber)).toEqual(['voided 9115']);
  });

  test('C2: a transaction that we have replaced ourselves is no second live one', async () => {
    const orderNumber = await env.order();
    await sweep();
    await act('PUT', orderNumber, 'amounts', { amounts: { shipping: 700 } });
    await act('POST', orderNumber, 'payment', {});
    await until(async () => (await coverage()).waiting === 0);
    expect(ledger(orderNumber)).toHaveLength(2);
    expect(await itemsOf(orderNumber)).toEqual([]);
  });

  test('D1: after a refund at the console the payment date is cleared, and the order says what is left', async () => {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'payment', {});
    await atConsole(orderNumber, 'refund');
    await sweep();
    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'paid_not_captured', code: 'D1' });
    await expectRepaired(item, 'unmark_paid');
    expect(await only(orderNumber)).toMatchObject({ kind: 'link_broken' });
  });
});

describe('events here', () => {
  test('V4, D4: one press voids an order cancelled with the box off', async () => {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'status', { to: 'cancelled', cancelTransaction: false });
    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'authorization_left', differs: ['status'] });
    await expectRepaired(item, 'cancel_transaction');
    expect(ledger(orderNumber)).toEqual(['voided 9115']);
  });

  test('V4, D5: one press refunds an order returned with the box off', async () => {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'payment', {});
    await act('POST', orderNumber, 'status', { to: 'returned', cancelTransaction: false });
    const item = await only(orderNumber);
    expect(item).toMatchObject({ kind: 'charge_left', urgency: 'now' });
    const { body } = await clerk.get(`/v1/attention/${item.id}`);
    expect(body.repairs[0]).toMatchObject({ irreversible: true, permission: 'payments:cancel' });
    await expectRepaired(item, 'cancel_transaction');
    expect(ledger(orderNumber)).toEqual(['refunded_untransmitted 9115']);
  });

  test('U1, D2: the charge left by 入金日取消 is refunded from the item', async () => {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'payment', {});
    await act('DELETE', orderNumber, 'payment');
    const item = await only(orderNumber);
    expect(item.kind).toBe('captured_not_paid');
    const { status } = await repair(item, 'cancel_transaction');
    expect(status).toBe(200);
    expect(ledger(orderNumber)).toEqual(['refunded_untransmitted 9115']);
  });

  test('C10, D10: the deadline warns, and the order is captured from the item', async () => {
    const now = Date.now();
    const order = await env.order();
    await env.db.query(`update orders set authorized_at = $2 where order_number = $1`, [
      order,
      new Date(now - 58 * 86_400_000).toISOString(),
    ]);
    await env.renkei.backoffice.attendant.attend('hanamichi', [order]);
    const item = await only(order);
    expect(item).toMatchObject({ kind: 'deadline_near', daysLeft: 2, urgency: 'today' });
    await expectRepaired(item, 'mark_paid');
    expect(ledger(order)).toEqual(['captured_untransmitted 9115']);
  });

  test('D13: the sweep finds a 取引番号 that F-REGI does not know', async () => {
    const orderNumber = await env.order();
    const seqno = await seqnoOf(orderNumber);
    env.sandbox.gateway.ledger.transactions.delete(seqno);
    await sweep();
    expect(await only(orderNumber)).toMatchObject({ kind: 'not_found', code: 'D13' });
  });
});

test('a slow comparison does not overwrite a newer one, and opens no item that is no longer true', async () => {
  const orderNumber = await env.order();
  const { promise: othersDone, resolve: finish } = Promise.withResolvers<void>();
  const others = comparing(env.db, 'hanamichi', () => othersDone);
  await act('POST', orderNumber, 'status', { to: 'cancelled' }); // the hold is left over, for now
  const attending = env.renkei.backoffice.attendant.attend('hanamichi', [orderNumber]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await act('POST', orderNumber, 'status', { to: 'processing' });
  finish();
  await Promise.all([others, attending]);
  const { rows } = await env.db.query('select kind from attention where order_number = $1', [
    orderNumber,
  ]);
  expect(rows).toEqual([]);
});

describe('an item', () => {
  async function cancelledOrder(): Promise<AttentionItem> {
    const orderNumber = await env.order();
    await act('POST', orderNumber, 'status', { to: 'cancelled', cancelTransaction: false });
    return only(orderNumber);
  }

  test('an item is assigned and put off, and two people do not overwrite each other', async () => {
    const item = await cancelledOrder();
    const url = `/v1/attention/${item.id}`;
    const mine = await clerk.send('PATCH', url, { version: 1, body: { assignee: 'me' } });
    expect(mine.body).toMatchObject({
      version: 2,
      assignee: { name: expect.stringMatching(/clerk/) },
    });
    const stale = await owner.send('PATCH', url, { version: 1, body: { assignee: null } });
    expect([stale.status, stale.body.code]).toEqual([409, 'attention_changed']);
    const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString();
    await clerk.send('PATCH', url, { version: 2, body: { snoozedUntil } });
    const { body: list } = await clerk.get('/v1/attention?state=snoozed');
    expect(list.items.map(({ id }: AttentionItem) => id)).toContain(item.id);
    expect(list.counts.snoozed).toBe(1);
    const stranger = await owner.send('PATCH', url, { version: 3, body: { assignee: 'nobody' } });
    expect([stranger.status, stranger.body.code]).toEqual([422, 'not_a_member']);
  });

  test('an item closed by hand stays closed as long as it is the same fact', async () => {
    const item = await cancelledOrder();
    const url = `/v1/attention/${item.id}/close`;
    const without = await clerk.post(url, { version: 1, body: { reason: ' ' } });
    expect(without.status).toBe(422);
    const { status, body } = await clerk.post(url, { version: 1, body: { reason: '電話で確認' } });
    expect([status, body.closed]).toMatchObject([200, { how: 'by_hand', reason: '電話で確認' }]);
    await env.renkei.backoffice.attendant.attend('hanamichi', [String(item.orderNumber)]);
    expect(await itemsOf(String(item.orderNumber))).toEqual([]);
    await atConsole(String(item.orderNumber), 'capture');
    await sweep();
    expect(await only(String(item.orderNumber))).toMatchObject({ kind: 'charge_left' });
  });

  test('if two people press the same repair, F-REGI is asked once, and the other hears so', async () => {
    const item = await cancelledOrder();
    const { body: shown } = await clerk.get(`/v1/attention/${item.id}`);
    const wanted = { version: shown.orderVersion, body: { repair: 'cancel_transaction' } };
    const both = await Promise.all([
      clerk.post(`/v1/attention/${item.id}/repair`, wanted),
      owner.post(`/v1/attention/${item.id}/repair`, wanted),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(ledger(String(item.orderNumber))).toEqual(['voided 9115']);
  });

  test('a press that the network sends again is the same press', async () => {
    const item = await cancelledOrder();
    const { body: shown } = await clerk.get(`/v1/attention/${item.id}`);
    const wanted = {
      version: shown.orderVersion,
      body: { repair: 'cancel_transaction' },
      key: 'press-1',
    };
    const first = await clerk.post(`/v1/attention/${item.id}/repair`, wanted);
    const again = await clerk.post(`/v1/attention/${item.id}/repair`, wanted);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.operation.id).toBe(first.body.operation.id);
    const other = { ...wanted, body: { repair: 'capture' } };
    expect((await clerk.post(`/v1/attention/${item.id}/repair`, other)).body.code).toBe(
      'idempotency_key_reused',
    );
  });

  test('an item tells its story and its outcome in the language of the request', async () => {
    const item = await cancelledOrder();
    const english = await clerk.get(`/v1/attention/${item.id}`, { locale: 'en' });
    expect(english.body.why).toMatch(/^The order has ended/);
    expect(item.why).toMatch(/^受注は終わっていますが/);
    expect(english.body.log.map(({ action }: { action: string }) => action)).toEqual(['opened']);
  });

  test('counts and coverage stand with the list', async () => {
    const { body } = await clerk.get('/v1/attention');
    expect(body.counts.open).toBe(
      Object.values<number>(body.counts.byKind).reduce((sum, count) => sum + count, 0),
    );
    expect(body.coverage).toMatchObject({ inquiry: true, waiting: 0, underway: null });
    expect(body.coverage.lastSweep.looked).toBeGreaterThan(0);
  });
});

describe('a look', () => {
  test("再照会 shows F-REGI's state, and its age", async () => {
    const orderNumber = await env.order();
    await atConsole(orderNumber, 'void');
    const { status, body } = await clerk.post(`/v1/orders/${orderNumber}/look`);
    expect([status, body.look]).toEqual([200, 'looked']);
    expect(body.order.transaction.state).toBe('voided');
  });

  test('a shop without an inquiry is told the other way', async () => {
    const minato = await env.signIn('owner', 'minato');
    const { status, body } = await minato.post('/v1/sweeps');
    expect([status, body.code]).toEqual([409, 'no_inquiry']);
  });
});
