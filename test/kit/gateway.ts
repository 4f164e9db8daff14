import type { DevEnv } from './worlds.ts';

/** F-REGI as its own API and console show it: the judge of the real deeds. */
export type Held = { readonly seqno: string; readonly state: string; readonly amount: number };

/** Returns the transactions of an order at F-REGI, oldest first. */
export async function heldFor(env: DevEnv, orderNumber: string): Promise<Held[]> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/transactions?id=${orderNumber}`);
  const { transactions } = (await answer.json()) as { transactions: Held[] };
  return transactions.map(({ seqno, state, amount }) => ({ seqno, state, amount })).reverse();
}

/** Does something at F-REGI's console, behind Renkei's back. */
export async function atConsole(
  env: DevEnv,
  orderNumber: string,
  operation: 'capture' | 'void' | 'refund',
  seqno?: string,
): Promise<void> {
  const [held] = await heldFor(env, orderNumber);
  await send(env, `transactions/${seqno ?? held?.seqno}/${operation}`, {});
}

/** Makes trouble at F-REGI: strikes the next calls of a CGI. */
export function strike(env: DevEnv, ...rules: readonly object[]): Promise<unknown> {
  return send(env, 'faults', { rules });
}

export type WireCall = { readonly cgi: string; readonly parameters: Record<string, string> };

/** Returns the calls that F-REGI really received about an order. */
export async function wireCalls(env: DevEnv, orderNumber: string): Promise<WireCall[]> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/wire?limit=1000`);
  const { records } = (await answer.json()) as { records: { cgi: string; request: string }[] };
  const seqnos = (await heldFor(env, orderNumber)).map(({ seqno }) => seqno);
  return records
    .reverse()
    .filter(({ request }) => seqnos.some((seqno) => request.includes(seqno)))
    .map(({ cgi, request }) => ({
      cgi,
      parameters: Object.fromEntries(new URLSearchParams(request)),
    }));
}

async function send(env: DevEnv, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${env.sandbox.url}/sandbox/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the sandbox refused ${path}: ${await answer.text()}`);
  return answer.json();
}
