import { openSandbox } from '../../test/kit/servers.ts';
import type { FaultRule } from '../src/faults/rules.ts';
import type { Sandbox, SandboxOptions } from '../src/index.ts';
import type { LedgerState } from '../src/ledger/states.ts';

/** Shop 00001 has an inquiry, shop 00002 has none. */
export const SHOP = '00001';
export const OTHER_SHOP = '00002';
export const SEQNO = '00000000000000002954';

/** F-REGI's test card, as authm takes it. */
export const CARD = cardEnding('1111');

/**
 * Starts a sandbox on a free port, in memory unless a directory is given; it closes after the test.
 */
export function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return openSandbox({
    directory: null,
    shops: [
      { shopId: SHOP, name: 'テスト店舗', inquiry: true },
      { shopId: OTHER_SHOP, name: '別の店舗', inquiry: false },
    ],
    ...options,
  });
}

/** Returns a test card by its last four digits, good for years. */
export function cardEnding(last: string): Record<string, string> {
  return {
    PAN1: '4980',
    PAN2: '1111',
    PAN3: '1111',
    PAN4: last,
    CARDEXPIRY1: '12',
    CARDEXPIRY2: '69',
    CARDNAME: 'TARO YAMADA',
  };
}

type Asked = Pick<Sandbox, 'url'>;
export type Parameters = Readonly<Record<string, string>>;

/**
 * Asks a CGI by POST, as shop 00001 unless the parameters name another. Resolves to the answer's
 * lines.
 */
export async function ask(
  { url }: Asked,
  cgi: string,
  parameters: Parameters = {},
): Promise<string[]> {
  return linesOf(await post(`${url}/connecttest/${cgi}`, parameters));
}

/** Resolves to the raw answer to a form, as shop 00001 unless the parameters name another. */
export function post(url: string, parameters: Parameters): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams({ SHOPID: SHOP, ...parameters }) });
}

export async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

/** Resolves to the lines of an EUC-JP answer; any other charset fails. */
export async function linesOf(response: Response): Promise<string[]> {
  const text = new TextDecoder('euc-jp', { fatal: true }).decode(await bytesOf(response));
  return text.trimEnd().split('\n');
}

/** Resolves to the client's view of a call: the bytes and the status, or a broken connection. */
export async function sees({ url }: Asked, cgi: string, parameters: Record<string, string>) {
  try {
    const response = await post(`${url}/connect/${cgi}`, parameters);
    const type = response.headers.get('content-type');
    return { status: response.status, type, bytes: await bytesOf(response) };
  } catch {
    return 'broken' as const;
  }
}

/** Returns an answer in the form of `sees`. */
export function text(status: number, body: string, type = 'text/plain; charset=EUC-JP') {
  return { status, type, bytes: Buffer.from(body) };
}

/** Asks for an authorization of 5,000 yen, or of the given amount. */
export function authm(sandbox: Asked, parameters: Parameters): Promise<string[]> {
  return ask(sandbox, 'authm.cgi', { PAY: '5000', ...parameters });
}

/** Authorizes with the test card; resolves to the 取引番号. */
export async function authorize(sandbox: Asked, parameters: Parameters = {}): Promise<string> {
  const [first, , seqno] = await ask(sandbox, 'authm.cgi', { PAY: '5000', ...CARD, ...parameters });
  if (first !== 'OK' || seqno === undefined) throw new Error(`not authorized: ${first} ${seqno}`);
  return seqno;
}

type Said = { readonly status: number; readonly body: Record<string, unknown> };

/** Asks the sandbox's own API. */
export async function api(
  { url }: Asked,
  method: string,
  path: string,
  body?: unknown,
): Promise<Said> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${url}/sandbox/v1/${path}`, init);
  return { status: response.status, body: (await response.json()) as Said['body'] };
}

type Seed = Parameters | { readonly amount?: number };

/** Puts a transaction of 5,000 yen into the ledger in a state. */
export async function seed(sandbox: Asked, state: LedgerState, changes: Seed = {}): Promise<void> {
  const one = { shopId: SHOP, id: '100000394011', seqno: SEQNO, authCode: '000123', amount: 5_000 };
  const { status, body } = await api(sandbox, 'POST', 'transactions', [
    { ...one, state, ...changes },
  ]);
  if (status !== 201) throw new Error(JSON.stringify(body));
}

/** Returns the truth: a transaction's state in the ledger; null if there is none. */
export function stateOf({ gateway }: Sandbox, seqno = SEQNO): LedgerState | null {
  return gateway.ledger.transactions.get(seqno)?.state ?? null;
}

export async function setFaults(
  sandbox: Asked,
  rules: readonly FaultRule[],
  seedOfDice = 1,
): Promise<void> {
  const { status } = await api(sandbox, 'POST', 'faults', { rules, seed: seedOfDice });
  if (status !== 200) throw new Error(`the rules were refused: ${status}`);
}

/** Waits until something holds; fails after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 10_000) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Returns a number that no transaction has. */
export function newSeqno({ gateway }: Sandbox): string {
  return gateway.numbers.twenty(gateway.now(), (number) => gateway.ledger.transactions.has(number));
}
