import { randomUUID } from 'node:crypto';
import { Client, type Reply } from '../kit/clients.ts';
import { readLedger } from './ledger.ts';
import { sleep } from './processes.ts';
import { EMAIL, PASSWORD, SHOPS, type Shop, type Town } from './town.ts';

/** A press of an operator, with its key and its final answer. */
export type Press = {
  readonly shopId: string;
  readonly orderNumber: string;
  readonly key: string;
  /** The operation that the answer named; null after a refusal or without an answer. */
  operationId: string | null;
  /** True if an answer said that the operation is done. */
  succeeded: boolean;
};

/**
 * The operators: they go from order to order, and press again with the same key when no answer
 * comes.
 */
export class Operators {
  readonly presses: Press[] = [];
  /** The number of answers by status; 0: no answer, or a late one. */
  readonly heard = new Map<number, number>();
  readonly #town: Town;
  readonly #orders: ReadonlyMap<string, readonly string[]>;
  readonly #cookie: string;
  #stopped = false;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(town: Town, orders: ReadonlyMap<string, readonly string[]>, cookie: string) {
    this.#town = town;
    this.#orders = orders;
    this.#cookie = cookie;
  }

  /** Signs in once: every server knows the session. */
  static async begin(
    town: Town,
    orders: ReadonlyMap<string, readonly string[]>,
    count: number,
  ): Promise<Operators> {
    const { cookie } = await Client.signIn(town.servers[0]?.url ?? '', EMAIL, PASSWORD);
    const operators = new Operators(town, orders, cookie);
    operators.#work = Promise.all(Array.from({ length: count }, () => operators.#workOn()));
    return operators;
  }

  /** Stops new presses; resolves when all presses have their answers. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
  }

  async #workOn(): Promise<void> {
    while (!this.#stopped) {
      const shop = pick(SHOPS);
      const orderNumber = pick(this.#orders.get(shop.shopId) ?? []);
      if (orderNumber === undefined) return;
      const order = await this.#ask(shop, (client, of) =>
        client.get(`/v1/orders/${orderNumber}?${of}`),
      );
      if (order?.status === 200) await this.#press(shop, orderNumber, order.body);
      await sleep(20 + Math.random() * 80);
    }
  }

  /** Presses the order's next step, or now and then another button. */
  // biome-ignore lint/suspicious/noExplicitAny: an order as the API answers it.
  async #press(shop: Shop, orderNumber: string, order: any): Promise<void> {
    const path = `/v1/orders/${orderNumber}`;
    const { version } = order;
    const paid = order.paidOn !== null;
    const dice = Math.random();
    if (!paid && dice < 0.15) {
      const body = { amounts: { discount: 10 + Math.floor(Math.random() * 500) } };
      await this.#send(shop, orderNumber, 'PUT', `${path}/amounts`, body, version);
    } else if (!paid && dice < 0.85) {
      await this.#send(shop, orderNumber, 'POST', `${path}/payment`, {}, version);
    } else if (dice < 0.95) {
      const body = { to: 'cancelled', cancelTransaction: true };
      await this.#send(shop, orderNumber, 'POST', `${path}/status`, body, version);
    }
  }

  async #send(
    shop: Shop,
    orderNumber: string,
    method: string,
    path: string,
    body: object,
    version: number,
  ): Promise<void> {
    const { shopId } = shop;
    const key = randomUUID();
    const press: Press = { shopId, orderNumber, key, operationId: null, succeeded: false };
    this.presses.push(press);
    const twice = Math.random() < 0.2;
    const send = () =>
      this.#ask(shop, (client, of) => client.send(method, `${path}?${of}`, { body, version, key }));
    const replies = await Promise.all(twice ? [send(), send()] : [send()]);
    for (const reply of replies) note(press, reply);
  }

  /** Asks one server after another until one answers; asks again after a non-answer. */
  async #ask(
    shop: Shop,
    ask: (client: Client, of: string) => Promise<Reply>,
  ): Promise<Reply | null> {
    for (let tries = 0; tries < 400; tries += 1) {
      const url = pick(this.#town.servers)?.url ?? '';
      const inTime = sleep(8_000).then(() => null);
      const asked = ask(new Client(url, this.#cookie), `shop=${shop.shopId}`).catch(() => null);
      const reply = await Promise.race([asked, inTime]);
      const status = reply?.status ?? 0;
      this.heard.set(status, (this.heard.get(status) ?? 0) + 1);
      if (reply !== null && reply.status < 500) return reply;
      if (reply?.body?.outcome !== undefined) return reply; // 503, which says that nothing was sent
      await sleep(100 + Math.random() * 200);
    }
    return null;
  }
}

function note(press: Press, reply: Reply | null): void {
  const { body } = reply ?? {};
  const named: unknown = body?.operation?.id ?? body?.operation;
  const id = typeof named === 'string' ? /[0-9a-f-]{36}/.exec(named)?.[0] : undefined;
  // A refusal names another press's operation: only an operation accepted under our key is ours.
  if (id === undefined || body?.code === 'operation_open') return;
  press.operationId = id;
  press.succeeded ||= reply?.status === 200 && body?.operation?.state === 'succeeded';
}

/**
 * The person who answers 要確認: looks at F-REGI's console and enters its state. Resolves to the
 * number of answers.
 */
export async function answerReviews(town: Town): Promise<number> {
  const { rows } = await town.db.query<{ shop_id: string; id: string; order_number: string }>(
    `select shop_id, id, order_number from operations where state = 'review'`,
  );
  if (rows.length === 0) return 0;
  const url = town.servers[0]?.url ?? '';
  const { cookie } = await Client.signIn(url, EMAIL, PASSWORD);
  const client = new Client(url, cookie);
  let answered = 0;
  for (const { shop_id: shopId, id, order_number: orderNumber } of rows) {
    const shop = SHOPS.find((known) => known.shopId === shopId);
    const query = `&shopid=${shop?.fregiShopId}&id=${orderNumber}`;
    const held = await readLedger(town.sandbox.url, query);
    const live = held.find(({ state }) => /^(authorized|captured)/.test(state)) ?? held[0];
    if (live === undefined) continue;
    const { state, seqno, authCode, amount } = live;
    const body = { state, seqno, authCode: authCode || null, amount };
    const reply = await client.post(`/v1/operations/${id}/review?shop=${shopId}`, { body });
    if (reply.status === 200) answered += 1;
    else if (reply.status !== 409) throw new Error(JSON.stringify(reply.body));
  }
  return answered;
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}
