import type { FastifyInstance } from 'fastify';
import { type Api, openApi, type Parts } from './assembly/api.ts';
import { createDesk } from './assembly/desk.ts';
import { connectFregi } from './assembly/fregi.ts';
import { layGround } from './assembly/ground.ts';
import { setUpMail } from './assembly/mail.ts';
import type { RenkeiOptions } from './assembly/options.ts';
import { hireWorkers } from './assembly/workers.ts';
import type { Backoffice } from './http/backoffice.ts';
import type { Worker } from './workers/rounds.ts';

export type Renkei = {
  readonly app: FastifyInstance;
  readonly backoffice: Backoffice;
  /** Starts the work in the background: due operations, runs, mails. */
  work(): void;
  /** Ends in good order: accepts no new requests, and waits for calls under way. */
  close(): Promise<void>;
};

const NO_SMTP = 'SMTP_URL is not set: no mail leaves, and all mails wait in the outbox';

/** Puts the server together, from the ground up. Only this file and `assembly/` know all parts. */
export async function createRenkei(options: RenkeiOptions): Promise<Renkei> {
  const ground = await layGround(options);
  const fregi = connectFregi(ground, options.production);
  const people = createDesk(ground, fregi.client, ground.databases.people);
  const background = createDesk(ground, fregi.client, ground.databases.background);
  const mail = setUpMail(options, ground);
  const workers = hireWorkers(options, ground, fregi, background);
  const parts: Parts = { ground, fregi, people, background, mail, workers };
  const api = await openApi(options, parts);
  return {
    app: api.app,
    backoffice: api.backoffice,
    work() {
      if (mail.outbox === null) options.log.info({ at: 'mail', leaves: false, why: NO_SMTP });
      for (const worker of workersOf(parts)) worker?.open();
    },
    close: () => closeInOrder(parts, api),
  };
}

/** The workers that a clock drives, in the order in which they start. */
function workersOf({ ground, fregi, background, mail, workers }: Parts): (Worker | null)[] {
  return [
    ground.clock,
    ground.sealer,
    fregi.circuit,
    workers.restorer,
    background.office,
    workers.bulk,
    mail.outbox,
    workers.confirmer,
    background.attendant,
    background.lookout,
    mail.digest,
    workers.tidier,
    workers.deliverer,
    workers.readLog,
    workers.streamer,
    workers.eraser,
    workers.proposals,
  ];
}

/**
 * Closes first the parts that begin work, then the parts that finish it, last the seals and
 * connections.
 */
async function closeInOrder(parts: Parts, { app, backoffice, auth, closing }: Api): Promise<void> {
  const { ground, fregi, people, background, mail, workers } = parts;
  const idle = closeAll(
    workers.tidier,
    fregi.circuit,
    workers.deliverer,
    workers.streamer,
    workers.eraser,
  );
  closing.abort();
  await app.close();
  await closeAll(backoffice.files, backoffice.reports);
  await closeAll(background.lookout, workers.bulk, workers.confirmer, mail.outbox);
  await idle;
  await closeAll(background.office, people.office);
  await closeAll(background.attendant, mail.digest, workers.proposals);
  await closeAll(workers.restorer, workers.readLog, backoffice.verifier, ground.clock);
  await ground.sealer.close();
  await auth.close();
  await ground.databases.close();
}

async function closeAll(...parts: readonly (Pick<Worker, 'close'> | null)[]): Promise<void> {
  await Promise.all(parts.map((part) => part?.close()));
}
