import { REASON } from '@renkei/core/domain/reasons/index.ts';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { EDGE } from '../../src/http/problems/edge-problems.ts';
import type { Db } from '../../src/store/db/db.ts';

/**
 * Every unique index of the schema has an answer at the edge, or cannot collide: otherwise a caller
 * who meets it is answered 500. A new index adds its line here.
 */
let db: Db;
beforeAll(async () => {
  ({ db } = await createTestDatabase());
});

/** What a caller is answered, as a problem of the edge or a reason of the domain. */
const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  transaction_taken: ['orders_by_seqno', 'one_owner_per_transaction'],
  redirect_payment_taken: ['redirect_payments_pkey'],
  order_exists: ['orders_pkey'],
  view_name_taken: ['list_views_name'],
  layout_name_taken: ['csv_layouts_name'],
  subscription_exists: ['subscriptions_pkey'],
  file_underway: ['one_run_per_file'],
  idempotency_key_reused: ['operations_shop_id_key_key', 'runs_shop_id_key_key'],
  operation_open: ['one_open_operation_per_order'],
  order_changed: ['journal_pkey', 'steps_pkey', 'one_open_step_per_operation'],
  not_closable: ['closings_pkey', 'closings_by_from'],
  already_member: ['members_pkey'],
  passkey_unusable: ['passkeys_pkey'],
  settings_changed: ['mail_templates_pkey'],
  verification_elsewhere: ['one_verification'],
  subscription_changed: ['subscription_log_pkey', 'subscription_deliveries_pkey'],
};

/** Why an index refuses nobody, and the indexes of which that is true. */
const NEVER_MET: Readonly<Record<string, string>> = {
  'Renkei draws a UUID for each row': `
    attention_pkey csv_layouts_pkey exports_pkey invitations_pkey list_views_pkey
    operations_pkey runs_pkey selections_pkey sightings_pkey sweeps_pkey verifications_pkey
    observations_pkey`,
  'the database numbers each row': `
    attention_log_pkey mails_pkey safe_modes_pkey touched_orders_pkey schema_migrations_pkey
    settings_log_pkey`,
  'each entry of a journal is written once, and with it its texts or its erasure': `
    erasures_pkey journal_texts_pkey`,
  'the sign-in library draws a key for each row': `
    account_pkey password_resets_pkey password_resets_token_hash_key session_pkey session_token_key twoFactor_pkey user_pkey verification_pkey
    rateLimit_pkey invitations_token_hash_key`,
  'whoever comes second changes the row, or leaves it as it is': `
    file_agreements_pkey file_answers_pkey account_origins_pkey booked_entries_pkey delivery_look_pkey imports_pkey
    invitations_of_person one_open_attention one_safe_mode outages_pkey
    mails_shop_id_order_number_kind_occasion_key one_digest_a_day rateLimit_key_key
    review_answers_pkey run_rows_shop_id_run_id_order_number_key seen_slips_pkey
    seen_transactions_pkey shops_pkey sign_in_places_pkey sign_in_tries_pkey
    one_sighting_per_file user_email_key log_positions_pkey log_streams_pkey`,
  'the sign-in library refuses the link, and the browser reads why': `one_subject_per_directory`,
  'whoever comes second is decided anew': 'one_draw_per_number',
  'a counter whose row is locked gives the number': `
    movement_counters_pkey movements_pkey own_order_numbers_pkey run_rows_pkey seals_pkey
    shop_log_n`,
};

test('O5: each unique index has an answer at the edge, or says why nobody meets it', async () => {
  const { rows } = await db.query<{ name: string }>(
    `select index.relname as name
       from pg_index x
       join pg_class index on index.oid = x.indexrelid
       join pg_class table_ on table_.oid = x.indrelid
      where x.indisunique and table_.relnamespace = 'public'::regnamespace`,
  );
  const neverMet = Object.values(NEVER_MET).flatMap((names) => names.trim().split(/\s+/));
  const named = [...Object.values(ANSWERED).flat(), ...neverMet];
  expect(named.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});

test('O5: the answer to each unique index is a problem or a reason that Renkei gives', () => {
  const given = [...Object.keys(EDGE), ...Object.keys(REASON)];
  expect(Object.keys(ANSWERED).filter((answer) => !given.includes(answer))).toEqual([]);
});
