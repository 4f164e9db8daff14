import type { Role } from '../../core/src/domain/commands/permissions.ts';
import type { IncomingOrder } from '../../core/src/domain/order/place-order.ts';
import { checkTiming } from '../../core/src/turns/timing.ts';
import type { Client, Reply } from './clients.ts';
import { QUICK } from './timing.ts';
import { type DevEnv, type DevEnvOptions, openDevEnv } from './worlds.ts';

type OrderView = Reply['body'];

/** A person who works on orders over real HTTP; the sandbox's ledger is the judge. */
export type Desk = {
  readonly env: DevEnv;
  readonly client: Client;
  view(orderNumber: string): Promise<OrderView>;
  /** Sends a command on an order, for its present version unless another is given. */
  act(
    method: 'POST' | 'PUT' | 'DELETE',
    orderNumber: string,
    what: string,
    body?: object,
    version?: number,
  ): Promise<Reply>;
  /** Sends the request of a remedy as the answer gave it, with the missing parts of its body. */
  follow(reply: Reply, remedy: string, missing?: object): Promise<Reply>;
  close(): Promise<void>;
};

/** An unknown outcome lasts long enough for a test to see it, also on a busy machine. */
const TIMING = checkTiming({ ...QUICK, lookMs: 1_500 });

export async function openDesk(role: Role = 'clerk', options: DevEnvOptions = {}): Promise<Desk> {
  const env = await openDevEnv({ timing: TIMING, ...options });
  return { ...deskOf(env, await env.signIn(role)), close: () => env.close() };
}

/** Returns another desk in the same house. */
export function deskOf(env: DevEnv, client: Client): Desk {
  const view = async (orderNumber: string) => (await client.get(`/v1/orders/${orderNumber}`)).body;
  return {
    env,
    client,
    view,
    async act(method, orderNumber, what, body, version) {
      const seen = version ?? (await view(orderNumber)).version;
      const wanted = { version: seen, ...(body === undefined ? {} : { body }) };
      return client.send(method, `/v1/orders/${orderNumber}/${what}`, wanted);
    },
    async follow(reply, remedy, missing = {}) {
      const remedies: { id: string; action?: Action }[] = reply.body.reason.remedies;
      const action = remedies.find(({ id }) => id === remedy)?.action;
      if (action === undefined) throw new Error(`no action for ${remedy}`);
      const [, orderNumber = ''] = /orders\/(\d+)\//.exec(action.path) ?? [];
      const { version } = await view(orderNumber);
      const body = action.body === null ? {} : { body: { ...action.body, ...missing } };
      return client.send(action.method, action.path, { version, ...body });
    },
    close: () => env.close(),
  };
}

type Action = { method: string; path: string; body: object | null; missing: string[] };

/** Returns F-REGI's real deeds for an order, oldest first. */
export function ledgerOf({ env }: Desk, orderNumber: string): { amount: number; state: string }[] {
  const found = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
  return found.map(({ amount, state }) => ({ amount, state })).reverse();
}

/** Works at F-REGI's console behind our back. */
export async function atConsole({ env }: Desk, seqno: string, operation: string, body = {}) {
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${seqno}/${operation}`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Returns the amounts of an order with this billed amount, in yen. */
export function amounts(billed: number): IncomingOrder['amounts'] {
  const fees = { shipping: 0, paymentFee: 0, wrapping: 0 };
  return { items: billed, ...fees, pointsUsed: 0, couponDiscount: 0 };
}
