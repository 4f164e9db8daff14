import type { Client } from '../client.ts';
import type { DevEnv } from '../dev-env.ts';

/** Makes orders and F-REGI differ, behind the screens’ back: at the console, and over the API. */

/** Somebody does something to the live transaction of an order at F-REGI’s console. */
export async function atGateway(
  env: DevEnv,
  orderNumber: string,
  operation: 'capture' | 'void' | 'refund' | 'change_amount' | 'change_captured_amount',
  body: { readonly amount?: number } = {},
): Promise<void> {
  const live = env.sandbox.gateway.ledger
    .list()
    .find(({ id, state }) => id === orderNumber && /^(auth|capt)/.test(state));
  const path = `transactions/${live?.seqno}/${operation}`;
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the sandbox refused ${path}: ${await answer.text()}`);
}

/** Puts a transaction into F-REGI’s ledger that Renkei has not asked for. */
export async function seedAtGateway(env: DevEnv, transaction: object): Promise<void> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/transactions`, {
    method: 'POST',
    body: JSON.stringify([{ shopId: '90001', ...transaction }]),
  });
  if (!answer.ok) throw new Error(`the sandbox was not seeded: ${await answer.text()}`);
}

/** A command on an order over the API, as another program would give it. */
export async function order(
  by: Client,
  orderNumber: string,
  [method, resource, body]: readonly ['POST' | 'PUT' | 'DELETE', string, object?],
): Promise<void> {
  const path = `/v1/orders/${orderNumber}`;
  const { version } = (await by.get(path)).body;
  const reply = await by.send(method, `${path}/${resource}`, {
    ...{ version, ...(body === undefined ? {} : { body }) },
  });
  if (reply.status !== 200) throw new Error(`${resource}: ${JSON.stringify(reply.body)}`);
}

/** What F-REGI’s ledger holds for an order, and for how much. */
export function ledgerOf(env: DevEnv, orderNumber: string): string[] {
  const own = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
  return own.map(({ state, amount }) => `${state} ${amount}`).sort();
}
