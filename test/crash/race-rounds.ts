import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Client, type Reply } from '../kit/clients.ts';
import { sleep } from './processes.ts';
import type { Shop, Town } from './town.ts';

/** Presses of one button at once. */
export const PRESSES = 16;

/**
 * What people do to an order at once. Each deed is allowed on the order that all of them have seen.
 */
export const DEEDS = [
  { name: 'pay', method: 'POST', path: 'payment', body: {} },
  { name: 'cancel, with F-REGI', method: 'POST', path: 'status', body: cancelled(true) },
  { name: 'cancel, without F-REGI', method: 'POST', path: 'status', body: cancelled(false) },
  { name: 'change the amount', method: 'PUT', path: 'amounts', body: { amounts: { discount: 9 } } },
  { name: 'put on hold', method: 'POST', path: 'status', body: { to: 'on_hold' } },
] as const;
export type Deed = (typeof DEEDS)[number];

function cancelled(cancelTransaction: boolean) {
  return { to: 'cancelled', cancelTransaction };
}

/** One order, and the people who work on it. */
export type At = {
  readonly town: Town;
  readonly shop: Shop;
  readonly orderNumber: string;
  /** One session for each person. */
  readonly people: readonly Client[];
};

/** Presses once, sent sixteen times at once with one key; then uses the key for something else. */
export async function pressTogether(at: At) {
  const [who] = at.people;
  const key = randomUUID();
  const replies = await Promise.all(
    Array.from({ length: PRESSES }, (_, n) => act(at, DEEDS[0], who, n, key)),
  );
  const named = new Set(replies.map(({ body }) => body.operation?.id)).size;
  const underway = replies.filter(({ status }) => status === 202).length;
  const ends = await Promise.all(
    replies.map((reply, n) => untilItsEnd(reply, () => act(at, DEEDS[0], who, n, key))),
  );
  const equal = ends.every(
    (end) => end.status === 200 && isDeepStrictEqual(lasting(end), lasting(ends[0])),
  );
  const fresh = replies.filter(({ headers }) => !headers.has('idempotency-replayed')).length;
  const other = await act(at, { ...DEEDS[0], body: { mail: 'manual' } }, who, 0, key);
  const reused = other.status === 422 && other.body.code === 'idempotency_key_reused';
  const wrong = [
    ...(named === 1 ? [] : [`the answers name ${named} operations`]),
    ...(equal ? [] : [`unequal answers: ${whereUnequal(ends)}`]),
    ...(fresh === 1 ? [] : [`${fresh} of the answers are not said to be repeats`]),
    ...(reused ? [] : [`the key was used again: ${summary(other)}`]),
  ];
  return { wrong, equal, underway, reused, winner: DEEDS[0].name };
}

/**
 * Drops the time and the result of the last look at F-REGI from an answer: each look of any server
 * renews them. Found differences (要対応) stay and are compared.
 */
function lasting(reply: Reply | undefined): unknown {
  const { operation, order } = reply?.body ?? {};
  return { operation, order: { ...order, health: { items: order?.health?.items } } };
}

/** After 202 (under way) presses again with the same key until the operation has ended. */
async function untilItsEnd(first: Reply, again: () => Promise<Reply>): Promise<Reply> {
  let reply = first;
  for (let tries = 0; reply.status === 202 && tries < 500; tries += 1) {
    await sleep(20);
    reply = await again();
  }
  return reply;
}

/** Each person does another deed to the order that all have seen; all start at once. */
export async function contend(at: At) {
  const deeds = shuffled(DEEDS); // the first sender has a better start
  const replies = await Promise.all(
    deeds.map((deed, n) => act(at, deed, at.people[n], n, randomUUID())),
  );
  const won = deeds.filter((_, n) => (replies[n]?.status ?? 500) < 300);
  const lost = replies.filter(({ status }) => status >= 300);
  const told = lost.filter(tellsWhoWhatSinceWhen).length;
  const wrong = [
    ...(won.length === 1 ? [] : [`${won.length} have won: ${replies.map(summary).join(', ')}`]),
    ...lost
      .filter((reply) => !tellsWhoWhatSinceWhen(reply))
      .map((reply) => `was told only: ${summary(reply)} ${JSON.stringify(reply.body)}`),
  ];
  return { wrong, told, winner: won.length === 1 ? won[0]?.name : undefined };
}

function act(
  { town, shop, orderNumber }: At,
  { method, path, body }: Pick<Deed, 'method' | 'path'> & { readonly body: object },
  who: Client | undefined,
  n: number,
  key: string,
): Promise<Reply> {
  const url = town.servers[n % town.servers.length]?.url ?? '';
  const query = `shop=${shop.shopId}`;
  const wanted = { body, version: 1, key };
  return new Client(url, who?.cookie).send(
    method,
    `/v1/orders/${orderNumber}/${path}?${query}`,
    wanted,
  );
}

/**
 * 409: names the operation under way, its actor and its start; or the change, its actor and its
 * time.
 */
function tellsWhoWhatSinceWhen({ status, body }: Reply): boolean {
  if (status !== 409) return false;
  if (body.code === 'operation_open') {
    // The operation may have ended between the refusal and the answer, which shows its result.
    const { actor, goal, createdAt } = body.current?.operation ?? {};
    return Boolean(actor && goal && createdAt);
  }
  const changes: readonly { by?: string; at?: string; field?: string }[] = body.changes ?? [];
  return body.code === 'order_changed' && changes.length > 0 && changes.every((c) => c.by && c.at);
}

/** Returns the first place in which two of the answers differ, with both values. */
function whereUnequal(replies: readonly Reply[]): string {
  const texts = [
    ...new Set(replies.map((reply) => `${reply.status} ${JSON.stringify(lasting(reply))}`)),
  ];
  const [one = '', other = ''] = texts;
  const at = [...one].findIndex((char, index) => char !== other[index]);
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 120);
  return `${texts.length} kinds, ${around(one)} ≠ ${around(other)}`;
}

function summary({ status, body }: Reply): string {
  return `${status} ${body?.code ?? body?.operation?.state ?? ''}`;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
