import { randomBytes } from 'node:crypto';
import type { Role } from '@renkei/core/domain/commands/permissions.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { createAuth } from '../access/auth.ts';
import { employ } from '../access/members.ts';
import { readConfig } from '../config.ts';
import { FREGI_BASE_URL } from '../fregi/hosts.ts';
import { authSecretOf } from '../secrets.ts';
import type { Db } from '../store/db/db.ts';
import { type AccountOrigin, findAccount, noteOrigin } from '../store/people/account-origins.ts';
import { type Contract, changeContract, insertShop } from '../store/shops/contracts.ts';
import { listShops, loadShop } from '../store/shops/shops.ts';
import { adminActor, lastOwner, UsageError } from './usage.ts';

/** F-REGI's own addresses; the sandbox's is not among them. */
export const ENVIRONMENTS = ['test', 'production'] as const;
type FregiEnvironment = (typeof ENVIRONMENTS)[number];

/** The typed facts of a shop: checked, and undefined if not given. */
export type GivenShop = {
  readonly name?: string;
  /** 店舗ID, 5 digits. */
  readonly fregiShop?: string;
  readonly environment?: FregiEnvironment;
  /** `from:to`. */
  readonly changeEnvironment?: string;
  readonly by?: string;
};

/** Opens a shop, or changes the name or contract of one; facts not given stay as they are. */
export async function openOrChangeShop(db: Db, shopId: string, given: GivenShop): Promise<void> {
  const known = await loadShop(db, shopId);
  return known === null ? openShop(db, shopId, given) : changeShop(db, shopId, given);
}

async function openShop(db: Db, shopId: string, given: GivenShop): Promise<void> {
  const { name, fregiShop, environment, changeEnvironment } = given;
  if (changeEnvironment !== undefined) {
    throw new UsageError(`there is no shop ${shopId} to change the environment of`);
  }
  if (!name) throw new UsageError('give --name: the shop’s name as its customers know it');
  if (!fregiShop) throw new UsageError('give --fregi-shop: 店舗ID, 5 digits');
  if (!environment) throw new UsageError('give --environment: test or production');
  const fregi = { environment, shopId: fregiShop, inquiryUrl: null };
  const opened = await insertShop(
    db,
    {
      shopId,
      name,
      linkEnabled: false,
      inquiry: false,
      captureDeadlineDays: 60,
      fregi: { ...fregi, baseUrl: FREGI_BASE_URL[environment] },
    },
    adminActor(given),
  );
  if (!opened) throw new UsageError(`${shopId} was opened by somebody else meanwhile; look again`);
  console.log(`${shopId} is open`);
}

async function changeShop(db: Db, shopId: string, given: GivenShop): Promise<void> {
  const { name, fregiShop, environment, changeEnvironment } = given;
  if (!(name || fregiShop || environment || changeEnvironment)) {
    throw new UsageError(`${shopId} is open already, and the command changes nothing`);
  }
  const change = { shopId, actor: adminActor(given) };
  const outcome = await changeContract(db, change, (before) => contractOf(shopId, before, given));
  if (outcome.kind === 'unfinished') {
    const { operations, runs } = outcome.unfinished;
    throw new UsageError(
      `${shopId} is not changed: ${operations} operations and ${runs} bulk runs are open, which ` +
        'F-REGI knows under the present contract. Wait until they have ended, answer 要確認, and ' +
        'end the runs; then try again.',
    );
  }
  const { before, after } = outcome;
  if (format(before) === format(after)) return console.log(`${shopId} is unchanged`);
  console.log(`${shopId} is changed`);
  console.log(`  before: ${format(before)}\n  after:  ${format(after)}`);
  console.log('  Running servers follow within 5 seconds.');
}

/**
 * Returns the new contract. Throws a UsageError if the environment would change without being
 * named.
 */
function contractOf(shopId: string, before: Contract, given: GivenShop): Contract {
  const { name, fregiShop, environment, changeEnvironment } = given;
  const after = {
    ...before,
    shopName: name ?? before.shopName,
    fregiShopId: fregiShop ?? before.fregiShopId,
  };
  if (changeEnvironment === undefined) {
    if (environment === undefined || environment === before.environment) return after;
    const word = `--change-environment ${before.environment}:${environment}`;
    throw new UsageError(
      `${shopId} is in ${before.environment}. To move it, say so: ${word}, without --environment`,
    );
  }
  const [from, to, ...more] = changeEnvironment.split(':');
  if (environment !== undefined || more.length > 0 || !isEnvironment(to) || from === to) {
    throw new UsageError(
      '--change-environment names two, as in test:production, and stands without --environment',
    );
  }
  if (from !== before.environment) {
    throw new UsageError(`${shopId} is in ${before.environment}, not in ${from}`);
  }
  return { ...after, environment: to, baseUrl: FREGI_BASE_URL[to], inquiryUrl: null };
}

function format({ shopName, environment, fregiShopId, baseUrl }: Contract): string {
  return `${shopName}  ${environment} ${fregiShopId}  ${baseUrl}`;
}

/** The typed facts of a person. */
export type GivenUser = {
  readonly name: string;
  readonly shop: string;
  readonly role: Role;
  /** True if an existing account may be let in. */
  readonly existing?: boolean;
  /** Why the shop may be left without an owner. */
  readonly force?: string;
  readonly by?: string;
};

/**
 * Adds a person to a shop; a new person gets a password, printed once. An existing account gets the
 * role only if the command says so, because somebody else may have made it.
 */
export async function letIn(
  db: Db,
  databaseUrl: string,
  email: string,
  given: GivenUser,
): Promise<void> {
  const { name, shop: shopId, role, existing = false, force } = given;
  if ((await loadShop(db, shopId)) === null) throw new UsageError(`there is no shop ${shopId}`);
  const account = await findAccount(db, email);
  if (account !== null && !existing) throw new UsageError(`${tell(email, account)}\n${HOW}`);
  const config = readConfig(process.env);
  const auth = createAuth({
    databaseUrl,
    secret: await authSecretOf(config),
    publicUrl: config.publicUrl,
  });
  try {
    const password = randomBytes(15).toString('base64url');
    const { id: userId, isNew } = await auth.createUser({ email, name, password });
    const outcome = await employ(db, { shopId, userId, actor: adminActor(given), force }, role);
    if (outcome === 'last_owner') throw lastOwner(email, shopId);
    if (isNew) await noteOrigin(db, { userId, shopId, way: 'operator' });
    console.log(`${email} is ${role} of ${shopId}`);
    if (account !== null) console.log(tell(email, account));
    if (isNew) console.log(`password, shown this once: ${password}`);
  } finally {
    await auth.close();
  }
}

const HOW =
  'Make sure that it is theirs, then say so by --existing. Nothing was changed.\n' +
  'A mailed invitation proves an address by itself.';

/** Describes an account: its age, its first shop, and whether its address was proved. */
function tell(email: string, { since, shops, way, isProved }: AccountOrigin): string {
  const from = shops.length === 0 ? 'no shop' : `the shop ${shops.join(', ')}`;
  const by = way === null ? '' : `, by ${BY[way]}`;
  const proved = isProved ? 'Its address is proved.' : 'ITS ADDRESS WAS NEVER PROVED.';
  return `${email} has an account since ${jstDateOf(since)}, from ${from}${by}. ${proved}`;
}

const BY = {
  operator: 'this command',
  mailed_link: 'an invitation mailed to it',
  shown_link: 'an invitation shown to the person who invited',
} as const;

export async function printShops(db: Db): Promise<void> {
  for (const { shopId, name, linkEnabled, fregi } of await listShops(db)) {
    const link = linkEnabled ? '自動連携 on' : '自動連携 off';
    console.log(`${shopId}  ${name}  ${fregi.environment} ${fregi.shopId}  ${link}`);
  }
}

function isEnvironment(text: string | undefined): text is FregiEnvironment {
  return ENVIRONMENTS.some((known) => known === text);
}
