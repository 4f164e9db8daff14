import { randomUUID } from 'node:crypto';
import { Client, type Reply } from '../kit/clients.ts';
import type { Press } from './operators.ts';
import { sleep } from './processes.ts';
import { hire, type Shop, type Town } from './town.ts';

/**
 * What a press of 入金済 tells the operator. `waits`: F-REGI is out of reach, nothing was sent, and
 * the operator may withdraw. `underway`: Renkei asks, or soon asks again. `wrong`: an untrue
 * answer.
 */
export const TOLD = ['waits', 'underway', 'in_doubt', 'not_sent', 'done', 'wrong'] as const;
export type Told = (typeof TOLD)[number];

/** Of every so many presses that are told to wait, the staff withdraws one. */
const WITHDRAWN_OF = 8;

/** People at one shop: some press 入金済, and some do work that moves no money. */
export class Staff {
  readonly shop: Shop;
  readonly presses: Press[] = [];
  readonly told: Told[] = [];
  /** The orders told as withdrawn: none of them may ever be captured. */
  readonly withdrawn: string[] = [];
  /** The status and time of each request that moves no money. */
  readonly served: { readonly what: string; readonly status: number; readonly ms: number }[] = [];
  /** One sentence for each answer that should not have come. */
  readonly wrong: string[] = [];
  /** While F-REGI is away, a press begun and answered cannot be told as done. */
  isAway = false;
  readonly #town: Town;
  readonly #cookie: string;
  readonly #toPay: string[];
  readonly #toSend: string[];
  readonly #underway = new Set<Promise<void>>();

  private constructor(town: Town, shop: Shop, cookie: string, toPay: string[], toSend: string[]) {
    this.#town = town;
    this.shop = shop;
    this.#cookie = cookie;
    this.#toPay = toPay;
    this.#toSend = toSend;
  }

  /** Starts with `orders` orders to be paid, and as many for other work. */
  static async at(town: Town, shop: Shop, orders: number): Promise<Staff> {
    const { cookie } = await hire(town, `${shop.name} 係`);
    const [toPay, toSend] = [
      await town.placeOrders(shop, orders),
      await town.placeOrders(shop, orders),
    ];
    return new Staff(town, shop, cookie, toPay, toSend);
  }

  /** Presses 入金済 at the next order. Does not wait for the answer. */
  press(): void {
    const orderNumber = this.#toPay.shift();
    if (orderNumber === undefined) throw new Error('no order is left to be paid');
    const work = this.#pay(orderNumber)
      .catch((error: unknown) => void this.wrong.push(`${orderNumber}: ${String(error)}`))
      .finally(() => this.#underway.delete(work));
    this.#underway.add(work);
  }

  /** Resolves when all presses have their answers. */
  async answered(): Promise<void> {
    await Promise.all(this.#underway);
  }

  /** Presses so many times a second, and does other work on orders at most as often. */
  async workFor(ms: number, pressesPerSecond: number): Promise<void> {
    const until = performance.now() + ms;
    const workAt = async (work: () => unknown) => {
      while (performance.now() < until) {
        await work();
        await sleep(1_000 / pressesPerSecond);
      }
    };
    await Promise.all([workAt(() => this.press()), workAt(() => this.#workWithoutMoney())]);
  }

  async #pay(orderNumber: string): Promise<void> {
    const { shopId } = this.shop;
    const { isAway } = this;
    const key = randomUUID();
    const press: Press = { shopId, orderNumber, key, operationId: null, succeeded: false };
    this.presses.push(press);
    const wanted = { body: {}, version: 1, key };
    const reply = await this.#send('POST', `/v1/orders/${orderNumber}/payment`, wanted);
    const told = readTold(reply, !(isAway && this.isAway));
    this.told.push(told);
    const named: unknown = reply.body?.operation?.id ?? reply.body?.operation;
    press.operationId = /[0-9a-f-]{36}/.exec(String(named))?.[0] ?? null;
    press.succeeded = told === 'done';
    if (told === 'wrong') {
      this.wrong.push(`${orderNumber} was told ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    if (told === 'waits' && this.told.filter((one) => one === told).length % WITHDRAWN_OF === 0) {
      await this.#withdraw(press);
    }
  }

  async #withdraw({ orderNumber, operationId }: Press): Promise<void> {
    const { status, body } = await this.#send('DELETE', `/v1/operations/${operationId}`);
    if (status === 200 && body.state === 'not_sent') this.withdrawn.push(orderNumber);
    else if (status !== 409 || body.code !== 'not_withdrawable') {
      this.wrong.push(`${orderNumber} withdrawn: ${status} ${JSON.stringify(body)}`);
    }
  }

  async #workWithoutMoney(): Promise<void> {
    const path = `/v1/orders/${this.#toSend.shift()}`;
    await this.#serve('the home page', 'GET', '/v1/home');
    await this.#serve('the list', 'GET', '/v1/orders?tab=unpaid');
    const { body } = await this.#serve('an order', 'GET', path);
    const change = { body: { amounts: { discount: 9 } }, version: body.version };
    const { body: changed } = await this.#serve('its amounts', 'PUT', `${path}/amounts`, change);
    const sending = { body: {}, version: changed.order?.version };
    await this.#serve('its shipment', 'POST', `${path}/shipments`, sending);
  }

  async #serve(what: string, method: string, path: string, wanted = {}): Promise<Reply> {
    const began = performance.now();
    const reply = await this.#send(method, path, wanted);
    this.served.push({ what, status: reply.status, ms: performance.now() - began });
    if (reply.status >= 300) {
      this.wrong.push(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    return reply;
  }

  #send(method: string, path: string, wanted: Parameters<Client['send']>[2] = {}): Promise<Reply> {
    const { servers } = this.#town;
    const url = servers[Math.floor(Math.random() * servers.length)]?.url ?? '';
    const shop = `${path.includes('?') ? '&' : '?'}shop=${this.shop.shopId}`;
    return new Client(url, this.#cookie).send(method, `${path}${shop}`, wanted);
  }
}

function readTold({ status, body }: Reply, canBeDone: boolean): Told {
  const { state, reason, withdrawable } = body?.operation ?? {};
  if (status === 202 && state === 'unknown') return 'in_doubt';
  if (status === 202 && state === 'asking' && reason === null) return 'underway';
  if (status === 202 && state === 'asking' && reason?.code === 'gateway_down') {
    return withdrawable && reason.cause && reason.remedy ? 'waits' : 'wrong';
  }
  if (status === 503 && body?.outcome === 'not_sent') return 'not_sent';
  return status === 200 && state === 'succeeded' && canBeDone ? 'done' : 'wrong';
}
