/** The sandbox's own account over HTTP: the oracle, in a process of its own. */
export type Held = {
  readonly shopId: string;
  readonly id: string;
  readonly seqno: string;
  readonly authCode: string;
  readonly state: string;
  readonly amount: number;
  readonly history: readonly { readonly at: number; readonly what: string; readonly by: string }[];
};

export async function readLedger(sandboxUrl: string, query = ''): Promise<Held[]> {
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/transactions?limit=100000${query}`);
  if (!answer.ok) throw new Error(await answer.text());
  const { transactions } = (await answer.json()) as { transactions: Held[] };
  return transactions;
}

/** A call as the sandbox received it. */
export type WireCall = {
  /** The form of the call: `SEQNO=…&…`. */
  readonly request: string;
  /** The fault of the call, or null. */
  readonly fault: string | null;
};

/** Returns the last two thousand calls, newest first. */
export async function readWire(sandboxUrl: string): Promise<WireCall[]> {
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/wire?limit=2000`);
  if (!answer.ok) throw new Error(await answer.text());
  const { records } = (await answer.json()) as { records: WireCall[] };
  return records;
}

export type FaultRule = {
  readonly kind: string;
  readonly share?: number;
  readonly delayMs?: number;
  readonly shopId?: string;
};

/** Sets the sandbox's faults from now on; an empty list ends them. */
export async function setFaults(sandboxUrl: string, rules: readonly FaultRule[]): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules, seed: 1 }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

export async function seedLedger(sandboxUrl: string, held: readonly object[]): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(held),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

/** True for a captured transaction, transmitted or not. */
export function isCaptured({ state }: Pick<Held, 'state'>): boolean {
  return state.startsWith('captured');
}

export function isLive({ state }: Pick<Held, 'state'>): boolean {
  return isCaptured({ state }) || state === 'authorized';
}
