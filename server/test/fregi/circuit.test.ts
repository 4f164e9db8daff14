import { setTimeout as sleep } from 'node:timers/promises';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Answer } from '@renkei/core/turns/asks.ts';
import { afterEach, expect, test } from 'vitest';
import { listenTcp } from '../../../test/kit/servers.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { Circuit } from '../../src/fregi/circuit.ts';
import { createFregiGateway } from '../../src/fregi/client.ts';
import { createCustomerInquiry } from '../../src/fregi/customers.ts';
import { type CallKind, FregiLine } from '../../src/fregi/line.ts';
import { createRedirectInquiry, createRevocationCall } from '../../src/fregi/redirect.ts';

/** F19: a shop's gateway out of reach gets no calls, only knocks, until it answers. */
const SHOP = 'hanamichi';
const ROUND_MS = 20;
const KNOCK_MS = 50;
const refused: Answer = { kind: 'refused', refusal: 'card_declined', code: 'E1', text: '' };
const unsent: Answer = { kind: 'unsent', cause: 'connect ECONNREFUSED' };
const unknown: Answer = { kind: 'unknown', cause: 'no answer in time' };

let circuit: Circuit | undefined;
afterEach(() => circuit?.close());

/** Creates a circuit that keeps its outages in a set and counts their beginnings. */
async function stand() {
  const port = await freePort();
  const away = new Set<string>();
  const begun: string[] = [];
  const made = new Circuit({
    outages: {
      async begin(shopId, cause) {
        away.add(shopId);
        begun.push(cause);
      },
      end: async (shopId) => void away.delete(shopId),
      list: async () => [...away],
    },
    baseUrlOf: async (shopId) => {
      const at = /^at (\d+)$/.exec(shopId)?.[1] ?? port; // a shop's id may name its port
      return `http://127.0.0.1:${at}/connect/`;
    },
    knockMs: KNOCK_MS,
    onError(error) {
      throw error;
    },
  });
  circuit = made;
  const hearOf = (kind: CallKind, ...answers: Answer[]) => {
    for (const answer of answers) made.heard({ shopId: SHOP, kind, answer });
  };
  const hear = (...answers: Answer[]) => hearOf('ask', ...answers);
  return { made, hear, hearOf, away, begun, port };
}

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/**
 * Listens as a gateway with one answer; null: never answers. Resolves to the bytes that each
 * connection has sent.
 */
async function listen(port: number, answer: string | null = NOT_FOUND): Promise<string[]> {
  const sent: string[] = [];
  await listenTcp((socket) => {
    const index = sent.push('') - 1;
    socket.on('data', (bytes) => {
      sent[index] += bytes.toString('latin1');
      if (answer !== null) socket.end(answer);
    });
  }, port);
  return sent;
}

test('five calls in a row without an answer, unsent or unknown, are an outage; four are not', async () => {
  const { hear, begun } = await stand();
  hear(unsent, unknown, unsent, unknown);
  expect(begun).toEqual([]);
  hear(unsent);
  expect(begun).toEqual(['connect ECONNREFUSED']);
});

test('a refusal also resets the count of calls without an answer', async () => {
  const { hear, begun } = await stand();
  hear(unsent, unsent, unsent, unsent, refused, unsent, unsent, unsent, unsent);
  expect(begun).toEqual([]);
});

test("an outage of one shop is not another shop's", async () => {
  const { made, hear, away } = await stand();
  hear(unsent, unsent, unsent, unsent);
  made.heard({ shopId: 'minato', kind: 'ask', answer: unsent });
  expect([...away]).toEqual([]);
});

test('ASVS 16.5.2: an outage lasts until a knock is answered, even with a refusal', async () => {
  const { made, hear, away, port } = await stand();
  hear(unsent, unsent, unsent, unsent, unsent);
  made.open(ROUND_MS);
  await sleep(5 * ROUND_MS);
  expect([...away]).toEqual([SHOP]);
  const sent = await listen(port);
  await expect.poll(() => away.size).toBe(0);
  for (const each of sent) expect(each).toMatch(/^HEAD \/ HTTP\/1\.1\r\n/);
  expect(sent).not.toEqual([]);
});

test('a line that accepts and stays silent is out of reach for long; then a real call decides', async () => {
  const { made, hear, away, port } = await stand();
  const sent = await listen(port, null);
  hear(unknown, unknown, unknown, unknown, unknown);
  made.open(1);
  await expect.poll(() => sent.length, { timeout: 10_000 }).toBeGreaterThan(20);
  expect([...away]).toEqual([SHOP]);
  await expect.poll(() => away.size, { timeout: 20_000 }).toBe(0);
  expect(sent.length).toBeGreaterThanOrEqual(60);
});

test('a shop slow to answer knocks does not keep other shops waiting', async () => {
  const { made, hear, away, port } = await stand();
  await listen(port, null);
  hear(unknown, unknown, unknown, unknown, unknown);
  const quick = await freePort();
  for (let n = 0; n < 5; n += 1) {
    made.heard({ shopId: `at ${quick}`, kind: 'ask', answer: unknown });
  }
  await listenTcp((socket) => socket.on('data', () => socket.end(NOT_FOUND)), quick);
  made.open(ROUND_MS);
  await expect.poll(() => [...away]).toEqual([SHOP]);
});

test('after an outage one call without an answer is an outage again, and the knocks become rarer', async () => {
  const { made, hear, away, begun, port } = await stand();
  const sent = await listen(port);
  hear(unsent, unsent, unsent, unsent, unsent);
  made.open(ROUND_MS);
  const waits: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    const from = performance.now();
    await expect.poll(() => away.size, { interval: 1 }).toBe(0);
    waits.push(performance.now() - from);
    hear(unknown);
  }
  expect(begun).toHaveLength(5);
  await expect.poll(() => sent.length).toBeGreaterThanOrEqual(4);
  expect(waits.at(-1)).toBeGreaterThan(3 * ROUND_MS); // after one round, two, four
});

test('after an answered call only five unanswered ones make an outage again', async () => {
  const { made, hear, away, begun, port } = await stand();
  await listen(port);
  hear(unsent, unsent, unsent, unsent, unsent);
  made.open(ROUND_MS);
  await expect.poll(() => away.size).toBe(0);
  hear(refused, unsent, unsent, unsent, unsent);
  expect(begun).toHaveLength(1);
});

test('発行取消 without an answer counts like a call that moves money', async () => {
  const { hear, hearOf, begun } = await stand();
  hear(unsent, unknown);
  hearOf('revoke', unknown, unknown);
  expect(begun).toEqual([]);
  hearOf('revoke', unknown);
  expect(begun).toEqual(['no answer in time']);
});

test('an answered 発行取消 resets the count', async () => {
  const { hear, hearOf, begun } = await stand();
  hear(unsent, unsent, unsent, unsent);
  hearOf('revoke', refused);
  hear(unsent, unsent, unsent, unsent);
  expect(begun).toEqual([]);
});

test.each(['look', 'customer'] as const)(
  'a refused connection of a %s counts; a slow answer does not, for its deadline is short',
  async (kind) => {
    const { hear, hearOf, begun } = await stand();
    hearOf(kind, unknown, unknown, unknown, unknown, unknown);
    hearOf(kind, unsent, unsent, unsent, unsent);
    expect(begun).toEqual([]);
    hear(unknown);
    expect(begun).toEqual(['no answer in time']);
  },
);

test('an answered look takes back its own failures, and none of the asks', async () => {
  const { hear, hearOf, begun } = await stand();
  hear(unknown, unknown, unknown, unknown);
  hearOf('look', refused);
  hear(unknown);
  expect(begun).toHaveLength(1);
});

test('the inquiry has an address of its own, and its silence is no outage', async () => {
  const { hearOf, begun } = await stand();
  hearOf('inquiry', unsent, unsent, unsent, unsent, unsent, unsent);
  expect(begun).toEqual([]);
});

/** Everything that Renkei can ask of F-REGI, made by the very functions of the server. */
const CALLS: Readonly<Record<CallKind, (line: FregiLine) => Promise<unknown>>> = {
  ask: (line) =>
    createFregiGateway({ line, callMs: 500, queueMs: 500 }).ask({
      shopId: SHOP,
      verb: 'capture',
      seqno: '00000000000000002954',
      authCode: null,
      slipId: '100000394011',
      amount: yen(9_115),
      card: null,
    }),
  revoke: (line) => createRevocationCall(line, 500)(SHOP, '00000000000000002596'),
  look: (line) => createRedirectInquiry(line)(SHOP, '00000000000000002596'),
  customer: (line) => createCustomerInquiry(line)(SHOP, 'C-1'),
  inquiry: (line) =>
    createFregiGateway({ line, callMs: 500, queueMs: 500 }).inquire({
      shopId: SHOP,
      slipId: '100000394011',
    }),
};

test.each(Object.entries(CALLS))(
  'the end of each call is heard, with its kind: %s',
  async (kind, call) => {
    const port = await freePort();
    const heard: [string, string][] = [];
    const contract = {
      fregiShopId: '90001',
      baseUrl: `http://127.0.0.1:${port}/connect/`,
      inquiryUrl: `http://127.0.0.1:${port}/inquiry`,
    };
    const line = new FregiLine(
      () => Promise.resolve(contract),
      (end) => void heard.push([end.kind, end.answer.kind]),
    );
    await call(line);
    await listen(port);
    await call(line);
    const unread =
      kind === 'inquiry' ? 'unsupported' : kind === 'customer' ? 'not_known' : 'unknown';
    expect(heard).toEqual([
      [kind, 'unsent'],
      [kind, unread],
    ]);
  },
);
