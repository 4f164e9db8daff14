import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Client, type Reply } from '../client.ts';
import { judge, settle } from './judge.ts';
import { type Held, readLedger } from './ledger.ts';
import { sleep } from './processes.ts';
import { fact, type Line, line } from './table.ts';
import { hire, SHOPS, type Shop, type Town } from './town.ts';

const PRESSES = 16;
const AT_A_TIME = 100;

/** What people do to an order at once. Each is right on the order as all of them have seen it. */
const DEEDS = [
  { name: 'pay', method: 'POST', path: 'payment', body: {} },
  { name: 'cancel, with F-REGI', method: 'POST', path: 'status', body: cancelled(true) },
  { name: 'cancel, without F-REGI', method: 'POST', path: 'status', body: cancelled(false) },
  { name: 'change the amount', method: 'PUT', path: 'amounts', body: { amounts: { discount: 9 } } },
  { name: 'put on hold', method: 'POST', path: 'status', body: { to: 'on_hold' } },
] as const;
type Deed = (typeof DEEDS)[number];

function cancelled(cancelTransaction: boolean) {
  return { to: 'cancelled', cancelTransaction };
}

/** What each deed leaves at F-REGI, and how often it has moved money there. */
const LEAVES: Readonly<Record<Deed['name'], readonly [state: string, moves: number]>> = {
  pay: ['captured_untransmitted', 1],
  'cancel, with F-REGI': ['voided', 1],
  'cancel, without F-REGI': ['authorized', 0],
  'change the amount': ['authorized', 0],
  'put on hold': ['authorized', 0],
};

/** Where not one has won, which is told as wrong by itself, nothing fits. */
function leaves(winner: Deed['name'] | undefined): readonly [string, number] {
  return winner === undefined ? ['', 0] : LEAVES[winner];
}

/**
 * The same press many times at once, and different people at one order at once, over all servers
 * of a town, so many rounds of each. F-REGI's ledger tells what has become of them.
 */
export async function race(
  town: Town,
  rounds: number,
  say: (line: string) => void,
): Promise<Line[]> {
  const people = await Promise.all(DEEDS.map((_, n) => hire(town, `競争 ${n + 1}`)));
  const wrong: string[] = [];
  const winners = new Map<Deed['name'], number>();
  let repeats = 0;
  let reused = 0;
  let told = 0;
  let underway = 0;
  for (let done = 0; done < rounds; done += AT_A_TIME) {
    const shop = SHOPS[(done / AT_A_TIME) % SHOPS.length] ?? SHOPS[0];
    const count = Math.min(AT_A_TIME, rounds - done);
    const orders = await town.placeOrders(shop, 2 * count);
    const expected = new Map<string, readonly [string, number]>();
    for (const [n, orderNumber] of orders.entries()) {
      const at = { town, shop, orderNumber, people };
      const round = n < count ? await pressTogether(at) : await contend(at);
      wrong.push(...round.wrong.map((what) => `${orderNumber}: ${what}`));
      expected.set(orderNumber, leaves(round.winner));
      if ('equal' in round) {
        repeats += round.equal ? 1 : 0;
        reused += round.reused ? 1 : 0;
        underway += round.underway;
      } else {
        told += round.told;
        if (round.winner) winners.set(round.winner, (winners.get(round.winner) ?? 0) + 1);
      }
    }
    await settle(town, 60_000);
    const ledger = await readLedger(town.sandbox.url, `&shopid=${shop.fregiShopId}`);
    wrong.push(...compare(expected, ledger));
    say(`${done + count} rounds of each`);
  }
  const { violations } = await judge(town, []);
  wrong.push(...violations);
  for (const what of wrong.slice(0, 20)) say(`VIOLATION ${what}`);
  const won = [...winners.values()].reduce((sum, count) => sum + count, 0);
  const losers = rounds * (DEEDS.length - 1);
  return [
    line(
      `${PRESSES} at once, the same answer in the end`,
      `${repeats}`,
      `${rounds}`,
      repeats === rounds,
    ),
    fact('  of them told first that it is underway', `${underway} of ${rounds * PRESSES}`),
    line('the same key for something else: 422', `${reused}`, `${rounds}`, reused === rounds),
    line(`${DEEDS.length} people at once, one wins`, `${won}`, `${rounds}`, won === rounds),
    line('others told who, what, since when', `${told}`, `${losers}`, told === losers),
    ...DEEDS.map(({ name }) => fact(`  won: ${name}`, `${winners.get(name) ?? 0}`)),
    line('violations, by F-REGI’s ledger', `${wrong.length}`, '0', wrong.length === 0),
  ];
}

type At = {
  readonly town: Town;
  readonly shop: Shop;
  readonly orderNumber: string;
  /** A session of each. */
  readonly people: readonly Client[];
};

/** One press, sixteen times at once with one key; then the key for something else. */
async function pressTogether(at: At) {
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
 * An answer without when F-REGI was last looked at and what stood there at that moment: each look
 * of any server makes that newer. What was found to differ (要対応) is compared.
 */
function lasting(reply: Reply | undefined): unknown {
  const { operation, order } = reply?.body ?? {};
  return { operation, order: { ...order, health: { items: order?.health?.items } } };
}

/** Who is told that it is underway (202) presses again with the same key, until it has ended. */
async function untilItsEnd(first: Reply, again: () => Promise<Reply>): Promise<Reply> {
  let reply = first;
  for (let tries = 0; reply.status === 202 && tries < 500; tries += 1) {
    await sleep(20);
    reply = await again();
  }
  return reply;
}

/** Each person does another thing to the order as all have seen it, let go at once. */
async function contend(at: At) {
  const deeds = shuffled(DEEDS); // who is sent first has the better start
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

/** 409: what is underway, by whom, and since when; or what was changed, by whom, and when. */
function tellsWhoWhatSinceWhen({ status, body }: Reply): boolean {
  if (status !== 409) return false;
  if (body.code === 'operation_open') {
    // It may have ended between the refusal and the answer, which shows what it has come to.
    const { actor, goal, createdAt } = body.current?.operation ?? {};
    return Boolean(actor && goal && createdAt);
  }
  const changes: readonly { by?: string; at?: string; field?: string }[] = body.changes ?? [];
  return body.code === 'order_changed' && changes.length > 0 && changes.every((c) => c.by && c.at);
}

/** What stands at F-REGI of each order, and how often somebody has moved it there. */
function compare(
  expected: ReadonlyMap<string, readonly [string, number]>,
  ledger: readonly Held[],
): string[] {
  const held = Map.groupBy(ledger, ({ id }) => id);
  return [...expected].flatMap(([orderNumber, [state, moves]]) => {
    const own = held.get(orderNumber) ?? [];
    const moved = own.flatMap(({ history }) => history).filter(({ by }) => by === 'shop').length;
    const states = own.map((one) => one.state).join();
    if (states === state && moved === moves) return [];
    return [`${orderNumber}: ${states} after ${moved} moves, expected ${state} after ${moves}`];
  });
}

/** The first place in which two of the answers differ, and what stands there. */
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
