import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { attentionQuerySchema } from '@renkei/contract/attention/attention.ts';
import { orderListQuerySchema } from '@renkei/contract/lists/order-list.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Neighbour, openNeighbour } from '../../../test/kit/neighbour.ts';
import { incoming, TANAKA } from '../../../test/kit/orders.ts';

/** Each function of the store that works for a shop, called for one shop with another's rows. */
const STORE = fileURLToPath(new URL('../../src/store', import.meta.url));
let neighbour: Neighbour;
const functions = new Map<string, (...args: unknown[]) => unknown>();
beforeAll(async () => {
  neighbour = await openNeighbour();
  const files = await readdir(STORE, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    for (const [name, value] of Object.entries(await import(`${STORE}/${file}`))) {
      const isCode = typeof value === 'function' && !/^class /.test(value.toString());
      if (isCode) functions.set(name, value as (...args: unknown[]) => unknown);
    }
  }
});

const OWN = 'hanamichi';
type Arguments = (n: Neighbour['ids']) => readonly unknown[];
const at = { from: '2020-01-01', to: '2030-01-01' };
const ref = (n: Neighbour['ids']) => ({ shopId: OWN, orderNumber: n.orderNumber });
const change = (n: Neighbour['ids']) => ({
  shopId: OWN,
  code: n.subscription,
  version: 1,
  actor: TANAKA,
  today: '2026-11-14',
});

const PROPOSAL = {
  command: { kind: 'unmark_paid', refund: true },
  by: TANAKA,
  at: Date.parse('2090-01-01'),
};

/** The arguments after the database: the own shop, and the neighbour's keys. */
const CALLS: Readonly<Record<string, Arguments>> = {
  changesOf: () => [OWN, []],
  writeChanges: () => [OWN, { opened: [], changed: [], agreed: [] }],
  listAttention: (n) => [OWN, n.member, attentionQuerySchema.parse({})],
  loadAttention: (n) => [OWN, n.attention],
  loadAttentionLog: (n) => [OWN, n.attention],
  countAttention: (n) => [OWN, n.member],
  changeAttention: (n) => [
    { shopId: OWN, id: n.attention, version: 1 },
    { snoozedUntil: null },
    TANAKA,
  ],
  closeAttention: (n) => [{ shopId: OWN, id: n.attention, version: 1 }, 'x', TANAKA],
  logRepair: (n) => [{ shopId: OWN, id: n.attention }, TANAKA, {}],
  loadCoverage: () => [OWN],
  listClosings: () => [OWN],
  loadClosing: () => [OWN, { from: '2020-01-01', to: '2020-01-31' }],
  loadComparisonFacts: (n) => [OWN, [n.orderNumber]],
  listReaders: () => [OWN],
  wasDigested: () => [OWN, '2026-11-14'],
  listStrays: () => [OWN, 100],
  wasSeen: (n) => [OWN, n.fileHash],
  listSightings: () => [OWN, { source: null, limit: 100 }],
  endOutage: () => [OWN],
  loadBothSides: () => [OWN, at, null],
  findFirstRecord: () => [OWN, '2030-01-01'],
  loadClosed: () => [OWN],
  dayAsked: () => [OWN, { dayConfirmed: false, isOver: true }],
  loadReviewAnswer: (n) => [{ shopId: OWN, operationId: n.operation }],
  keepReviewAnswer: (n) => [
    { shopId: OWN, operationId: n.operation },
    null,
    { answer: {}, actor: TANAKA, confirmedBy: null },
  ],
  declineAnswer: (n) => [{ shopId: OWN, operationId: n.operation }, TANAKA],
  readLook: (n) => [ref(n)],
  nextToLook: () => [OWN, Date.now(), '', 100],
  finishSweep: (n) => [
    { shopId: OWN, id: n.sweep },
    { looked: 1, failed: 0, done: true },
  ],
  endSweepsBefore: () => [OWN, Date.now()],
  loadSweep: (n) => [OWN, n.sweep],
  loadSweeps: () => [OWN],
  listActivity: (n) => [OWN, { limit: 500, orderNumber: n.orderNumber }],
  listActors: () => [OWN],
  findRecordDiffering: () => [OWN],
  findOtherActor: () => [OWN],
  findOperationChanged: (n) => [OWN, [[`operation:${n.operation}`, 1, '00']]],
  countReviews: () => [OWN],
  listSeals: () => [OWN, 0, 100],
  listSettingsLog: () => [OWN, { before: null, limit: 100 }],
  noteVerification: (n) => [{ shopId: OWN, id: n.verification }, 99],
  endVerification: (n) => [
    { shopId: OWN, id: n.verification },
    { outcome: 'cancelled', found: null },
  ],
  cancelVerification: () => [OWN],
  loadVerifications: () => [OWN],
  findMissing: (n) => [OWN, [n.orderNumber]],
  listFileAnswers: () => [OWN],
  saveFileAnswer: () => [
    { shopId: OWN, actor: TANAKA },
    { kind: 'payment_method', asked: '後払い', answer: 'other' },
  ],
  listCsvLayouts: () => [OWN],
  loadCsvLayout: (n) => [OWN, n.layout],
  changeCsvLayout: (n) => [
    { shopId: OWN, actor: TANAKA },
    { id: n.layout, version: 1 },
    { name: 'x', per: 'order', encoding: 'utf-8', columns: [] },
  ],
  deleteCsvLayout: (n) => [{ shopId: OWN, actor: TANAKA }, n.layout],
  listDeadlines: () => [OWN, { limit: 100 }],
  sumDeadlines: () => [OWN],
  sumWeeks: () => [OWN],
  readSelectedOrders: (n) => [OWN, n.selection],
  readNewestOrders: () => [OWN, 100],
  loadHome: () => [OWN, ['card_fregi']],
  listViews: (n) => [{ shopId: OWN, userId: n.viewer }],
  changeView: (n) => [{ shopId: OWN, userId: n.viewer }, n.view, { name: 'x', filter: {} }],
  deleteView: (n) => [{ shopId: OWN, userId: n.viewer }, n.view],
  loadBalanceSums: () => [OWN, at],
  listOrders: () => [OWN, orderListQuerySchema.parse({})],
  insertSelection: () => [OWN, orderListQuerySchema.parse({}), TANAKA],
  loadSelection: (n) => [OWN, n.selection],
  listSelected: (n) => [OWN, n.selection, { from: 0, limit: 100 }],
  listSelectedNumbers: (n) => [OWN, n.selection],
  listReads: () => [OWN, { from: 0, to: Date.now(), limit: 100, offset: 0 }],
  countWaitingMails: () => [OWN, 0],
  listLateMails: () => [OWN, { ageMaxMs: 0, limit: 100 }],
  decideLateMails: (n) => [{ shopId: OWN, actor: TANAKA }, { decision: 'drop', ids: [n.mail] }, 0],
  listMails: (n) => [ref(n)],
  loadOwner: (n) => [OWN, n.seqno],
  wasImported: (n) => [OWN, n.fileHash],
  findTakenSeqnos: () => [OWN, [incoming()]],
  judgeOrders: () => [OWN, [incoming()]],
  listMovements: () => [OWN, 0, 100],
  loadOrders: (n) => [OWN, [n.orderNumber]],
  loadOrderFile: (n) => [ref(n)],
  loadOrder: (n) => [ref(n)],
  loadOperation: (n) => [OWN, n.operation],
  findOperationByKey: (n) => [OWN, n.key],
  loadJournal: (n) => [ref(n)],
  loadSentOrders: (n) => [OWN, [n.orderNumber]],
  wasRun: (n) => [OWN, n.fileHash],
  ringAtNotice: (n) => [OWN, n.settleno],
  ringForPerson: (n) => [ref(n)],
  listInvitations: () => [OWN],
  withdrawInvitation: (n) => [{ shopId: OWN, id: n.invitation }, TANAKA],
  findMember: (n) => [OWN, n.member],
  listMembers: () => [OWN],
  countRunRows: (n) => [OWN, [n.run]],
  loadRunRows: (n) => [{ shopId: OWN, id: n.run }],
  loadRun: (n) => [OWN, n.run],
  listRuns: () => [OWN, 100],
  controlRun: (n) => [{ shopId: OWN, id: n.run, actor: TANAKA }, 'stop'],
  listMailTemplates: () => [OWN],
  loadMailTemplate: () => [OWN, 'thanks'],
  resetMailTemplate: () => [{ shopId: OWN, actor: TANAKA }, 'thanks'],
  loadShop: () => [OWN],
  changeSettings: () => [{ shopId: OWN, actor: TANAKA }, 99, { captureDeadlineDays: 31 }],
  saveSchedule: (n) => [
    { shopId: OWN, code: n.subscription, lastDelivery: 9, nextDeliveryOn: '2030-01-01' },
  ],
  loadDeliveryJob: () => [OWN],
  changeSubscription: (n) => [change(n), { nextDeliveryOn: '2030-01-01' }],
  changeContent: (n) => [change(n), {}, {}],
  skipDelivery: (n) => [change(n)],
  settleOverdue: (n) => [change(n), { answer: 'skip', seen: 0 }, Date.now()],
  restoreDelivery: (n) => [change(n)],
  cancelSubscription: (n) => [change(n)],
  findMailedChange: () => [OWN, 'account 1 1'],
  loadSubscription: (n) => [OWN, n.subscription],
  listSubscriptions: () => [OWN, { limit: 100 }],
  countSubscriptions: () => [OWN],
  listDeliveries: (n) => [OWN, [n.subscription], 100],
  listOverdue: () => [OWN, '2090-12-31'],
  findOrdersOf: (n) => [OWN, { by: 'orders', orderNumbers: [n.orderNumber] }, 100],
  findApplicationsOf: () => [OWN, { by: 'name', value: '田中' }, 100],
  nextDue: () => [OWN, { years: 0, after: null, limit: 100 }],
  listDueApplications: () => [OWN, 0, 100],
  loadWaits: (n) => [ref(n)],
  eraseApplication: (n) => [{ shopId: OWN, code: n.subscription, actor: TANAKA, cause: 'request' }],
  certify: () => [OWN, async () => {}],
  listCertificates: () => [OWN, 100],
  listSecondPersons: () => [{ shopId: OWN, proposal: PROPOSAL, memberDays: 0 }],
  agreeToFile: (n) => [OWN, n.fileHash, TANAKA],
};

/** Why a function is not called here, and the functions of which that is true. */
const NOT_CALLED: Readonly<Record<string, string>> = {
  'it only adds rows of the shop that it is given': `
    logAct noteReport noteExport queueDigest recordSighting beginOutage beginSweep closePeriod
    insertCsvLayout insertView queueMail queueTestMail queuePlacementMails importOrders placeOrder
    placeOrders insertRun insertShop saveShop saveInvitation insertSubscription logSubscription
    logSettings beginVerification saveMailTemplate makeDeliveries noteOrigin compareWithSeen
    changeContract judgePlacing comparing queueSecondPersonMail`,
  'it works for all shops, in the background or for whoever runs the server': `
    nextTouched forgetTouched touchUnknown touchDeadlines readClock listOutages listHolds
    listShopsToSweep loadSafeMode enterSafeMode enterSafeModeOn enterSafeModeNow releaseSafeMode
    createPgSafeModes sealNow listLackedSeals listForgotten listSealsAfter listLastSeals
    foldTallies purgeSelections createPgMails listShops noteDeliveryRound createPgDeliveries
    createPgRedirectPayments createPgRuns ageOfUnresolved countOpenByShop sumAtRiskByShop
    withAuditBook checkWritable createClock claimStream listUnstreamed noteStreamed
    listExpired listUntold listUncertified findReturned`,
  'it concerns a person or a secret, not a shop': `
    logAccess logFailedSignIn saveReads findAccount findInvitation acceptInvitation nameActor rename
    listPasskeys addPasskey removePasskey findPasskey usePasskey keepChallenge takeChallenge`,
  'it gives what another function here reads as maps': 'loadFileAnswers',
  'its contract runs on two shops in its own test': 'createPgStore turnOn readPages writePages',
};

describe('S8: each function of the store for one shop', () => {
  test('has a call here, or a reason', () => {
    const reasons = Object.values(NOT_CALLED).flatMap((names) => names.trim().split(/\s+/));
    const takesDb = [...functions].flatMap(([name, code]) =>
      /^(?:async )?function\*? \w+\(\s*(?:db|client)\b/.test(
        code.toString().replace('async function*', 'function*'),
      )
        ? name
        : [],
    );
    const technical =
      /^(transaction|transactionOn|migrate|listTables|prepareServiceRole|grantService)$/;
    const named = [...Object.keys(CALLS), ...reasons];
    expect(takesDb.filter((name) => !named.includes(name) && !technical.test(name))).toEqual([]);
    expect(named.filter((name) => !functions.has(name))).toEqual([]);
  });

  test.each(Object.entries(CALLS))(
    '%s finds and changes nothing of another',
    async (name, call) => {
      const { env, ids, marks } = neighbour;
      const before = await neighbour.rows();
      const given = call(ids);
      const found = await answerOf(functions.get(name)?.(env.db, ...given));
      const said = JSON.stringify(found ?? null);
      const asked = JSON.stringify(given);
      expect(marks.filter((mark) => said.includes(mark) && !asked.includes(mark))).toEqual([]);
      if (/^(load|find)/.test(name) && asked.includes(ids.orderNumber))
        expect(said).not.toContain('髙');
      expect(await neighbour.rows()).toEqual(before);
    },
  );
});

/** What the neighbour has no row of: its statements were read instead. */
const BLIND = [
  'wasDigested',
  'listStrays',
  'findRecordDiffering',
  'findOtherActor',
  'findOperationChanged',
  'countReviews',
  'loadBalanceSums',
  'findTakenSeqnos',
  'listMovements',
  'loadDeliveryJob',
  'listReads',
  'findApplicationsOf',
  'listDueApplications',
  'listCertificates',
];

test('the same calls find the rows in their own shop, so the test above can fail', async () => {
  const { env, ids, shopId } = neighbour;
  const inTheirs = (given: readonly unknown[]) =>
    JSON.parse(JSON.stringify(given).replaceAll(`"${OWN}"`, `"${shopId}"`)) as unknown[];
  const blind: string[] = [];
  for (const [name, call] of Object.entries(CALLS)) {
    if (!/^(load|list|find|count|was|sum|read)/.test(name)) continue;
    const given = call(ids);
    const own = JSON.stringify(await answerOf(functions.get(name)?.(env.db, ...given)));
    const theirs = await answerOf(functions.get(name)?.(env.db, ...inTheirs(given)));
    if (JSON.stringify(theirs) === own) blind.push(name);
  }
  expect(blind.filter((name) => !BLIND.includes(name))).toEqual([]);
});

/** Returns what a call resolves to, or yields; a refusal of the database or of ours is an answer. */
async function answerOf(called: unknown): Promise<unknown> {
  try {
    if (typeof called === 'object' && called !== null && Symbol.asyncIterator in called) {
      const all: unknown[] = [];
      for await (const some of called as AsyncIterable<unknown>) all.push(some);
      return all;
    }
    const found = await called;
    return found instanceof Map ? [...found] : found;
  } catch (error) {
    // A wrong argument would prove nothing.
    if (error instanceof TypeError) throw error;
    if (error instanceof Error && 'code' in error && !String(error.code).startsWith('23'))
      throw error;
    return null;
  }
}
