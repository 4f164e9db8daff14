import { isTestCard } from './cards.ts';
import { FAULTS, isFaultRule } from './faults.ts';
import type { FregiGateway } from './gateway.ts';
import { type LedgerEvent, newAuthCode, type Transaction } from './ledger.ts';
import { STATES, type State } from './states.ts';

/** The sandbox's own API under /sandbox/v1/: everything that the console can do, and seeding. */
export type ApiRequest = {
  readonly method: string;
  /** Path segments after /sandbox/v1/. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
};
export type ApiAnswer = { readonly status: number; readonly body: unknown };

type Handler = (gateway: FregiGateway, request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer;

const ROUTES: Readonly<Record<string, Handler>> = {
  'GET inquiry': inquire,
  'GET transactions': listTransactions,
  'POST transactions': seedTransactions,
  'POST transactions/*/*': operate,
  'POST transmission': async (gateway) => ok({ transmitted: await gateway.transmit() }),
  'POST tokens': issueToken,
  'POST customers': registerCustomer,
  'GET faults': (gateway) => ok({ kinds: FAULTS, rules: gateway.faults.rules }),
  'POST faults': setFaults,
  'DELETE faults': (gateway) => {
    gateway.faults.set([]);
    return ok({ rules: [] });
  },
  'GET clock': (gateway) => ok({ now: new Date(gateway.now()).toISOString() }),
  'POST clock': moveClock,
  'GET shops': (gateway) => ok({ shops: [...gateway.shops.values()] }),
  'GET wire': (gateway, { query }) => {
    const limit = Math.min(Number(query.get('limit') ?? 100), 1_000);
    return ok({ records: gateway.wireLog.slice(-limit).reverse() });
  },
  'POST reset': async (gateway) => {
    await gateway.record([{ kind: 'reset' }]);
    return ok({});
  },
};

export async function answerApi(gateway: FregiGateway, request: ApiRequest): Promise<ApiAnswer> {
  const [first = '', ...rest] = request.path;
  const shape = [first, ...rest.map(() => '*')].join('/');
  const handler = ROUTES[`${request.method} ${shape}`];
  return handler === undefined ? problem(404, 'no such resource') : handler(gateway, request);
}

/** What F-REGI does not publish: all transactions of a slip. A shop may be without it. */
function inquire(gateway: FregiGateway, { query }: ApiRequest): ApiAnswer {
  const shopId = query.get('shopid') ?? '';
  if (!gateway.shops.get(shopId)?.inquiry) return problem(404, 'this shop has no inquiry');
  const found = gateway.ledger.list(shopId).filter(({ id }) => id === query.get('id'));
  const transactions = found.map(({ seqno, authCode, state, amount }) => ({
    ...{ seqno, state, amount },
    authCode: authCode || null,
  }));
  return ok({ transactions });
}

function listTransactions(gateway: FregiGateway, { query }: ApiRequest): ApiAnswer {
  const limit = Math.min(Number(query.get('limit') ?? 10_000), 100_000);
  const wanted = (transaction: Transaction) =>
    (['id', 'seqno', 'state'] as const).every(
      (name) => query.get(name) === null || transaction[name] === query.get(name),
    );
  const all = gateway.ledger.list(query.get('shopid') ?? undefined).filter(wanted);
  const transactions = all.slice(0, limit).map(({ pan, ...shown }) => ({
    ...shown,
    card: `…${pan.slice(-4)}`,
  }));
  return ok({ count: all.length, transactions });
}

/** Seeds transactions in given states: `[{ shopId, id, seqno?, authCode?, amount, state, … }]`. */
async function seedTransactions(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  if (!Array.isArray(body)) return problem(400, 'an array of transactions is wanted');
  const events: LedgerEvent[] = [];
  for (const [index, item] of body.entries()) {
    const transaction = seedOf(gateway, item);
    if (transaction === null) return problem(400, `transaction ${index} is malformed`);
    events.push({ kind: 'opened', transaction });
  }
  await gateway.record(events);
  return { status: 201, body: { seeded: events.length } };
}

function seedOf(gateway: FregiGateway, item: unknown): Transaction | null {
  if (typeof item !== 'object' || item === null) return null;
  const { shopId, id, seqno, authCode, amount, state, authorizedAt, customerId } = item as Partial<
    Record<string, unknown>
  >;
  if (typeof shopId !== 'string' || !gateway.shops.has(shopId)) return null;
  if (typeof id !== 'string' || typeof amount !== 'number') return null;
  if (typeof state !== 'string' || !Object.hasOwn(STATES, state)) return null;
  const at = typeof authorizedAt === 'string' ? Date.parse(authorizedAt) : gateway.now();
  return {
    ...{ shopId, id, amount, authorizedAt: at, changedFrom: null },
    state: state as State,
    seqno: typeof seqno === 'string' ? seqno : gateway.ledger.nextSeqno(),
    authCode: typeof authCode === 'string' ? authCode : newAuthCode(),
    customerId: typeof customerId === 'string' ? customerId : null,
    pan: '4980111111111111',
    history: [{ at, what: 'seed', by: 'seed' }],
  };
}

/** The console's operations, by the CGI that does the same over the wire. */
export const CONSOLE_OPERATIONS: Readonly<Record<string, string>> = {
  capture: 'sale.cgi',
  void: 'authcancel.cgi',
  refund: 'salecancel.cgi',
  change_amount: 'authchange.cgi',
  change_captured_amount: 'salechange.cgi',
};

async function operate(gateway: FregiGateway, { path, body }: ApiRequest): Promise<ApiAnswer> {
  const [, seqno = '', operation = ''] = path;
  const amount = typeof body === 'object' && body !== null && 'amount' in body ? body.amount : '';
  const lines = await operateAtConsole(gateway, seqno, operation, String(amount));
  if (lines === null) return problem(404, 'no such transaction or operation');
  return lines[0] === 'OK' ? ok({ lines }) : { status: 409, body: { lines } };
}

/** Does what a person does at the console; the answer's lines, or null where there is nothing. */
export async function operateAtConsole(
  gateway: FregiGateway,
  seqno: string,
  operation: string,
  amount: string,
): Promise<readonly string[] | null> {
  const cgi = CONSOLE_OPERATIONS[operation];
  const transaction = gateway.ledger.transactions.get(seqno);
  if (cgi === undefined || transaction === undefined) return null;
  const parameters = new Map([
    ['SEQNO', seqno],
    ['CANCELSEQNO', seqno],
    ['PAY', amount],
  ]);
  return (await gateway.execute(cgi, transaction.shopId, parameters, 'console')).lines;
}

const TOKEN_LIFE_MS = 20 * 60_000;

/** Stands in for the browser's token script: a single-use token for a test card. */
async function issueToken(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const pan = typeof body === 'object' && body !== null && 'pan' in body ? String(body.pan) : '';
  if (!isTestCard(pan)) return problem(400, 'only test cards have tokens here');
  const token = `tok-${crypto.randomUUID()}`;
  const expiresAt = gateway.now() + TOKEN_LIFE_MS;
  await gateway.record([{ kind: 'token_issued', token: { token, pan, expiresAt } }]);
  return { status: 201, body: { token } };
}

async function registerCustomer(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId, customerId, pan } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (typeof shopId !== 'string' || typeof customerId !== 'string' || typeof pan !== 'string') {
    return problem(400, 'shopId, customerId and pan are wanted');
  }
  if (!isTestCard(pan)) return problem(400, 'only test cards can be registered here');
  const customer = { shopId, customerId, pan };
  await gateway.record([{ kind: 'customer_registered', customer }]);
  return { status: 201, body: { customerId } };
}

function setFaults(gateway: FregiGateway, { body }: ApiRequest): ApiAnswer {
  const { rules, seed } = (body ?? {}) as { rules?: unknown; seed?: unknown };
  if (!Array.isArray(rules) || !rules.every(isFaultRule)) {
    return problem(400, `rules is an array of { kind, … }; kinds: ${FAULTS.join(', ')}`);
  }
  gateway.faults.set(rules, typeof seed === 'number' ? seed : 1);
  return ok({ rules });
}

async function moveClock(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { advanceMs } = (body ?? {}) as { advanceMs?: unknown };
  if (typeof advanceMs !== 'number' || !Number.isFinite(advanceMs)) {
    return problem(400, 'advanceMs is wanted, in milliseconds');
  }
  const offsetMs = gateway.ledger.clockOffsetMs + advanceMs;
  await gateway.record([{ kind: 'clock_moved', offsetMs }]);
  return ok({ now: new Date(gateway.now()).toISOString() });
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

function problem(status: number, detail: string): ApiAnswer {
  return { status, body: { status, detail } };
}
