import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../sandbox/src/index.ts';
import { createRenkei, type Renkei } from '../server/src/assemble.ts';
import type { Log } from '../server/src/assembly/options.ts';
import { openForService } from '../server/src/assembly/service.ts';
import { startPostgres } from '../server/src/embedded/postgres.ts';
import { keptSecret } from '../server/src/secrets.ts';
import { createDb, type Db } from '../server/src/store/db/db.ts';
import { DEMO_SHOPS } from './data/shops.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { hirePeople, openShops, seedOrders } from './seed.ts';

/** A whole world on one machine: database, F-REGI sandbox, mailbox, Renkei, and a busy shop. */
export type World = {
  readonly url: string;
  readonly password: string;
  readonly db: Db;
  readonly sandbox: Sandbox;
  readonly mailbox: Mailbox;
  readonly renkei: Renkei;
  /** The number of orders made; 0 if they existed already. */
  readonly seeded: number;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly directory: string;
  readonly databaseUrl: string | null;
  readonly ports: Readonly<Record<'renkei' | 'sandbox' | 'smtp' | 'mailbox', number>>;
  readonly log: Log;
};

export async function openWorld(options: WorldOptions): Promise<World> {
  const { directory, ports, log } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const postgres =
    options.databaseUrl === null
      ? await startPostgres({ directory: join(directory, 'postgres') })
      : null;
  const databaseUrl = options.databaseUrl ?? postgres?.url ?? '';
  const serviceUrl = postgres === null ? databaseUrl : await openForService(databaseUrl, directory);
  const sandbox = await createSandbox({
    port: ports.sandbox,
    directory: join(directory, 'sandbox'),
    shops: DEMO_SHOPS.map(({ fregiShopId, name, inquiry }) => ({
      shopId: fregiShopId,
      name,
      inquiry,
      challengeReturnUrl: `http://127.0.0.1:${ports.renkei}/v1/cardholder/return`,
    })),
  });
  const mailbox = await openMailbox({ smtp: ports.smtp, page: ports.mailbox });
  const url = `http://127.0.0.1:${ports.renkei}`;
  const renkei = await createRenkei({
    databaseUrl: serviceUrl,
    publicUrl: url,
    log,
    authSecret: await keptSecret(directory, 'auth-secret'),
    smtpUrl: mailbox.smtpUrl,
    mailFrom: 'shop@demo.example',
    production: false,
    sealFile: join(directory, 'seals.jsonl'),
    links: { sandboxConsole: `${sandbox.url}/sandbox/console`, mailbox: mailbox.pageUrl },
  });
  const db = createDb(databaseUrl, { max: 4 });
  const password = await keptSecret(directory, 'demo-password');
  await openShops(db, sandbox.url);
  await askForNotices(sandbox, url);
  await hirePeople(db, renkei.backoffice.auth, password);
  const seeded = await seedOrders(db, sandbox, Date.now());
  await renkei.app.listen({ host: '127.0.0.1', port: ports.renkei });
  renkei.work();
  return {
    url,
    password,
    db,
    sandbox,
    mailbox,
    renkei,
    seeded,
    async close() {
      await renkei.close();
      await db.end();
      await mailbox.close();
      await sandbox.close();
      await postgres?.stop();
    },
  };
}

/**
 * Tells F-REGI where to send notices of store payments; the address may differ from the last start.
 */
async function askForNotices({ gateway }: Sandbox, url: string): Promise<void> {
  for (const { shopId, fregiShopId } of DEMO_SHOPS) {
    const completionNoticeUrl = `${url}/v1/notices/${shopId}/completion`;
    await gateway.changeShop(fregiShopId, { completionNoticeUrl });
  }
}
