import type { Client } from './clients.ts';
import type { DevEnv } from './worlds.ts';

/** Makes orders and F-REGI differ, behind the screens’ back: at the console, and over the API. */

/** Presses the sandbox’s button for a kind of drift, for the transaction of an order. */
export async function press(
  env: DevEnv,
  kind: string,
  orderNumber: string,
  more: { readonly shopId?: string; readonly amount?: number } = {},
): Promise<void> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/drift/${kind}`, {
    method: 'POST',
    body: JSON.stringify({ shopId: '90001', id: orderNumber, ...more }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused ${kind}: ${await answer.text()}`);
}

const TRIES_MAX = 5;

/**
 * Sends a command on an order over the API, as another program would. Reads the order again if it
 * has changed since the last read, for example by a look at F-REGI.
 */
export async function order(
  by: Client,
  orderNumber: string,
  [method, resource, body]: readonly ['POST' | 'PUT' | 'DELETE', string, object?],
): Promise<void> {
  const path = `/v1/orders/${orderNumber}`;
  for (let tries = 1; ; tries += 1) {
    const { version } = (await by.get(path)).body;
    const reply = await by.send(method, `${path}/${resource}`, {
      version,
      ...(body === undefined ? {} : { body }),
    });
    if (reply.status === 200) return;
    const isChanged = String(reply.body?.type).endsWith('/order_changed');
    if (!isChanged || tries === TRIES_MAX) {
      throw new Error(`${resource}: ${JSON.stringify(reply.body)}`);
    }
  }
}

/** Returns the state and amount of each transaction in F-REGI’s ledger for an order. */
export function ledgerOf(env: DevEnv, orderNumber: string): string[] {
  const own = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
  return own.map(({ state, amount }) => `${state} ${amount}`).sort();
}
