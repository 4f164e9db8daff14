import { transactionsCsv } from '../../console/csv.ts';
import { DRIFTS, driftOf } from '../../faults/drift.ts';
import type { FregiGateway } from '../../gateway.ts';
import type { CardTransaction } from '../../ledger/entities.ts';
import { readSeeds } from '../../ledger/seed.ts';
import { STATES } from '../../ledger/states.ts';
import { CONSOLE_OPERATIONS, operateAtConsole } from '../operate.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiRoute,
  limitOf,
  membersOf,
  object,
  ok,
  problem,
  text,
  yen,
} from '../route.ts';

const state = { type: 'string', enum: Object.keys(STATES) };
const seed = object(
  {
    shopId: text,
    id: text,
    amount: yen,
    state,
    seqno: text,
    authCode: text,
    authorizedAt: { ...text, format: 'date-time' },
    customerId: text,
  },
  ['shopId', 'id', 'amount', 'state'],
);
const FILTERS = {
  shopid: 'of this shop',
  id: 'of this 伝票番号',
  seqno: 'this 取引番号',
  state: 'in this state',
  limit: 'how many',
};

/** Transactions: the ledger, seeding, the console's operations, 伝送, drift. */
export const TRANSACTION_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: 'inquiry',
    summary: 'All transactions of a slip, newest first',
    query: { shopid: 'the shop, one with an inquiry', id: '伝票番号' },
    answers: { what: '{ transactions: [{ seqno, state, amount, authCode }] }' },
    handle: inquire,
  },
  {
    method: 'GET',
    path: 'transactions',
    summary: 'The ledger, newest first',
    query: FILTERS,
    answers: { what: '{ count, transactions } with histories' },
    handle: listTransactions,
  },
  {
    method: 'GET',
    path: 'transactions.csv',
    summary: 'The same as a file in CP932',
    query: FILTERS,
    answers: { type: 'text/csv; charset=Shift_JIS', what: 'CP932, lines ended by CR LF' },
    handle: (gateway, { query }) => {
      const found = findTransactions(gateway, query).slice(0, limitOf(query, 100_000, 100_000));
      const body = transactionsCsv(found, gateway);
      return { status: 200, type: 'text/csv; charset=Shift_JIS', body };
    },
  },
  {
    method: 'POST',
    path: 'transactions',
    summary: 'Puts transactions in, all or none',
    body: { type: 'array', items: seed },
    answers: { status: 201, what: '{ seeded }' },
    handle: seedTransactions,
  },
  {
    method: 'POST',
    path: 'transactions/{seqno}/{operation}',
    summary: `Does as a person at the console: ${Object.keys(CONSOLE_OPERATIONS).join(', ')}`,
    body: object({ amount: yen }),
    answers: { what: '{ lines }; 409 if refused' },
    handle: operate,
  },
  {
    method: 'POST',
    path: 'transmission',
    summary: '伝送 now',
    body: object({ shopId: text }),
    answers: { what: '{ transmitted }' },
    handle: async (gateway, { body }) => {
      const { shopId } = membersOf(body);
      const only = typeof shopId === 'string' ? { shopId } : {};
      return ok({ transmitted: await gateway.transmit(only) });
    },
  },
  {
    method: 'POST',
    path: 'drift/{kind}',
    summary: 'Makes F-REGI differ from the shop',
    body: object({ seqno: text, shopId: text, id: text, amount: yen }),
    answers: { what: `{ transactions } afterwards; kinds: ${Object.keys(DRIFTS).join(', ')}` },
    handle: drift,
  },
];

/**
 * Returns all transactions of a slip. F-REGI publishes no such inquiry, and a shop may be without
 * it.
 */
function inquire(gateway: FregiGateway, { query }: ApiRequest): ApiAnswer {
  const shopId = query.get('shopid') ?? '';
  if (!gateway.shop(shopId)?.inquiry)
    return problem(404, { en: 'this shop has no inquiry', ja: 'この店舗では照会を利用できません' });
  const found = gateway.ledger.ofSlip(shopId, query.get('id') ?? '');
  const transactions = found.map(({ seqno, authCode, state, amount }) => ({
    seqno,
    state,
    amount,
    authCode: authCode || null,
  }));
  return ok({ transactions });
}

function listTransactions(gateway: FregiGateway, { query }: ApiRequest): ApiAnswer {
  const all = findTransactions(gateway, query);
  const transactions = all.slice(0, limitOf(query, 10_000, 100_000)).map(shown);
  return ok({ count: all.length, transactions });
}

function findTransactions({ ledger }: FregiGateway, query: URLSearchParams): CardTransaction[] {
  const wanted = (transaction: CardTransaction) =>
    (['id', 'seqno', 'state'] as const).every(
      (name) => query.get(name) === null || transaction[name] === query.get(name),
    );
  return ledger.list(query.get('shopid') ?? undefined).filter(wanted);
}

function shown({ pan, ...rest }: CardTransaction) {
  return { ...rest, card: `…${pan.slice(-4)}` };
}

/** Puts the given transactions into the ledger, all of them or none. */
async function seedTransactions(gateway: FregiGateway, { body }: ApiRequest): Promise<ApiAnswer> {
  const read = readSeeds(gateway, body);
  if ('wrong' in read) return problem(400, read.wrong);
  await gateway.record(read.seeds.map((transaction) => ({ kind: 'opened', transaction })));
  return { status: 201, body: { seeded: read.seeds.length } };
}

async function operate(gateway: FregiGateway, { params, body }: ApiRequest): Promise<ApiAnswer> {
  const { seqno = '', operation = '' } = params;
  const amount = String(membersOf(body).amount ?? '');
  const lines = await operateAtConsole(gateway, seqno, operation, amount);
  if (lines === null)
    return problem(404, {
      en: 'no such transaction or operation',
      ja: '該当する取引または操作がありません',
    });
  return lines[0] === 'OK' ? ok({ lines }) : { status: 409, body: { lines } };
}

async function drift(gateway: FregiGateway, { params, body }: ApiRequest): Promise<ApiAnswer> {
  const made = driftOf(gateway, params.kind ?? '', membersOf(body));
  if ('wrong' in made) return problem(made.status, made.wrong);
  if (made.rules.length > 0) gateway.faults.set([...made.rules, ...gateway.faults.rules]);
  await gateway.record(made.events);
  const { shopId, id } = made.slip;
  return ok({ transactions: gateway.ledger.ofSlip(shopId, id).map(shown) });
}
