import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAuth } from './access/auth.ts';
import { saveMember } from './access/members.ts';
import { authSecretOf, ConfigError, readConfig } from './config.ts';
import { ROLES, type Role } from './contract/shop.ts';
import { EmbeddedPostgresError } from './embedded/binaries.ts';
import { startPostgres } from './embedded/postgres.ts';
import { FREGI_BASE_URL } from './fregi/client.ts';
import { createDb, type Db } from './store/db.ts';
import { migrate } from './store/migrate.ts';
import { listShops, loadShop, saveShop } from './store/shops.ts';

/** `npm run admin`: opens shops and lets people in. It may run while the server does. */
const USAGE = `npm run admin -- shop <id> --name <name> --fregi-shop <5 digits> [--environment test]
    Opens a shop, or changes its name and contract. test (the default) and production are
    F-REGI's own addresses. 自動連携 stays off until the owner turns it on.

npm run admin -- user <e-mail> --name <name> --shop <id> --role ${ROLES.join('|')}
    Lets a person into a shop. Somebody new gets a password, printed here once.

npm run admin -- shops
    Lists the shops.`;

/** What was typed makes no sense; the message says what would. */
class UsageError extends Error {}

type Given = { readonly [name: string]: string | undefined };

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      'fregi-shop': { type: 'string' },
      environment: { type: 'string', default: 'test' },
      shop: { type: 'string' },
      role: { type: 'string' },
    },
  });
  const [verb, subject = ''] = positionals;
  switch (verb) {
    case 'shop':
      return withDatabase((db) => openShop(db, subject, values));
    case 'user':
      return withDatabase((db, url) => letIn(db, url, subject, values));
    case 'shops':
      return withDatabase(printShops);
    default:
      throw new UsageError(USAGE);
  }
}

async function openShop(db: Db, shopId: string, given: Given): Promise<void> {
  const { name, environment = '' } = given;
  const fregiShopId = given['fregi-shop'] ?? '';
  if (!/^[a-z0-9-]{1,40}$/.test(shopId)) throw new UsageError('a shop’s id is like hanamichi-2');
  if (!name) throw new UsageError('--name is wanted: the shop’s name as its customers know it');
  if (!/^\d{5}$/.test(fregiShopId)) throw new UsageError('--fregi-shop has 5 digits: 店舗ID');
  if (environment !== 'test' && environment !== 'production') {
    throw new UsageError('--environment is test or production');
  }
  const known = await loadShop(db, shopId);
  await saveShop(db, {
    ...{ shopId, name, linkEnabled: false, inquiry: false, captureDeadlineDays: 60 },
    fregi: {
      ...{ environment, shopId: fregiShopId, inquiryUrl: null },
      baseUrl: FREGI_BASE_URL[environment],
    },
  });
  console.log(known === null ? `${shopId} is open` : `${shopId} is changed`);
}

async function letIn(db: Db, databaseUrl: string, email: string, given: Given): Promise<void> {
  const { name, shop: shopId = '', role } = given;
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new UsageError('an e-mail address is wanted');
  if (!name) throw new UsageError('--name is wanted');
  if (!isRole(role)) throw new UsageError(`--role is one of ${ROLES.join(', ')}`);
  if ((await loadShop(db, shopId)) === null) throw new UsageError(`there is no shop ${shopId}`);
  const config = readConfig(process.env);
  const auth = createAuth({
    databaseUrl,
    secret: await authSecretOf(config),
    publicUrl: config.publicUrl,
  });
  try {
    const password = randomBytes(15).toString('base64url');
    const { id: userId, isNew } = await auth.createUser({ email, name, password });
    await saveMember(db, { shopId, userId, role });
    console.log(`${email} is ${role} of ${shopId}`);
    if (isNew) console.log(`password, shown this once: ${password}`);
  } finally {
    await auth.close();
  }
}

async function printShops(db: Db): Promise<void> {
  for (const { shopId, name, linkEnabled, fregi } of await listShops(db)) {
    const link = linkEnabled ? '自動連携 on' : '自動連携 off';
    console.log(`${shopId}  ${name}  ${fregi.environment} ${fregi.shopId}  ${link}`);
  }
}

/** The database that the server uses: a running one is joined, and only our own is ended. */
async function withDatabase(work: (db: Db, url: string) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDirectory } = readConfig(process.env);
  const directory = join(dataDirectory, 'postgres');
  const postgres = databaseUrl === null ? await startPostgres({ directory }) : null;
  const url = databaseUrl ?? postgres?.url ?? '';
  const db = createDb(url, { max: 2 });
  try {
    await migrate(db);
    await work(db, url);
  } finally {
    await db.end();
    if (postgres !== null && !postgres.adopted) await postgres.stop();
  }
}

function isRole(text: string | undefined): text is Role {
  return ROLES.some((role) => role === text);
}

await main().catch((error: unknown) => {
  const expected = [UsageError, ConfigError, EmbeddedPostgresError].some(
    (kind) => error instanceof kind,
  );
  const isOption = error instanceof TypeError && 'code' in error;
  console.error(expected || isOption ? (error as Error).message : error);
  process.exitCode = 1;
});
