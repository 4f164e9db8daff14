/**
 * Where people stand in the database (decision 26): every column of text, JSON or bytes is here, as
 * a customer's, as the staff's, or as nobody's. A test walks over the migrated database, so a new
 * column does not pass until somebody has judged it; docs/personal-data.md is made of this table.
 */

/** What takes a customer out of a column. */
export const ERASERS = {
  order:
    'the entry `customer_erased` of the order’s journal: by retention, on request, or again after a restore (trigger `customer_is_erased`)',
  application: '`customer_erased` of an ended application (`eraseApplication`)',
  expiry:
    'the time: after 24 hours; the erasure of an order takes those that name its customer at once',
  settled: 'the end of the operation, or of the wait for the cardholder',
} as const;
type EraserName = keyof typeof ERASERS;

export type CustomerColumn = {
  /** What of a customer stands there; for JSON, where. */
  readonly what: string;
  readonly eraser: EraserName;
};

/** Columns with what a customer is, wrote, or gets. */
export const CUSTOMER_COLUMNS: Readonly<Record<string, Readonly<Record<string, CustomerColumn>>>> =
  {
    orders: {
      customer_name: { what: 'name, for lists and the search', eraser: 'order' },
      customer_kana: { what: 'name in kana', eraser: 'order' },
      customer_phone: { what: 'phone number', eraser: 'order' },
      customer_email: { what: 'mail address', eraser: 'order' },
      prefecture: { what: '都道府県 of the first destination', eraser: 'order' },
      details: {
        what: '`customer`, `customerMessage`, `memo`; of each of `destinations`: name, kana, phone, address, 送り状番号. Products, dates and carrier stay',
        eraser: 'order',
      },
      first_details: { what: '初回受注情報: the same', eraser: 'order' },
    },
    journal_texts: {
      texts: {
        what: 'texts of the journal’s entries: キャンセル依頼 (`message`), shipments (`trackingNumber`)',
        eraser: 'order',
      },
    },
    journal: {
      event: {
        what: 'in entries from before migration 046 only: the same texts. Later entries hold their hash',
        eraser: 'order',
      },
    },
    mails: {
      recipient: { what: 'mail address', eraser: 'order' },
      copy_to: { what: 'addresses of copies, if a person wrote one', eraser: 'order' },
      subject: { what: 'name', eraser: 'order' },
      body: { what: 'the whole mail', eraser: 'order' },
      error: { what: 'the mail server’s words, which may name the address', eraser: 'order' },
    },
    run_rows: { shipments: { what: '`trackingNumber` of each shipment', eraser: 'order' } },
    operations: {
      return_url: { what: 'the cart’s page for this customer’s browser', eraser: 'order' },
      challenge_page: { what: 'F-REGI’s page for the cardholder', eraser: 'settled' },
      card_token: { what: 'the card’s token, which pays once', eraser: 'settled' },
    },
    attention: { close_reason: { what: 'why a person closed an item', eraser: 'order' } },
    attention_log: { facts: { what: '`reason`: the same', eraser: 'order' } },
    list_views: {
      filter: {
        what: '`q`: a name, number or address that somebody searched for',
        eraser: 'order',
      },
    },
    selections: { filter: { what: '`q`: the same', eraser: 'expiry' } },
    subscriptions: {
      details: { what: 'as in orders', eraser: 'application' },
      customer_name: { what: 'name', eraser: 'application' },
      customer_id: { what: '顧客番号 of the card at F-REGI', eraser: 'application' },
    },
  };

/** Columns with the people who work in the shop, or run the server. They end with their account. */
export const STAFF_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  account: ['accountId', 'userId', 'password'],
  account_origins: ['user_id'],
  attention: ['assignee', 'closed_by'],
  attention_log: ['actor'],
  closings: ['actor'],
  erasures: ['actor'],
  exports: ['actor'],
  file_agreements: ['actor'],
  imports: ['actor'],
  invitations: ['email', 'name', 'invited_by'],
  journal: ['actor'],
  list_views: ['user_id', 'name'],
  mails: ['actor'],
  members: ['user_id'],
  operations: ['actor', 'draw'],
  orders: ['proposal'],
  passkeys: ['user_id', 'name', 'public_key'],
  password_resets: ['user_id'],
  rateLimit: ['key'],
  review_answers: ['actor', 'confirmed_by', 'declined_by'],
  runs: ['actor'],
  safe_modes: ['released_by', 'report'],
  selections: ['actor'],
  session: ['token', 'ipAddress', 'userAgent', 'userId'],
  shop_log: ['actor', 'subject', 'before', 'after'],
  shops: ['shipper'],
  sightings: ['actor', 'file_name'],
  sign_in_places: ['account', 'place'],
  sign_in_tries: ['key'],
  subscription_deliveries: ['actor'],
  subscription_log: ['actor'],
  twoFactor: ['secret', 'backupCodes', 'userId'],
  user: ['name', 'email', 'image'],
  verification: ['identifier', 'value'],
  verifications: ['started_by'],
};

/**
 * Columns with nobody: ids, states, amounts, hashes, a shop's own words. 取引番号, 伝票番号, 承認番号 and
 * F-REGI's 顧客番号 of a charged card stay as the proof of money; only F-REGI and the card company
 * know whose they are.
 */
export const OTHER_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  account: ['id', 'providerId', 'accessToken', 'refreshToken', 'idToken', 'scope'],
  account_origins: ['shop_id', 'way'],
  attention: [
    'shop_id',
    'kind',
    'story',
    'urgency',
    'order_number',
    'seqno',
    'drift',
    'fingerprint',
    'closed_how',
  ],
  attention_log: ['shop_id', 'action'],
  booked_entries: ['shop_id', 'seqno', 'kind'],
  closings: ['shop_id', 'equation', 'lines', 'hash'],
  csv_layouts: ['shop_id', 'name', 'per', 'encoding', 'columns'],
  erasures: ['shop_id', 'kind', 'name', 'cause'],
  exports: ['shop_id', 'layout', 'encoding'],
  file_agreements: ['shop_id'],
  file_answers: ['shop_id', 'kind', 'folded', 'asked', 'answer'],
  imports: ['shop_id', 'file_hash'],
  invitations: ['shop_id', 'id', 'role', 'token_hash'],
  journal: ['shop_id', 'order_number', 'hash'],
  journal_texts: ['shop_id', 'order_number'],
  list_views: ['shop_id'],
  log_positions: ['destination', 'shop_id'],
  log_streams: ['destination', 'holder'],
  mail_templates: [
    'shop_id',
    'kind',
    'subject',
    'body',
    'sending',
    'copy_to',
    'member_body',
    'afterword',
  ],
  mails: ['shop_id', 'order_number', 'kind', 'occasion', 'state'],
  members: ['shop_id', 'role'],
  movement_counters: ['shop_id'],
  movements: ['shop_id', 'order_number', 'movement'],
  observations: ['shop_id', 'seqno', 'slip_id', 'auth_code', 'state'],
  operations: [
    'shop_id',
    'order_number',
    'key',
    'input_hash',
    'goal',
    'afterwards',
    'state',
    'reason',
    'stray',
  ],
  order_tallies: ['shop_id', 'status', 'type', 'payment_kind'],
  orders: [
    'shop_id',
    'order_number',
    'type',
    'status',
    'transaction_state',
    'channel',
    'payment_kind',
    'payment_method',
    'seqno',
    'auth_code',
    'slip_id',
    'customer_id',
    'mail_sending',
    'requested_delivery',
    'shipped_dates',
    'last_shipped_on',
    'settlements',
    'card_token_hash',
    'redirects',
    'authentication',
  ],
  outages: ['shop_id', 'cause'],
  own_order_numbers: ['shop_id'],
  passkeys: ['id', 'transports'],
  password_resets: ['token_hash'],
  rateLimit: ['id'],
  redirect_payments: [
    'shop_id',
    'settleno',
    'order_number',
    'slip_id',
    'status',
    'pay_type',
    'seqno',
    'obstacle',
  ],
  review_answers: ['shop_id', 'answer'],
  run_rows: ['shop_id', 'order_number', 'state', 'reason'],
  runs: ['shop_id', 'key', 'input_hash', 'mail', 'state', 'plan', 'file_hash'],
  safe_modes: ['cause'],
  schema_migrations: ['name', 'checksum'],
  seals: ['shop_id', 'heads', 'hash'],
  seen_slips: ['shop_id', 'slip_id'],
  seen_transactions: ['shop_id', 'seqno', 'slip_id', 'auth_code', 'state', 'source'],
  selections: ['shop_id', 'order_numbers'],
  session: ['id', 'begunBy'],
  shop_log: ['shop_id', 'area', 'hash'],
  shops: [
    'shop_id',
    'name',
    'fregi_environment',
    'fregi_shop_id',
    'fregi_base_url',
    'fregi_inquiry_url',
    'payment_policies',
    'capture_deadlines',
    'limits',
  ],
  sightings: ['shop_id', 'source', 'slip_id', 'file_hash'],
  steps: ['shop_id', 'verb', 'seqno', 'state', 'code', 'text'],
  subscription_deliveries: ['shop_id', 'code', 'state', 'order_number'],
  subscription_log: ['shop_id', 'code', 'event'],
  subscriptions: [
    'shop_id',
    'code',
    'type',
    'status',
    'channel',
    'cycle',
    'payment_kind',
    'payment_method',
    'amounts',
  ],
  sweeps: ['shop_id'],
  to_seal: ['shop_id', 'order_number'],
  touched_orders: ['shop_id', 'order_number'],
  transaction_owners: ['shop_id', 'seqno', 'order_number', 'held_as'],
  twoFactor: ['id'],
  user: ['id'],
  verification: ['id'],
  verifications: ['shop_id', 'id', 'outcome', 'found'],
};
