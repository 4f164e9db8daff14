import type { FastifyInstance } from 'fastify';
import { type Auth, createAuth } from '../access/auth.ts';
import { listMemberships } from '../access/members.ts';
import { mailReset } from '../access/password-resets.ts';
import { createCustomerInquiry } from '../fregi/customers.ts';
import type { Backoffice } from '../http/backoffice.ts';
import { FileSeats } from '../http/file-seats.ts';
import { ReadTurns } from '../http/read-turns.ts';
import { createServer } from '../http/server.ts';
import { StreamSeats } from '../http/stream-seats.ts';
import { JobProcesses } from '../jobs/job-processes.ts';
import { PLACES } from '../places.ts';
import { Verifier } from '../workers/audit/verifier.ts';
import type { DeskParts } from './desk.ts';
import type { Fregi } from './fregi.ts';
import type { Ground } from './ground.ts';
import type { Mailing } from './mail.ts';
import type { RenkeiOptions } from './options.ts';
import type { Workers } from './workers.ts';

/** The parts of a server, without HTTP. */
export type Parts = {
  readonly ground: Ground;
  readonly fregi: Fregi;
  /** The desk for people's requests, and the desk for work in the background. */
  readonly people: DeskParts;
  readonly background: DeskParts;
  readonly mail: Mailing;
  readonly workers: Workers;
};

/** The API and the screens, with the parts that serve them alone. */
export type Api = {
  readonly app: FastifyInstance;
  readonly backoffice: Backoffice;
  readonly auth: Auth;
  /** Ends open streams. */
  readonly closing: AbortController;
};

const WAIT_MS = 5_000;
/** The memory of a process, in MiB: twice the need of the largest allowed file. And its deadline. */
const JOB_MEMORY_MB = 1_536;
const FILE_MS = 10 * 60_000;
const REPORT_MS = 2 * 60_000;

/** Opens the API, which does not listen yet. */
export async function openApi(options: RenkeiOptions, parts: Parts): Promise<Api> {
  const { log, trustedProxies = [] } = options;
  const auth = openAuth(options, parts.ground);
  const closing = new AbortController();
  const backoffice = backofficeOf(options, parts, auth, closing.signal);
  const app = await createServer(backoffice, {
    webDirectory: PLACES.web,
    trustedProxies,
    onRequestDone: (line) => log.info({ at: 'http', ...line }),
    onError: (error) => log.error({ at: 'http' }, error),
  });
  return { app, backoffice, auth, closing };
}

function openAuth(
  { databaseUrl, authSecret, publicUrl, directory = null }: RenkeiOptions,
  { clock, pools }: Ground,
): Auth {
  return createAuth({
    databaseUrl,
    secret: authSecret,
    publicUrl,
    directory,
    now: clock.now,
    connections: pools.sessions,
  });
}

function backofficeOf(
  options: RenkeiOptions,
  { ground, fregi, people, background, mail, workers }: Parts,
  auth: Auth,
  closing: AbortSignal,
): Backoffice {
  const { databaseUrl, publicUrl } = options;
  const { databases, sealer, clock, metrics, measureRoom, onError } = ground;
  const db = databases.people;
  return {
    db,
    auth,
    metrics,
    metricsFor: metricsReaders(options),
    securityContact: options.securityContact ?? null,
    publicUrl,
    measureRoom,
    closing,
    now: clock.now,
    office: people.office,
    attendant: people.attendant,
    lookout: lookoutOf(people, background),
    bulk: workers.bulk,
    readLog: workers.readLog,
    mailReset: resetMailer(ground, mail, publicUrl),
    mail: { leaves: mail.outbox !== null, ageMaxMs: mail.ageMaxMs },
    findCustomer: createCustomerInquiry(fregi.line),
    verifier: new Verifier({ db, databaseUrl, marks: () => sealer.marks(), onError }),
    erasureList: ground.erasureList,
    ...openJobProcesses(options),
    fileSeats: new FileSeats(),
    streamSeats: new StreamSeats(),
    readTurns: new ReadTurns(),
    membershipsOf: (userId) => listMemberships(db, userId),
    links: options.links ?? { sandboxConsole: null, mailbox: null },
    waitMs: options.waitMs ?? WAIT_MS,
  };
}

function resetMailer(
  { databases, onError }: Ground,
  { post }: Mailing,
  publicUrl: string,
): Backoffice['mailReset'] {
  if (post === null) return null;
  const db = databases.people;
  return (email, from) => void mailReset({ db, post, publicUrl }, email, from).catch(onError);
}

function metricsReaders({ metricsToken = null, production }: RenkeiOptions) {
  if (metricsToken !== null) return { token: metricsToken };
  return production ? 'nobody' : 'everybody';
}

/**
 * People's desk looks at single orders; a whole sweep, for which no caller waits, runs in the
 * background.
 */
function lookoutOf(people: DeskParts, background: DeskParts): Backoffice['lookout'] {
  return {
    look: (ref, maxAgeMs) => people.lookout.look(ref, maxAgeMs),
    beginSweep: (shopId) => background.lookout.beginSweep(shopId),
  };
}

/** Opens separate processes for files and for reports, so that no report waits for a file. */
function openJobProcesses({
  databaseUrl,
  jobMemoryMb = JOB_MEMORY_MB,
}: RenkeiOptions): Pick<Backoffice, 'files' | 'reports'> {
  const common = { databaseUrl, memoryMb: jobMemoryMb };
  return {
    files: new JobProcesses({ ...common, count: 2, deadlineMs: FILE_MS, waitingMax: 1 }),
    reports: new JobProcesses({ ...common, count: 2, deadlineMs: REPORT_MS, waitingMax: 8 }),
  };
}
