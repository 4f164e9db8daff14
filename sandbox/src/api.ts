import { isTestCard, maskPan } from './cards.ts';
import { findEndpoint } from './endpoints.ts';
import { FAULTS, type FaultRule, isFaultRule } from './faults.ts';
import type { FregiGateway } from './gateway.ts';
import type { Transaction } from './ledger.ts';
import { readSeeds } from './seed.ts';

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
    const records = gateway.wireLog.toReversed().slice(0, limitOf(query, 100, 1_000));
    return ok({ records });
  },
  'POST reset': async (gateway) => {
    await gateway.record([{ kind: 'reset' }]);
    return ok({});
  },
};

/** Answers a request; resolves once all that the answer tells is on disk. */
export async function answerApi(gateway: FregiGateway, request: ApiRequest): Promise<ApiAnswer> {
  const [first = '', ...rest] = request.path;
  const shape = [first, ...rest.map(() => '*')].join('/');
  const handler = ROUTES[`${request.method} ${shape}`];
  if (handler === undefined) return problem(404, 'no such resource');
  const answer = await handler(gateway, request);
  await gateway.settled();
  return answer;
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
  const limit = limitOf(query, 10_000, 100_000);
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

/** A limit from outside, 1 to `most`. */
function limitOf(query: URLSearchParams, usual: number, most: number): number {
  const limit = Number(query.get('limit') ?? usual);
  return limit >= 1 ? Math.min(Math.floor(limit), most) : usual;
}

/** Puts transactions into the ledger as they are given, all of them or none. */
async function seedTransactions(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const read = readSeeds(gateway, body);
  if ('wrong' in read) return problem(400, read.wrong);
  await gateway.record(read.seeds.map((transaction) => ({ kind: 'opened', transaction })));
  return { status: 201, body: { seeded: read.seeds.length } };
}

/** The console's operations, by the CGI that does the same over the wire. */
const CONSOLE_OPERATIONS: Readonly<Record<string, string>> = {
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
  const transaction = gateway.ledger.transactions.get(seqno);
  const cgi = Object.hasOwn(CONSOLE_OPERATIONS, operation) ? CONSOLE_OPERATIONS[operation] : null;
  if (!cgi || transaction === undefined) return null;
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
  const token = {
    token: `tok-${crypto.randomUUID()}`,
    pan: maskPan(pan),
    expiresAt: gateway.now() + TOKEN_LIFE_MS,
  };
  await gateway.record([{ kind: 'token_issued', token }]);
  return { status: 201, body: { token: token.token } };
}

async function registerCustomer(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { shopId, customerId, pan } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (typeof shopId !== 'string' || typeof customerId !== 'string' || typeof pan !== 'string') {
    return problem(400, 'shopId, customerId and pan are wanted');
  }
  if (!gateway.shops.has(shopId)) return problem(400, 'no such shop');
  if (!isTestCard(pan)) return problem(400, 'only test cards can be registered here');
  const customer = { shopId, customerId, pan: maskPan(pan) };
  await gateway.record([{ kind: 'customer_registered', customer }]);
  return { status: 201, body: { customerId } };
}

function setFaults(gateway: FregiGateway, { body }: ApiRequest): ApiAnswer {
  const { rules, seed } = (body ?? {}) as { rules?: unknown; seed?: unknown };
  if (!Array.isArray(rules) || !rules.every(isFaultRule)) {
    return problem(400, `rules is an array of { kind, … }; kinds: ${FAULTS.join(', ')}`);
  }
  const unknown = rules.find(({ cgi }: FaultRule) => cgi !== undefined && !findEndpoint(cgi));
  if (unknown !== undefined) return problem(400, `there is no ${unknown.cgi}`);
  gateway.faults.set(rules, typeof seed === 'number' ? seed : 1);
  return ok({ rules });
}

const CLOCK_MS_MAX = 100 * 365 * 86_400_000;

async function moveClock(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const { advanceMs } = (body ?? {}) as { advanceMs?: unknown };
  if (typeof advanceMs !== 'number' || !Number.isFinite(advanceMs)) {
    return problem(400, 'advanceMs is wanted, in milliseconds');
  }
  if (Math.abs(gateway.ledger.clockOffsetMs + advanceMs) > CLOCK_MS_MAX) {
    return problem(400, 'the clock moves up to a hundred years either way');
  }
  await gateway.moveClock(advanceMs);
  return ok({ now: new Date(gateway.now()).toISOString() });
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

function problem(status: number, detail: string): ApiAnswer {
  return { status, body: { status, detail } };
}
