import type { Role } from '../../core/src/domain/commands/permissions.ts';
import type { IncomingOrder } from '../../core/src/domain/order/place-order.ts';
import type { Timing } from '../../core/src/turns/timing.ts';
import type { Sandbox } from '../../sandbox/src/index.ts';
import { saveMember } from '../../server/src/access/members.ts';
import { createRenkei, type Renkei } from '../../server/src/assemble.ts';
import type { RenkeiOptions } from '../../server/src/assembly/options.ts';
import { freePort } from '../../server/src/embedded/free-port.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { saveShop } from '../../server/src/store/shops/shops.ts';
import { Client } from './clients.ts';
import { createTestDatabase } from './databases.ts';
import { incoming, place } from './orders.ts';
import { owned } from './scope.ts';
import { openSandbox } from './servers.ts';
import { asService } from './service.ts';
import { QUICK } from './timing.ts';

/** The whole system in one process on free ports: database, sandbox, API, screens. */
export type DevEnv = {
  readonly url: string;
  readonly db: Db;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly renkei: Renkei;
  /** The errors inside; a test that expects none looks here. */
  readonly errors: unknown[];
  /** Signs a new user in, with a role in a shop. */
  signIn(role: Role, shopId?: string): Promise<Client>;
  /** Places an order at Renkei, authorized at the sandbox. Resolves to its number. */
  order(changes?: Partial<IncomingOrder>, shopId?: string): Promise<string>;
  /** Ends the world before the test or the file does. */
  close(): Promise<void>;
};

export const SHOPS = [
  { shopId: 'hanamichi', name: '花道文具店', fregiShopId: '90001', inquiry: true },
  { shopId: 'minato', name: 'みなと珈琲', fregiShopId: '90002', inquiry: false },
] as const;

export const PASSWORD = 'a long enough password';

export type DevEnvOptions = {
  readonly timing?: Timing;
  readonly latencyMs?: number;
  readonly smtpUrl?: string;
  /** The hour of the digest. Left out, none goes out: a test would see one by the time of day. */
  readonly digestHour?: number;
  readonly waitMs?: number;
  /** The name of this machine in the address; passkeys need one. */
  readonly host?: 'localhost';
  readonly directory?: RenkeiOptions['directory'];
  readonly trustedProxies?: readonly string[];
  /** The address behind a TLS proxy; absent: the server's own. */
  readonly publicUrl?: string;
  readonly metricsToken?: string;
  readonly securityContact?: string;
  readonly onLog?: RenkeiOptions['log']['info'];
  readonly sealFile?: string;
  readonly measureRoom?: RenkeiOptions['measureRoom'];
  readonly jobMemoryMb?: number;
  readonly deliverEveryMs?: number;
  readonly pools?: RenkeiOptions['pools'];
  readonly mailAgeMaxMs?: number;
  /** Renkei's way to the database, if it is not the direct one. */
  readonly databaseUrlOf?: (url: string) => string;
};

export async function openDevEnv(options: DevEnvOptions = {}): Promise<DevEnv> {
  const database = await createTestDatabase();
  const sandbox = await openSandbox({
    directory: null,
    latencyMs: options.latencyMs ?? 0,
    shops: SHOPS.map(({ fregiShopId, name, inquiry }) => ({ shopId: fregiShopId, name, inquiry })),
  });
  for (const shop of SHOPS) await openShopAt(database.db, sandbox.url, shop);
  const errors: unknown[] = [];
  const { url, renkei } = await openRenkei(database.url, options, errors);
  const stop = owned(() => renkei.close());
  let people = 0;
  return {
    url,
    db: database.db,
    databaseUrl: database.url,
    sandbox,
    renkei,
    errors,
    async signIn(role, shopId = SHOPS[0].shopId) {
      people += 1;
      const email = `${role}-${people}@example.jp`;
      const name = `${role} ${people}`;
      const { auth } = renkei.backoffice;
      const { id: userId } = await auth.createUser({ name, email, password: PASSWORD });
      await saveMember(database.db, { shopId, userId, role });
      return Client.signIn(url, email, PASSWORD);
    },
    async order(changes = {}, shopId = SHOPS[0].shopId) {
      const order = incoming(changes);
      await authorizeAtSandbox(sandbox, order, shopId);
      await place(database.db, order, shopId);
      return order.orderNumber;
    },
    async close() {
      await stop();
      await sandbox.close();
    },
  };
}

/** Starts a Renkei that listens and works, like `npm run serve`. */
async function openRenkei(databaseUrl: string, options: DevEnvOptions, errors: unknown[]) {
  const port = await freePort();
  const url = `http://${options.host ?? '127.0.0.1'}:${port}`;
  const service = asService(databaseUrl);
  const renkei = await createRenkei({
    databaseUrl: options.databaseUrlOf?.(service) ?? service,
    publicUrl: options.publicUrl ?? url,
    authSecret: 'a secret of thirty-two characters or more',
    smtpUrl: options.smtpUrl ?? null,
    mailFrom: 'shop@example.jp',
    digestHour: options.digestHour ?? null,
    production: false,
    sealFile: options.sealFile ?? null,
    ...(options.measureRoom === undefined ? {} : { measureRoom: options.measureRoom }),
    ...(options.mailAgeMaxMs === undefined ? {} : { mailAgeMaxMs: options.mailAgeMaxMs }),
    ...(options.pools === undefined ? {} : { pools: options.pools }),
    ...(options.deliverEveryMs === undefined ? {} : { deliverEveryMs: options.deliverEveryMs }),
    ...(options.jobMemoryMb === undefined ? {} : { jobMemoryMb: options.jobMemoryMb }),
    timing: options.timing ?? QUICK,
    waitMs: options.waitMs ?? 4_000,
    ...(options.trustedProxies === undefined ? {} : { trustedProxies: options.trustedProxies }),
    ...(options.metricsToken === undefined ? {} : { metricsToken: options.metricsToken }),
    directory: options.directory ?? null,
    securityContact: options.securityContact ?? null,
    log: { info: options.onLog ?? (() => {}), error: (_facts, error) => void errors.push(error) },
  });
  await renkei.app.listen({ host: '127.0.0.1', port });
  renkei.work();
  return { url, renkei };
}

async function openShopAt(db: Db, sandboxUrl: string, shop: (typeof SHOPS)[number]): Promise<void> {
  await saveShop(db, {
    shopId: shop.shopId,
    name: shop.name,
    linkEnabled: true,
    inquiry: shop.inquiry,
    captureDeadlineDays: 60,
    fregi: {
      environment: 'sandbox',
      shopId: shop.fregiShopId,
      baseUrl: `${sandboxUrl}/connect/`,
      inquiryUrl: shop.inquiry ? `${sandboxUrl}/sandbox/v1/inquiry` : null,
    },
  });
}

async function authorizeAtSandbox(sandbox: Sandbox, order: IncomingOrder, shopId: string) {
  const { transaction, orderNumber } = order;
  if (transaction?.kind !== 'authorized') return;
  const shop = SHOPS.find((known) => known.shopId === shopId);
  const { seqno, authCode, amount, slipId = orderNumber } = transaction;
  const held = { shopId: shop?.fregiShopId, id: slipId, seqno, authCode, amount };
  const answer = await fetch(`${sandbox.url}/sandbox/v1/transactions`, {
    method: 'POST',
    body: JSON.stringify([{ ...held, state: 'authorized' }]),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}
