import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** F59: a command above the shop's limit, over real HTTP, up to F-REGI's ledger. */
let env: DevEnv;
let owner: Client;
let clerk: Client;
let second: Client;
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
  clerk = await env.signIn('clerk');
  second = await env.signIn('clerk');
  // These three have worked here for long; who signs in later is new.
  await env.db.query('update members set since = null');
  const { body } = await owner.get('/v1/settings');
  const refund = { single: 9_000, daily: 12_000 };
  const limits = { refund, raise: { single: 500, daily: null } };
  const set = await owner.send('PATCH', '/v1/settings', {
    version: body.version,
    body: { limits },
  });
  expect(set.body.limits).toEqual({ ...limits, memberDays: 7, hours: 72 });
});

const view = async (orderNumber: string, by = clerk) =>
  (await by.get(`/v1/orders/${orderNumber}`)).body;
const held = (orderNumber: string) =>
  env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);

/** Places an order and captures it. */
async function captured(items = 9_350): Promise<string> {
  const orderNumber = await env.order({ amounts: { ...AMOUNTS, items } });
  const { version } = await view(orderNumber);
  const paid = await clerk.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
  expect(paid.status).toBe(200);
  return orderNumber;
}

async function refund(orderNumber: string, by = clerk, key?: string) {
  const { version } = await view(orderNumber);
  const path = `/v1/orders/${orderNumber}/payment?refund=true`;
  return by.send('DELETE', path, { version, ...(key === undefined ? {} : { key }) });
}

async function answer(orderNumber: string, by: Client, how: 'agreement' | 'end', word?: string) {
  const { version, proposal } = await view(orderNumber, by);
  const body = { proposal: proposal?.version ?? 1, ...(word === undefined ? {} : { word }) };
  return by.post(`/v1/orders/${orderNumber}/proposal/${how}`, { version, body });
}

const AMOUNTS = {
  items: 9_350,
  shipping: 500,
  paymentFee: 0,
  wrapping: 0,
  pointsUsed: 735,
  couponDiscount: 0,
};

describe('F59: a refund above the limit', () => {
  test('waits, and a second person has it carried out', async () => {
    const orderNumber = await captured();
    const before = await view(orderNumber);
    expect(before.actions.unmarkPaidWithRefund).toMatchObject({ decision: 'pursue', waits: true });

    const asked = await refund(orderNumber, clerk, `refund-${orderNumber}`);
    expect(asked.status).toBe(202);
    expect(asked.body.operation).toMatchObject({
      goal: null,
      reason: { code: 'second_person_awaited' },
    });
    expect(held(orderNumber)).toMatchObject([{ state: 'captured_untransmitted' }]);
    // A resent press is the same proposal.
    const again = await refund(orderNumber, clerk, `refund-${orderNumber}`);
    expect(again.headers.get('idempotency-replayed')).toBe('true');

    const own = await view(orderNumber);
    expect(own.proposal).toMatchObject({
      command: 'unmark_paid',
      limited: 'refund',
      amount: 9_115,
      isOwn: true,
      objection: { code: 'own_proposal' },
    });
    expect(own.paidOn).not.toBe(null);
    expect((await answer(orderNumber, clerk, 'agreement')).body.code).toBe('own_proposal');

    const seen = await view(orderNumber, second);
    expect(seen.proposal).toMatchObject({ isOwn: false, objection: null, denied: null });
    expect(seen.proposal.preview).toMatchObject({
      decision: 'pursue',
      waits: false,
      asks: [{ verb: 'refund', amount: 9_115 }],
    });
    const agreed = await answer(orderNumber, second, 'agreement');
    expect(agreed.status).toBe(200);
    expect(agreed.body.order).toMatchObject({ paidOn: null, proposal: null });
    expect(held(orderNumber)).toMatchObject([{ state: 'refunded_untransmitted' }]);
    const kinds = agreed.body.order.timeline.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toContain('command_proposed');
    expect(kinds).toContain('proposal_ended');
  });

  test('two second persons at the same moment refund once', async () => {
    const orderNumber = await captured();
    expect((await refund(orderNumber)).status).toBe(202);
    const { version, proposal } = await view(orderNumber, second);
    const body = { proposal: proposal.version };
    const path = `/v1/orders/${orderNumber}/proposal/agreement`;
    const replies = await Promise.all(
      [second, owner, second, owner].map((by) => by.post(path, { version, body })),
    );
    expect(replies.filter(({ status }) => status === 200 || status === 202)).toHaveLength(1);
    const calls = (await view(orderNumber)).timeline.filter(
      ({ kind, facts }: { kind: string; facts: { verb?: string } }) =>
        kind === 'gateway_asked' && facts.verb === 'refund',
    );
    expect(calls).toHaveLength(1);
  });

  test('is declined with a word, or withdrawn, and nothing moves', async () => {
    const orderNumber = await captured();
    await refund(orderNumber);
    expect((await answer(orderNumber, second, 'end')).body.code).toBe('word_wanted');
    expect((await answer(orderNumber, second, 'end', '金額が違います')).status).toBe(200);
    expect((await answer(orderNumber, owner, 'agreement')).body.code).toBe('no_proposal');
    await refund(orderNumber);
    expect((await answer(orderNumber, clerk, 'end')).body.order.proposal).toBe(null);
    expect(held(orderNumber)).toMatchObject([{ state: 'captured_untransmitted' }]);
  });

  test('is not agreed to by a newcomer, or by a role that may not refund', async () => {
    const orderNumber = await captured();
    await refund(orderNumber);
    const newcomer = await env.signIn('owner');
    const viewed = await view(orderNumber, newcomer);
    expect(viewed.proposal.objection.code).toBe('too_new_to_agree');
    expect((await answer(orderNumber, newcomer, 'agreement')).body.code).toBe('too_new_to_agree');
    const accountant = await env.signIn('accountant');
    expect((await view(orderNumber, accountant)).proposal.denied.permission).toBe(
      'payments:cancel',
    );
    expect((await answer(orderNumber, accountant, 'agreement')).status).toBe(403);
    expect(held(orderNumber)).toMatchObject([{ state: 'captured_untransmitted' }]);
  });

  test('is not carried out once the order has changed, and 要対応 tells both', async () => {
    const orderNumber = await captured();
    await refund(orderNumber);
    const story = async () => {
      const { items } = (await second.get(`/v1/attention?orderNumber=${orderNumber}`)).body;
      return items.map(({ code, why }: { code: string; why: string }) => `${code} ${why}`).join();
    };
    await expect.poll(story, { timeout: 10_000 }).toMatch(/D19 .*確認を待っています/);
    const { version, paidOn } = await view(orderNumber);
    const day = `${Number(paidOn.slice(0, 4)) - 1}${paidOn.slice(4)}`;
    const changed = await clerk.send('PUT', `/v1/orders/${orderNumber}/payment-date`, {
      version,
      body: { paidOn: day, dayConfirmed: true },
    });
    expect(changed.status).toBe(200);
    expect((await answer(orderNumber, second, 'agreement')).body.code).toBe('proposal_overtaken');
    expect(held(orderNumber)).toMatchObject([{ state: 'captured_untransmitted' }]);
  });
});

test('ASVS 2.3.2, F59: of two refunds of one person at the same moment, the day holds one', async () => {
  const person = await env.signIn('clerk');
  const numbers = [await captured(7_000), await captured(7_000)];
  const replies = await Promise.all(numbers.map((orderNumber) => refund(orderNumber, person)));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 202]);
});

test('F59: a person who may agree gets a mail, and an unanswered command expires', async () => {
  const orderNumber = await captured();
  await refund(orderNumber);
  const mails = async () => {
    const { rows } = await env.db.query<{ recipient: string; body: string }>(
      `select recipient, body from mails where kind = 'second_person'
        and occasion like 'second person ' || $1 || ' %'`,
      [orderNumber],
    );
    return rows;
  };
  await expect.poll(async () => (await mails()).length, { timeout: 15_000 }).toBeGreaterThan(0);
  const { email } = (await clerk.get('/v1/me')).body.user;
  const told = (await mails()).map(({ recipient }) => recipient);
  expect(told).not.toContain(email);
  expect(told).toContain((await second.get('/v1/me')).body.user.email);
  expect((await mails())[0]?.body).toContain(`/orders/${orderNumber}`);

  await env.db.query(
    `update orders set proposal = jsonb_set(proposal, '{until}', '1') where order_number = $1`,
    [orderNumber],
  );
  const ended = async () =>
    (await view(orderNumber)).timeline.find(
      ({ kind }: { kind: string }) => kind === 'proposal_ended',
    )?.facts.outcome;
  await expect.poll(ended, { timeout: 15_000 }).toBe('expired');
  expect(held(orderNumber)).toMatchObject([{ state: 'captured_untransmitted' }]);
});
