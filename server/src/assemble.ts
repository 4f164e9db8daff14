import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ComposeMail } from '@renkei/core/ports/mails.ts';
import { TIMING, type Timing } from '@renkei/core/turns/timing.ts';
import type { FastifyInstance } from 'fastify';
import { createAuth } from './access/auth.ts';
import { purgeTries } from './access/auth-store.ts';
import { listMemberships } from './access/members.ts';
import { purgeSignIns } from './access/sign-in-tries.ts';
import { createDesk, type Desk } from './desk.ts';
import { type Disks, isLow, measureRoom } from './disks.ts';
import { Circuit } from './fregi/circuit.ts';
import { createFregiGateway, type FregiContract } from './fregi/client.ts';
import { createCustomerInquiry } from './fregi/customers.ts';
import { createRedirectInquiry } from './fregi/redirect.ts';
import type { Backoffice } from './http/backoffice.ts';
import { FileSeats } from './http/file-seats.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { createServer } from './http/server.ts';
import { createSmtp } from './mail/smtp.ts';
import { composeMail } from './services/compose-mail.ts';
import { beginOutage, endOutage, listOutages } from './store/attention/outages.ts';
import { createPgSafeModes } from './store/audit/safe-mode.ts';
import { createClock } from './store/db/clock.ts';
import { type Connection, createDb, type Db } from './store/db/db.ts';
import { migrate } from './store/db/migrate.ts';
import { POOLS, type Pools } from './store/db/pools.ts';
import { foldTallies } from './store/lists/order-list.ts';
import { purgeSelections } from './store/lists/selections.ts';
import { MAIL_AGE_MAX_MS } from './store/mails/late-mails.ts';
import { createPgMails } from './store/mails/pg-mails.ts';
import { createPgRedirectPayments } from './store/payments/pg-redirect-payments.ts';
import { createPgRuns } from './store/runs/pg-runs.ts';
import { loadShop } from './store/shops/shops.ts';
import { noteDeliveryLook } from './store/subscriptions/delivery-looks.ts';
import { createPgDeliveries } from './store/subscriptions/pg-deliveries.ts';
import { Threads } from './threads/threads.ts';
import { Bulk } from './workers/bulk.ts';
import { Confirmer } from './workers/confirmer.ts';
import { deliverDue } from './workers/deliver.ts';
import { Digest } from './workers/digest.ts';
import { Outbox } from './workers/outbox.ts';
import { Restorer, sweepShops } from './workers/restorer.ts';
import { Rounds } from './workers/rounds.ts';
import { createSealer, type Sealer } from './workers/sealer.ts';
import { Verifier } from './workers/verifier.ts';

/** What a running Renkei is made of, given by main.ts, the demo and the tests. */
export type RenkeiOptions = {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly authSecret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** After this time a mail does not go out by itself; left out: a day. */
  readonly mailAgeMaxMs?: number;
  readonly production: boolean;
  /** The file outside of the database to which the audit's seals are written; null: none. */
  readonly sealFile: string | null;
  /** Where the database keeps its files, if that is on this machine: its room is measured. */
  readonly databaseDirectory?: string;
  /** Those of the other servers on the same database. */
  readonly otherSealFiles?: readonly string[];
  readonly links?: Backoffice['links'];
  readonly log: Log;
  /** Connections to the database; what is left out is as {@link POOLS} has it. */
  readonly pools?: Partial<Pools>;
  /** Bulk runs that this process carries out at a time; left out: as many as bulk.ts has it. */
  readonly runsMax?: number;
  /** Waits and deadlines; tests make them short. */
  readonly timing?: Timing;
  /** How room on disks is measured; tests have disks that are as full as they like. */
  readonly measureRoom?: typeof measureRoom;
  readonly waitMs?: number;
  /** The hour in Japan from which the daily digest goes out; null sends none. */
  readonly digestHour?: number | null;
  /** How often deliveries are looked for, in milliseconds. */
  readonly deliverEveryMs?: number;
  /** The most memory, in MiB, of a thread that reads files or makes reports. */
  readonly threadMemoryMb?: number;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed; none when left out. */
  readonly trustedProxies?: readonly string[];
};

/** Where lines about what happens go: never with a secret or a card in them. */
export type Log = {
  readonly info: (facts: Readonly<Record<string, unknown>>) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, error: unknown) => void;
};

export type Renkei = {
  readonly app: FastifyInstance;
  readonly backoffice: Backoffice;
  /** Begins to take up what is due: operations, runs, mails. */
  work(): void;
  /** Ends in good order: no new requests, the calls underway are waited for. */
  close(): Promise<void>;
};

const NO_SMTP = 'SMTP_URL is not set: no mail leaves, all of them wait in the outbox';
const WEB_DIRECTORY = fileURLToPath(new URL('../../web/dist', import.meta.url));
const WAIT_MS = 5_000;
const TIDY_MS = 60_000;
/** How often deliveries of subscriptions are looked for (B4). */
const DELIVER_MS = 60_000;
const DIGEST_HOUR = 8;
/** What reading the largest file that is taken needs, twice over; and how long it may take. */
const THREAD_MEMORY_MB = 1_536;
const FILE_MS = 10 * 60_000;
const REPORT_MS = 2 * 60_000;

/** Puts everything together. This is the only place that knows all the parts. */
export async function createRenkei(options: RenkeiOptions): Promise<Renkei> {
  const { databaseUrl, publicUrl, authSecret, log, timing = TIMING } = options;
  const onError = (error: unknown) => log.error({ at: 'background' }, error);
  const pools = { ...POOLS, ...options.pools };
  const onConnect = (client: Connection) => lookFirst(client);
  const db = createDb(databaseUrl, { max: pools.people, onConnect });
  const background = createDb(databaseUrl, { max: pools.background, onConnect });
  let lookFirst: Sealer['checkConnection'] = async () => {};
  const metrics = createMetrics();
  await migrate(db);
  const stopwatch = () => performance.now();
  const clock = await createClock({ db: background, stopwatch, onError });
  const { now } = clock;

  const { sealFile, otherSealFiles = [] } = options;
  const marked = { file: sealFile, others: otherSealFiles };
  const sealer = await createSealer({ db: background, ...marked, onError });
  await sealer.check(); // a database that was restored to the past is found out before any work
  lookFirst = (client) => sealer.checkConnection(client); // also while we run
  const verifier = new Verifier({ db, databaseUrl, marks: () => sealer.marks(), onError });
  const contractOf = contracts(db, options.production);
  const heard = { timing, metrics, log, onError };
  const { circuit, client } = connectFregi(background, contractOf, heard);
  const shared = { client, marks: sealer, timing, metrics, now, stopwatch, onError };
  const onOfficeError: Parameters<typeof createDesk>[0]['onOfficeError'] = (error, ref) =>
    log.error({ at: 'office', ...ref }, error);
  const people = createDesk({ ...shared, db, onOfficeError });
  const desk = createDesk({ ...shared, db: background, onOfficeError });
  const { office, attendant, lookout } = desk;
  const restorer = new Restorer({
    safeModes: createPgSafeModes(background),
    world: desk.world,
    onError,
    compareAll: (isOver) => sweepShops(background, lookout, isOver),
  });
  const bulkRuns = options.runsMax === undefined ? {} : { runsMax: options.runsMax };
  const bulk = new Bulk({ runs: createPgRuns(background), office, onError, ...bulkRuns });
  const inquire = createRedirectInquiry(contractOf);
  const payments = createPgRedirectPayments(background);
  const confirmer = new Confirmer({ payments, office, inquire, now, onError });
  const { smtpUrl, mailFrom } = options;
  const auth = createAuth({
    databaseUrl,
    secret: authSecret,
    publicUrl,
    now,
    connections: pools.sessions,
  });
  const post = smtpUrl === null ? null : createSmtp({ smtpUrl, from: mailFrom, now });
  const { mailAgeMaxMs = MAIL_AGE_MAX_MS } = options;
  const compose: ComposeMail = (ref, wanted) => composeMail(background, ref, wanted);
  const mails = createPgMails(background, compose, mailAgeMaxMs);
  const outbox = post && new Outbox({ mails, post, marks: sealer, stopwatch, onError });
  const { digestHour = DIGEST_HOUR } = options;
  const digest =
    digestHour === null
      ? null
      : new Digest({ db: background, publicUrl, hour: digestHour, onError });

  const { files, reports } = openThreads(options);
  const disks = disksOf(options);
  const measure = () => (options.measureRoom ?? measureRoom)(disks);
  const closing = new AbortController();
  const backoffice: Backoffice = {
    db,
    bulk,
    auth,
    metrics,
    publicUrl,
    now,
    office: people.office,
    attendant: people.attendant,
    lookout: lookoutOf(people, desk),
    mail: { leaves: post !== null, ageMaxMs: mailAgeMaxMs },
    measureRoom: measure,
    findCustomer: createCustomerInquiry(contractOf),
    verifier,
    files,
    fileSeats: new FileSeats(),
    reports,
    membershipsOf: (userId) => listMemberships(db, userId),
    links: options.links ?? { sandboxConsole: null, mailbox: null },
    waitMs: options.waitMs ?? WAIT_MS,
    closing: closing.signal,
  };
  const app = await createServer(backoffice, {
    webDirectory: WEB_DIRECTORY,
    trustedProxies: options.trustedProxies ?? [],
    onRequestDone: (line) => log.info({ at: 'http', ...line }),
    onError: (error) => log.error({ at: 'http' }, error),
  });

  const delivering = new Rounds(() => deliver({ db: background, office, now, onError }), onError);
  const tidying = new Rounds(
    () => Promise.all([tidyUp(background), watchRoom(measure, log)]),
    onError,
  );
  return {
    app,
    backoffice,
    work() {
      if (post === null) log.info({ at: 'mail', leaves: false, why: NO_SMTP });
      clock.open();
      sealer.open();
      circuit.open(timing.lookMs);
      restorer.open(timing.lookMs);
      office.open();
      bulk.open();
      outbox?.open();
      confirmer.open();
      attendant.open();
      lookout.open();
      digest?.open();
      tidying.open(TIDY_MS);
      delivering.open(options.deliverEveryMs ?? DELIVER_MS);
    },
    async close() {
      const idle = Promise.all([tidying.close(), circuit.close(), delivering.close()]);
      closing.abort();
      await app.close();
      await Promise.all([files.close(), reports.close()]);
      await Promise.all([lookout.close(), bulk.close(), confirmer.close(), outbox?.close()]);
      await idle;
      await Promise.all([office.close(), people.office.close()]);
      await Promise.all([attendant.close(), digest?.close()]);
      await Promise.all([restorer.close(), verifier.close(), clock.close()]);
      await sealer.close();
      await auth.close();
      await Promise.all([db.end(), background.end()]);
    },
  };
}

/** People look at an order; a whole sweep, for which its caller does not wait, is background. */
function lookoutOf(people: Desk, background: Desk): Backoffice['lookout'] {
  return {
    look: (ref, maxAgeMs) => people.lookout.look(ref, maxAgeMs),
    beginSweep: (shopId) => background.lookout.beginSweep(shopId),
  };
}

type Hearers = Pick<RenkeiOptions, 'log'> & {
  readonly timing: Timing;
  readonly metrics: Metrics;
  readonly onError: (error: unknown) => void;
};

/** The client of F-REGI; the circuit, the metrics and the log hear how each of its calls ends. */
function connectFregi(
  db: Db,
  contractOf: (shopId: string) => Promise<FregiContract>,
  { timing, metrics, log, onError }: Hearers,
) {
  const circuit = new Circuit({
    outages: {
      begin: (shopId, cause) => beginOutage(db, shopId, cause),
      end: (shopId) => endOutage(db, shopId),
      list: () => listOutages(db),
    },
    baseUrlOf: async (shopId) => (await contractOf(shopId)).baseUrl,
    onError,
  });
  const client = createFregiGateway({
    contractOf,
    callMs: timing.callMs,
    queueMs: timing.queueMs,
    onCall({ shopId, call, answer, tookMs }) {
      circuit.heard(shopId, answer);
      const verb = call.path.replace('.cgi', '');
      metrics.gatewayCalls.observe({ verb, answer: answer.kind }, tookMs / 1000);
      log.info({ at: 'fregi', shopId, ...call, answer, tookMs: Math.round(tookMs) });
    },
  });
  return { circuit, client };
}

/** B4: the deliveries that are due; where that fails, 要対応 can tell. */
async function deliver({
  db,
  office,
  now,
  onError,
}: Pick<Backoffice, 'db' | 'office' | 'now'> & Pick<Hearers, 'onError'>): Promise<void> {
  try {
    await deliverDue(createPgDeliveries(db), office, now());
  } catch (error) {
    await noteDeliveryLook(db, 'failed').catch(onError);
    throw error;
  }
}

/** What nobody waits for: folds the tallies together, and forgets what has expired. */
async function tidyUp(db: Db): Promise<void> {
  await foldTallies(db);
  await purgeSelections(db);
  await purgeTries(db);
  await purgeSignIns(db);
}

/** Files and reports have threads of their own, so that no report waits for a file. */
function openThreads({ databaseUrl, threadMemoryMb = THREAD_MEMORY_MB }: RenkeiOptions): {
  readonly files: Threads;
  readonly reports: Threads;
} {
  const common = { databaseUrl, memoryMb: threadMemoryMb };
  return {
    files: new Threads({ ...common, count: 2, deadlineMs: FILE_MS, waitingMax: 1 }),
    reports: new Threads({ ...common, count: 2, deadlineMs: REPORT_MS, waitingMax: 8 }),
  };
}

function disksOf({ sealFile, databaseDirectory }: RenkeiOptions): Disks {
  return {
    ...(sealFile === null ? {} : { marks: dirname(sealFile) }),
    ...(databaseDirectory === undefined ? {} : { database: databaseDirectory }),
  };
}

/** F35: tells of a disk that is nearly full while nothing has come of it yet. */
async function watchRoom(measure: Backoffice['measureRoom'], log: Log): Promise<void> {
  for (const room of (await measure()).filter(isLow)) {
    log.error({ at: 'disk', ...room }, new Error(`the disk of the ${room.disk} is nearly full`));
  }
}

const CONTRACT_MS = 5_000;

/** The shops' contracts at F-REGI, remembered for a few seconds. */
function contracts(db: Db, production: boolean): (shopId: string) => Promise<FregiContract> {
  const known = new Map<string, { readonly contract: FregiContract; readonly until: number }>();
  return async (shopId) => {
    const found = known.get(shopId);
    if (found !== undefined && performance.now() < found.until) return found.contract;
    const shop = await loadShop(db, shopId);
    if (shop === null) throw new Error(`no shop ${shopId}`);
    const { environment, shopId: fregiShopId, baseUrl, inquiryUrl } = shop.fregi;
    if (production && environment === 'sandbox') throw new Error('the sandbox is no gateway here');
    const contract = { fregiShopId, baseUrl, inquiryUrl };
    known.set(shopId, { contract, until: performance.now() + CONTRACT_MS });
    return contract;
  };
}
