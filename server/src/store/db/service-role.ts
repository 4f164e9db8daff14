import { type Db, type Queryable, transaction } from './db.ts';
import { quoted } from './tables.ts';

/** The role of PostgreSQL that the service works as. It owns nothing, so no trigger stops for it. */
const SERVICE_ROLE = 'renkei_app';

/** The tables that the service only adds to: nobody who takes the service over rewrites the past. */
export const APPEND_ONLY = [
  'attention_log',
  'closings',
  'exports',
  'file_agreements',
  'journal',
  'journal_texts',
  'movements',
  'observations',
  'seals',
  'shop_log',
  'sightings',
  'subscription_log',
] as const;

/** The tables whose rows the service also changes and deletes. */
export const CHANGING = [
  'account',
  'account_origins',
  'attention',
  'booked_entries',
  'csv_layouts',
  'delivery_look',
  'erasures',
  'file_answers',
  'imports',
  'invitations',
  'list_views',
  'log_positions',
  'log_streams',
  'mail_templates',
  'mails',
  'members',
  'movement_counters',
  'operations',
  'order_tallies',
  'orders',
  'outages',
  'own_order_numbers',
  'passkeys',
  'password_resets',
  'rateLimit',
  'redirect_payments',
  'review_answers',
  'run_rows',
  'runs',
  'safe_modes',
  'seen_slips',
  'seen_transactions',
  'selections',
  'session',
  'shops',
  'sign_in_places',
  'sign_in_tries',
  'steps',
  'subscription_deliveries',
  'subscriptions',
  'sweeps',
  'to_seal',
  'touched_orders',
  'transaction_owners',
  'twoFactor',
  'user',
  'verification',
  'verifications',
] as const;

/**
 * Makes the service's role if it is missing, with this password, and grants it what the service
 * needs. The database must be migrated; only its owner may do this.
 */
export async function prepareServiceRole(db: Db, password: string): Promise<void> {
  await transaction(db, async (client) => {
    await waitForOthers(client);
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [
      SERVICE_ROLE,
    ]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    const secret = `'${password.replaceAll("'", "''")}'`;
    await client.query(`${verb} role ${SERVICE_ROLE} login password ${secret}`);
    await grant(client, SERVICE_ROLE);
  });
}

/** Grants an existing role what the service needs, and takes everything else away from it. */
export async function grantService(db: Db, role: string): Promise<void> {
  await transaction(db, async (client) => {
    await waitForOthers(client);
    await grant(client, quoted(role));
  });
}

/** Two processes that grant at once would fail on each other. */
async function waitForOthers(client: Queryable): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('renkei:service-role', 0))`);
}

async function grant(client: Queryable, role: string): Promise<void> {
  const names = (tables: readonly string[]) => tables.map(quoted).join(', ');
  await client.query(`
    grant usage on schema public to ${role};
    revoke all on all tables in schema public from ${role};
    grant select on all tables in schema public to ${role};
    grant insert on ${names([...APPEND_ONLY, ...CHANGING])} to ${role};
    grant update, delete on ${names(CHANGING)} to ${role};
    grant usage on all sequences in schema public to ${role}`);
}

/** Returns the address of the same database for the service's role. */
export function serviceUrl(ownerUrl: string, password: string): string {
  const who = `//${SERVICE_ROLE}:${encodeURIComponent(password)}@`;
  return ownerUrl.replace(/\/\/([^/@]*@)?/, who); // several hosts are no URL that `URL` reads
}
