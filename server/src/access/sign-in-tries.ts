import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { type Db, type Queryable, transaction } from '../store/db/db.ts';
import { hashToken } from './tokens.ts';

/**
 * Limits guesses of passwords without letting a stranger lock a person out. Tries count for the
 * account (nobody can guess one account from many addresses) and for the address (nobody can guess
 * many accounts from one), with growing waits. A person who comes from a known place, the same
 * browser or the same address as before, is counted there alone. Accounts count alike whether they
 * exist or not.
 */
export type SignIn = {
  readonly email: string;
  /** The client's address. */
  readonly address: string;
  /** The secret of the browser's cookie; null if it has none yet. */
  readonly browser: string | null;
};

export type Admitted =
  | { readonly kind: 'admitted'; readonly keys: readonly string[] }
  | { readonly kind: 'closed'; readonly waitS: number };

/** Failures without a wait: for an account, and for an address that many people may share. */
const FREE_OF_ACCOUNT = 4;
const FREE_OF_ADDRESS = 20;
/** The first and longest waits; each failure doubles the wait (PCI DSS 8.3.4). */
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 30 * 60;
/** Hours without a failure after which all failures are forgotten. */
const FORGOTTEN_H = 24;
const PLACES_DAYS = 180;

/** Counts a try as failed before it is made, so that parallel tries do not evade the limit. */
export async function beginSignIn(db: Db, signIn: SignIn): Promise<Admitted> {
  const keys = await keysOf(db, signIn);
  return transaction(db, async (client) => {
    const free = keys.map((key) => (key.startsWith('address') ? FREE_OF_ADDRESS : FREE_OF_ACCOUNT));
    // Locks all keys first, in sequence, so that no try is counted in vain.
    await client.query(ENSURE, [keys]);
    await client.query(LOCK, [keys]);
    const { rows } = await client.query<{ waitS: number }>(CLOSED, [keys]);
    const waitS = Math.max(0, ...rows.map((row) => row.waitS));
    if (waitS > 0) return { kind: 'closed', waitS };
    await client.query(COUNT, [keys, free, FIRST_WAIT_S, LONGEST_WAIT_S, FORGOTTEN_H]);
    return { kind: 'admitted', keys };
  });
}

const ENSURE = `
  insert into sign_in_tries (key, failures, tried_at, closed_until)
  select key, 0, clock_timestamp(), '-infinity' from unnest($1::text[]) as key
  on conflict do nothing`;

const LOCK = 'select key from sign_in_tries where key = any ($1) order by key for update';

const CLOSED = `
  select ceil(extract(epoch from closed_until - clock_timestamp()))::int as "waitS"
    from sign_in_tries where key = any ($1) and closed_until > clock_timestamp()`;

const COUNT = `
  update sign_in_tries as t set failures = now_failed, tried_at = clock_timestamp(),
    closed_until = case when now_failed < free then '-infinity' else clock_timestamp()
      + least($4, $3 * 2 ^ least(now_failed - free, 20)) * interval '1 second' end
    from (select key, free, case when tried_at < clock_timestamp() - $5 * interval '1 hour'
            then 1 else failures + 1 end as now_failed
            from sign_in_tries join unnest($1::text[], $2::int[]) as given (key, free) using (key))
      as counted
   where t.key = counted.key`;

/** After a right password forgets the account's failures, but for the address only this try. */
export async function forgetFailures(db: Queryable, keys: readonly string[]): Promise<void> {
  await db.query(
    `update sign_in_tries set closed_until = '-infinity',
       failures = case when key like 'address%' then greatest(failures - 1, 0) else 0 end
      where key = any ($1)`,
    [keys],
  );
}

/** Takes back the count of a try that could not be judged. */
export async function uncountSignIn(db: Queryable, keys: readonly string[]): Promise<void> {
  await db.query(
    'update sign_in_tries set failures = greatest(failures - 1, 0) where key = any ($1)',
    [keys],
  );
}

/** Records the places from which a person has signed in. */
export async function noteSignIn(db: Queryable, signIn: SignIn): Promise<void> {
  await db.query(
    `insert into sign_in_places (account, place) select $1, unnest($2::text[])
     on conflict (account, place) do update set last_at = clock_timestamp()`,
    [accountOf(signIn.email), placesOf(signIn)],
  );
}

/** Forgets old failures and places. */
export async function purgeSignIns(db: Queryable): Promise<void> {
  await db.query(
    `delete from sign_in_tries where tried_at < clock_timestamp() - $1 * interval '1 hour'`,
    [FORGOTTEN_H],
  );
  await db.query(
    `delete from sign_in_places where last_at < clock_timestamp() - $1 * interval '1 day'`,
    [PLACES_DAYS],
  );
}

/**
 * Returns the keys to count a try for: a known place alone, otherwise the account and the address.
 */
async function keysOf(db: Queryable, signIn: SignIn): Promise<string[]> {
  const account = accountOf(signIn.email);
  const { rows } = await db.query<{ place: string }>(
    `select place from sign_in_places where account = $1 and place = any ($2)
        and last_at >= clock_timestamp() - $3 * interval '1 day'
      order by place desc limit 1`, // prefers a browser to an address
    [account, placesOf(signIn), PLACES_DAYS],
  );
  const [known] = rows;
  if (known !== undefined) return [`place ${account} ${known.place}`];
  return [`account ${account}`, `address ${networkOf(signIn.address)}`];
}

function placesOf({ address, browser }: SignIn): string[] {
  const known = `address ${networkOf(address)}`;
  return browser === null ? [known] : [known, `browser ${hashToken(browser).toString('hex')}`];
}

function accountOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}

/**
 * Returns an IPv4 address, or the /64 network of an IPv6 address, which one connection has to
 * itself.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // ::ffff:192.0.2.1 is an IPv4 address
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}
