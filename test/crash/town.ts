import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newOrder } from '../../core/src/domain/order/place-order.ts';
import { createAuth } from '../../server/src/access/auth.ts';
import { saveMember } from '../../server/src/access/members.ts';
import { freePort } from '../../server/src/embedded/free-port.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { migrate } from '../../server/src/store/db/migrate.ts';
import { placeOrders } from '../../server/src/store/orders/order-place.ts';
import { saveShop } from '../../server/src/store/shops/shops.ts';
import { Cable } from '../kit/cable.ts';
import { Client } from '../kit/clients.ts';
import { incoming, TANAKA } from '../kit/orders.ts';
import { connect, openPostgres } from '../kit/postgres.ts';
import { owned } from '../kit/scope.ts';
import { seedLedger } from './ledger.ts';
import { type Ailment, type Child, SECRET, startSandbox, startServer } from './processes.ts';

/** Two shops: F-REGI answers the inquiries of one and not those of the other. */
export const SHOPS = [
  { shopId: 'hanamichi', name: '花道文具店', fregiShopId: '90001', inquiry: true },
  { shopId: 'minato', name: 'みなと珈琲', fregiShopId: '90002', inquiry: false },
] as const;
export type Shop = (typeof SHOPS)[number];

export const PASSWORD = 'a long enough password';
export const EMAIL = 'clerk@example.jp';

/** A durable PostgreSQL, the sandbox, and servers, each in a process of its own. */
export type Town = {
  readonly directory: string;
  readonly databaseUrl: string;
  readonly db: Db;
  readonly sandbox: Child;
  /** The running servers, by slot; a new server takes the slot of a killed one. */
  readonly servers: Child[];
  readonly sealFiles: readonly string[];
  /** The ailments of each server started from now on, by slot. */
  readonly ailments: Ailment[];
  /** The cable from each shop to the sandbox, by shop id; empty if they reach it directly. */
  readonly cables: ReadonlyMap<string, Cable>;
  startServer(slot: number): Promise<Child>;
  readonly database: Database;
  /** Places orders at a shop, authorized at the sandbox. Resolves to their numbers. */
  placeOrders(shop: Shop, count: number, into?: Db): Promise<string[]>;
  close(): Promise<void>;
};

export type Database = {
  readonly url: string;
  /** Ends the database as a power failure would, and starts it again, or another in its place. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

export type TownOptions = {
  readonly servers: number;
  readonly latencyMs: number;
  readonly real?: boolean;
  /** Puts a cable between each shop and the sandbox. */
  readonly cabled?: boolean;
  /** Opens the database in a directory; left out: one PostgreSQL of its own. */
  readonly openDatabase?: (directory: string) => Promise<Database>;
  /** The directory of the servers' marks; left out: beside everything else. */
  readonly marksDirectory?: string;
};

export async function openTown(options: TownOptions): Promise<Town> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-crash-'));
  const database = await (options.openDatabase ?? openOne)(join(directory, 'postgres'));
  const databaseUrl = database.url;
  const db = connect(databaseUrl, { max: 6 });
  await migrate(db);
  const sandbox = await startSandbox(join(directory, 'sandbox'), SHOPS, options.latencyMs);
  const cables = new Map<string, Cable>();
  for (const shop of SHOPS) {
    if (options.cabled) cables.set(shop.shopId, await layCable(sandbox.url));
    await openShop(db, cables.get(shop.shopId)?.url ?? sandbox.url, shop);
  }
  await employ({ db, databaseUrl }, { name: '田中', email: EMAIL });
  const sealFiles = Array.from({ length: options.servers }, (_, slot) => {
    return join(options.marksDirectory ?? directory, `seals-${slot}.jsonl`);
  });
  const town: Town = {
    directory,
    databaseUrl,
    db,
    sandbox,
    sealFiles,
    cables,
    database,
    servers: [],
    ailments: [],
    async startServer(slot) {
      const seals = sealFiles[slot] ?? join(directory, `seals-${slot}.jsonl`);
      const common = { databaseUrl, seals, real: options.real ?? false };
      const server = await startServer({ ...common, ...town.ailments[slot] });
      town.servers[slot] = server;
      return server;
    },
    placeOrders: (shop, count, into = db) => placeAt(into, sandbox.url, shop, count),
    close: owned(async () => {
      for (const server of town.servers) await server.kill();
      for (const cable of cables.values()) cable.cut();
      await sandbox.kill();
      await db.end();
      await database.stop();
      await rm(directory, { recursive: true, force: true });
    }),
  };
  for (let slot = 0; slot < options.servers; slot += 1) await town.startServer(slot);
  return town;
}

async function layCable(url: string): Promise<Cable> {
  const cable = new Cable(await freePort(), Number(new URL(url).port));
  await cable.mend();
  return cable;
}

async function openShop(db: Db, fregiUrl: string, shop: Shop): Promise<void> {
  const { shopId, name, inquiry, fregiShopId } = shop;
  await saveShop(db, {
    shopId,
    name,
    inquiry,
    linkEnabled: true,
    captureDeadlineDays: 60,
    fregi: {
      environment: 'sandbox',
      shopId: fregiShopId,
      baseUrl: `${fregiUrl}/connect/`,
      inquiryUrl: inquiry ? `${fregiUrl}/sandbox/v1/inquiry` : null,
    },
  });
}

/** Adds a person who works in both shops. Resolves to the person's session. */
export async function hire(town: Town, name: string): Promise<Client> {
  const email = `${randomUUID()}@example.jp`;
  await employ(town, { name, email });
  return Client.signIn(town.servers[0]?.url ?? '', email, PASSWORD);
}

async function employ(
  { db, databaseUrl }: Pick<Town, 'db' | 'databaseUrl'>,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<void> {
  const auth = createAuth({ databaseUrl, secret: SECRET, publicUrl: 'http://127.0.0.1' });
  const user = await auth.createUser({ name, email, password: PASSWORD });
  for (const { shopId } of SHOPS) await saveMember(db, { shopId, userId: user.id, role: 'clerk' });
  await auth.close();
}

async function placeAt(db: Db, sandboxUrl: string, shop: Shop, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, () => incoming());
  const held = orders.map(({ transaction, orderNumber: id }) => ({
    ...transaction,
    shopId: shop.fregiShopId,
    id,
    state: 'authorized',
  }));
  await seedLedger(sandboxUrl, held);
  await placeOrders(
    db,
    orders.map((order) => newOrder(shop.shopId, order)),
    TANAKA,
  );
  return orders.map(({ orderNumber }) => orderNumber);
}

/** Opens one PostgreSQL with all its durability. */
export async function openOne(directory: string): Promise<Database> {
  const home = { directory, port: await freePort() };
  let postgres = await openPostgres(home);
  return {
    url: postgres.url,
    async crash() {
      process.kill(postgres.pid, 'SIGQUIT'); // the signal that `pg_ctl stop -m immediate` sends
      await untilGone(postgres.pid);
      postgres = await openPostgres(home);
    },
    stop: () => postgres.stop(),
  };
}

/** Resolves once a process is gone. */
export async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
