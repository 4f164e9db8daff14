import { yen } from '@renkei/core/domain/values/yen.ts';
import { beforeAll, expect, test } from 'vitest';
import { registerCard } from '../../../test/kit/cards.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { encodeCp932 } from '../../src/csv/text/cp932.ts';
import { witnessAnswer } from '../../src/services/answer-review.ts';

/** 要確認: only a person, or a file from the console, can tell the outcome of a lost answer. */
let env: DevEnv;
let owner: Client;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner', 'minato');
  clerk = await env.signIn('clerk', 'minato');
});

const LABELS: Record<string, string> = { authorized: '承認済', voided: '承認取消' };
const view = async (orderNumber: string) => (await owner.get(`/v1/orders/${orderNumber}`)).body;
const ledger = (orderNumber: string) =>
  env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);

/** Makes an order whose change of amount was carried out, or not, and whose answer is lost. */
async function inReview(fault: 'drop_before' | 'drop_after', captureAmount = 8_000) {
  const orderNumber = await env.order({}, 'minato');
  const { version } = await view(orderNumber);
  const edit = { amounts: { items: captureAmount, shipping: 0, pointsUsed: 0 } };
  const lines = { ...edit };
  const edited = await owner.send('PUT', `/v1/orders/${orderNumber}/amounts`, {
    version,
    body: lines,
  });
  expect(edited.status).toBe(200);
  env.sandbox.gateway.faults.set([{ kind: fault, cgi: 'authchange.cgi', times: 1 }]);
  const reply = await owner.post(`/v1/orders/${orderNumber}/payment`, {
    version: edited.body.order.version,
    body: {},
  });
  expect(reply.status).toBe(202);
  const state = async () => (await view(orderNumber)).operation.state;
  await expect.poll(state, { timeout: 20_000, interval: 200 }).toBe('review');
  return { orderNumber, id: reply.body.operation.id as string };
}

const answer = (by: Client, id: string, body: object) =>
  by.post(`/v1/operations/${id}/review`, { body: { authCode: null, ...body } });

test('the guide names what to look for and the possible answers, and the answer goes on with it', async () => {
  const { orderNumber, id } = await inReview('drop_after');
  const items = async () =>
    (await owner.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  await expect
    .poll(async () => (await items())[0]?.kind, { timeout: 10_000 })
    .toBe('outcome_unknown');
  const detail = (await owner.get(`/v1/attention/${(await items())[0].id}`)).body;
  expect(detail).toMatchObject({ operationId: id, suggested: { id: 'look_again' } });

  const { body: guide } = await owner.get(`/v1/operations/${id}/review`);
  expect(guide).toMatchObject({
    verb: 'change_amount',
    slipId: orderNumber,
    askedAmount: 8_000,
    waiting: null,
    before: { state: 'authorized', amount: 9_115 },
  });
  expect(guide.choices[0]).toMatchObject({
    outcome: 'done',
    newTransaction: true,
    state: 'authorized',
    amount: 8_000,
  });
  expect(
    guide.choices.find((one: { outcome: string }) => one.outcome === 'not_done'),
  ).toMatchObject({
    newTransaction: false,
    state: 'authorized',
    amount: 9_115,
  });

  const fresh = ledger(orderNumber).find(({ state }) => state === 'authorized');
  const unfit = await answer(owner, id, { state: 'voided', seqno: fresh?.seqno, amount: 8_000 });
  expect([unfit.status, unfit.body.code]).toEqual([422, 'review_answer_unfit']);
  const { status, body } = await answer(owner, id, {
    state: 'authorized',
    seqno: fresh?.seqno,
    amount: 8_000,
  });
  expect([status, body.state]).toEqual([200, 'succeeded']);
  expect(ledger(orderNumber).map(({ state, amount }) => `${state} ${amount}`)).toEqual([
    'captured_untransmitted 8000',
    'voided 9115',
  ]);
});

test('two people must find the same different amount', async () => {
  const { orderNumber, id } = await inReview('drop_after', 7_000);
  const fresh = ledger(orderNumber).find(({ state }) => state === 'authorized');
  const other = { state: 'authorized', seqno: fresh?.seqno, amount: 7_777 };
  const { status, body } = await answer(clerk, id, other);
  expect([status, body.waiting?.by, body.waiting?.mayConfirm]).toEqual([
    202,
    expect.stringMatching(/clerk/),
    false,
  ]);
  const twice = await answer(clerk, id, other);
  expect([twice.status, twice.body.code]).toEqual([409, 'second_person_wanted']);
  const differs = await answer(owner, id, { ...other, amount: 7_778 });
  expect(differs.status).toBe(202);
  const again = await answer(clerk, id, { ...other, amount: 7_778 });
  expect([again.status, again.body.state]).toEqual([200, 'declined']);
  const { transaction, timeline } = await view(orderNumber);
  expect(transaction).toMatchObject({ amount: 7_778 });
  const told = timeline.filter(({ kind }: { kind: string }) => kind === 'review_answered');
  expect(told).toMatchObject([
    {
      facts: {
        state: 'authorized',
        seqno: fresh?.seqno,
        amount: 7_778,
        by: expect.stringMatching(/owner/),
        confirmedBy: expect.stringMatching(/clerk/),
      },
    },
  ]);
});

test('of two people who answer at the same moment one waits and the other confirms', async () => {
  const { orderNumber, id } = await inReview('drop_after', 7_100);
  const fresh = ledger(orderNumber).find(({ state }) => state === 'authorized');
  const seen = {
    seqno: fresh?.seqno ?? '',
    authCode: null,
    state: 'authorized',
    amount: yen(7_777),
  } as const;
  const choice = {
    state: 'authorized',
    outcome: 'done',
    newTransaction: true,
    amount: yen(7_100),
  } as const;
  const place = { shopId: 'minato', operationId: id };
  const give = (amount: number, name: '田中' | '佐藤' | '鈴木') =>
    witnessAnswer(
      env.db,
      place,
      { seen: { ...seen, amount: yen(amount) }, choice },
      { kind: 'user', id: name, name },
    );
  for (let round = 0; round < 20; round += 1) {
    await env.db.query('delete from review_answers where operation_id = $1', [id]);
    const same = await Promise.all([give(7_777, '田中'), give(7_777, '佐藤')]);
    expect(same.filter((one) => one === 'waits')).toHaveLength(1);
    const [counted] = same.flatMap((one) => (typeof one === 'string' ? [] : one));
    expect([counted?.by.name, counted?.confirmedBy?.name].toSorted()).toEqual(['佐藤', '田中']);

    await env.db.query('delete from review_answers where operation_id = $1', [id]);
    const apart = await Promise.all([
      give(7_771, '田中'),
      give(7_772, '佐藤'),
      give(7_773, '鈴木'),
    ]);
    expect(apart).toEqual(['waits', 'waits', 'waits']);
  }
});

test('a second person who disagrees declines, and the screen shows the first answer unsettled', async () => {
  const { orderNumber, id } = await inReview('drop_after', 6_500);
  const [own] = ledger(orderNumber).filter(({ state }) => state === 'authorized');
  const wrong = { state: 'authorized', seqno: own?.seqno, amount: 6_666 };
  await answer(clerk, id, wrong);
  const url = `/v1/operations/${id}/review`;
  const declined = await owner.send('DELETE', url);
  expect([declined.status, declined.body.waiting]).toEqual([200, null]);
  expect(declined.body.declined).toMatchObject({
    answer: { amount: 6_666 },
    by: expect.stringMatching(/owner/),
  });
  const nothing = await owner.send('DELETE', url);
  expect([nothing.status, nothing.body.code]).toEqual([409, 'no_answer_waits']);
  expect((await answer(owner, id, wrong)).status).toBe(202); // a new answer, which waits again
  const right = await answer(clerk, id, { ...wrong, amount: 6_500 });
  expect([right.status, right.body.state]).toEqual([200, 'succeeded']);
});

test('B2: a person answers that no authorization came about, and it can be asked again', async () => {
  await registerCard(env.sandbox, 'C-review', '90002');
  const { transaction: _, ...preorder } = incoming({ type: 'preorder' });
  const body = { ...preorder, transaction: { kind: 'customer', customerId: 'C-review' } };
  const { orderNumber } = preorder;
  expect((await owner.post('/v1/orders', { body })).status).toBe(201);
  const authorize = async () =>
    owner.post(`/v1/orders/${orderNumber}/status`, {
      version: (await view(orderNumber)).version,
      body: { to: 'processing' },
    });
  env.sandbox.gateway.faults.set([{ kind: 'drop_before', cgi: 'authm.cgi', times: 1 }]);
  const asked = await authorize();
  expect(asked.status, JSON.stringify(asked.body)).toBe(202);
  const { id } = asked.body.operation;
  const state = async () => (await view(orderNumber)).operation.state;
  await expect.poll(state, { timeout: 20_000, interval: 200 }).toBe('review');

  const { choices } = (await owner.get(`/v1/operations/${id}/review`)).body;
  expect(choices).toMatchObject([
    { outcome: 'done', state: 'authorized', newTransaction: true },
    { outcome: 'not_done', state: null, newTransaction: false },
  ]);
  expect(choices[1].label).toBe('この伝票番号に承認・売上された取引はない（操作は行われていない）');
  const told = await owner.post(`/v1/operations/${id}/review`, { body: { nothing: true } });
  expect([told.status, told.body.state]).toEqual([200, 'declined']);
  expect(told.body.reason.code).toBe('confirmed_not_executed');
  const { timeline } = await view(orderNumber);
  const answered = timeline.find(({ kind }: { kind: string }) => kind === 'review_answered');
  expect(answered.facts).toMatchObject({ by: expect.stringMatching(/owner/), confirmedBy: null });

  expect(await view(orderNumber)).toMatchObject({
    status: 'preorder',
    operation: { id, state: 'declined' },
  });
  expect((await authorize()).status).toBe(200);
  expect(await view(orderNumber)).toMatchObject({
    status: 'processing',
    transaction: { state: 'authorized' },
  });
  expect(ledger(orderNumber).map((held) => held.state)).toEqual(['authorized']);
});

test('for an order with a transaction “nothing is there” is no answer', async () => {
  const { id } = await inReview('drop_before');
  const { status, body } = await owner.post(`/v1/operations/${id}/review`, {
    body: { nothing: true },
  });
  expect([status, body.code]).toEqual([422, 'review_answer_unfit']);
});

test('the next file from the console, imported by two people, resolves the review by itself', async () => {
  const { orderNumber, id } = await inReview('drop_after', 6_000);
  const rows = ledger(orderNumber).map(({ seqno, id: slip, state, amount, authCode }) =>
    [seqno, slip, LABELS[state], amount, authCode, '90002 みなと'].join(','),
  );
  const text = ['取引番号,伝票番号,ステータス,金額,承認番号,店舗', ...rows, ''].join('\r\n');
  const url = `/v1/sightings/console-csv?mode=import&exportedAt=${new Date().toISOString()}`;
  const file = {
    body: Buffer.from(encodeCp932(text).bytes),
    headers: { 'content-type': 'text/csv' },
  };
  expect((await owner.post(url, file)).body).toMatchObject({ imported: true, errors: [] });
  expect((await owner.get(`/v1/operations/${id}`)).body.state).toBe('review'); // S6
  expect((await clerk.post(url, file)).body).toMatchObject({ agreed: true });
  await expect
    .poll(async () => (await owner.get(`/v1/operations/${id}`)).body.state, { timeout: 20_000 })
    .toBe('succeeded');
  expect((await view(orderNumber)).paidOn).not.toBeNull();
  await expect
    .poll(
      async () => (await owner.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items.length,
      { timeout: 10_000 },
    )
    .toBe(0);
});
