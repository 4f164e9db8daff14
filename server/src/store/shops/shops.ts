import { type Shipper, shipperSchema } from '@renkei/contract/shop/shipper.ts';
import type { ChangeSettings, PaymentPolicy, Settings } from '@renkei/contract/shop/shop.ts';
import type { ConfirmLimits } from '@renkei/core/domain/commands/confirmation.ts';
import { limitsOf, type TwoPersonRule } from '@renkei/core/domain/limits/limits.ts';
import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import { keysOf, PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/order/states.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logSettings } from '../audit/settings-log.ts';
import {
  type Fields,
  flag,
  group,
  instant,
  int,
  json,
  nullable,
  parsed,
  RowCodec,
  type RowOf,
  selected,
  text,
} from '../db/codec.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** A new shop: its name, and its contract at F-REGI. It holds no secret. */
export type OpenedShop = {
  readonly shopId: string;
  readonly name: string;
  readonly linkEnabled: boolean;
  readonly inquiry: boolean;
  readonly captureDeadlineDays: number;
  readonly fregi: {
    readonly environment: 'sandbox' | 'test' | 'production';
    readonly shopId: string;
    readonly baseUrl: string;
    /** The URL for inquiries; null if the gateway has none (F-REGI publishes none). */
    readonly inquiryUrl: string | null;
  };
};

/** A shop with all its settings. */
export type Shop = OpenedShop & {
  /** S2: the policy of every 決済種別. */
  readonly paymentPolicies: Readonly<Record<PaymentKind, PaymentPolicy>>;
  readonly confirm: ConfirmLimits;
  /** F59: what waits for a second person. */
  readonly limits: TwoPersonRule;
  readonly shipper: Shipper;
  /** 売上処理期限 of the kinds that have their own, in days. */
  readonly captureDeadlines: Settings['captureDeadlines'];
  readonly digest: boolean;
  /** True if everybody who works in the shop needs a second factor. */
  readonly requireTwoFactor: boolean;
  /** Years after which the customers of closed orders are erased; null: never. */
  readonly retentionYears: number | null;
  readonly sessionEnds: Settings['sessionEnds'];
  /** The kinds of mail that the shop never sends. */
  readonly neverMails: readonly MailKind[];
  readonly version: number;
  readonly updatedAt: number;
};

/** The manual's defaults: cards are authorized with the order, and the mail is sent. */
const DEFAULT_POLICY: PaymentPolicy = { authorizeAtOrder: true, paymentMail: 'auto' };

const OPENED: Fields<OpenedShop> = {
  shopId: text('shop_id'),
  name: text('name'),
  linkEnabled: flag('link_enabled'),
  inquiry: flag('inquiry'),
  captureDeadlineDays: int('capture_deadline_days'),
  fregi: group<OpenedShop['fregi']>({
    environment: text('fregi_environment'),
    shopId: text('fregi_shop_id'),
    baseUrl: text('fregi_base_url'),
    inquiryUrl: nullable(text('fregi_inquiry_url')),
  }),
};

const OPENED_SHOP = new RowCodec<OpenedShop>(OPENED);

/** A row of `shops`. */
export const SHOP = new RowCodec<Shop>({
  ...OPENED,
  paymentPolicies: parsed('payment_policies', policiesOf),
  confirm: group<ConfirmLimits>({ orders: int('confirm_orders'), yen: int('confirm_yen') }),
  limits: parsed('limits', limitsOf),
  shipper: parsed('shipper', (stored) => shipperSchema.parse(stored)),
  captureDeadlines: json('capture_deadlines'),
  digest: flag('digest'),
  requireTwoFactor: flag('require_two_factor'),
  retentionYears: nullable(int('retention_years')),
  sessionEnds: group<Shop['sessionEnds']>({
    idleMinutes: int('session_idle_minutes'),
    hours: int('session_hours'),
  }),
  neverMails: selected('never_mails', 'never_mails(shop_id)'),
  version: int('version'),
  updatedAt: instant('updated_at'),
});

const SELECT = `select ${SHOP.select} from shops`;

export async function loadShop(db: Queryable, shopId: string): Promise<Shop | null> {
  const { rows } = await db.query<RowOf<Shop>>({
    name: 'select-shop',
    text: `${SELECT} where shop_id = $1`,
    values: [shopId],
  });
  return rows[0] ? SHOP.read(rows[0]) : null;
}

export async function listShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<RowOf<Shop>>(`${SELECT} order by shop_id`);
  return rows.map((row) => SHOP.read(row));
}

/** Opens a shop; false if the id is taken, and that shop stays as it is. */
export async function saveShop(db: Queryable, shop: OpenedShop): Promise<boolean> {
  const { rowCount } = await db.query(SAVE, [OPENED_SHOP.row(shop)]);
  return rowCount === 1;
}

/**
 * Changes settings and logs the change; null if somebody else has changed them since
 * `expectedVersion`.
 */
export async function changeSettings(
  db: Db,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  expectedVersion: number,
  changes: ChangeSettings,
): Promise<Shop | null> {
  return transaction(db, async (client) => {
    const before = await loadShop(client, shopId);
    const { rows } = await client.query<RowOf<Shop>>(CHANGE, [
      shopId,
      expectedVersion,
      changes.linkEnabled ?? null,
      changes.inquiry ?? null,
      changes.captureDeadlineDays ?? null,
      changes.paymentPolicies ?? {},
      changes.confirm?.orders ?? null,
      changes.confirm?.yen ?? null,
      changes.shipper ?? null,
      changes.captureDeadlines ?? {},
      changes.digest ?? null,
      changes.requireTwoFactor ?? null,
      changes.retentionYears !== undefined,
      changes.retentionYears ?? null,
      changes.limits ?? {},
      changes.sessionEnds?.idleMinutes ?? null,
      changes.sessionEnds?.hours ?? null,
    ]);
    if (rows[0] === undefined || before === null) return null;
    const after = SHOP.read(rows[0]);
    const change = { before: settingsOf(before), after: settingsOf(after) };
    await logSettings(client, shopId, { actor, area: 'settings', subject: '', ...change });
    return after;
  });
}

/** Returns the settings that the log compares. */
function settingsOf(shop: Shop): Record<string, unknown> {
  const { linkEnabled, inquiry, captureDeadlineDays, captureDeadlines } = shop;
  const { paymentPolicies, confirm, limits, shipper, digest, requireTwoFactor } = shop;
  const { retentionYears, sessionEnds } = shop;
  return {
    linkEnabled,
    inquiry,
    captureDeadlineDays,
    captureDeadlines,
    paymentPolicies,
    confirm,
    limits,
    shipper,
    digest,
    requireTwoFactor,
    retentionYears,
    sessionEnds,
  };
}

/** The shop of a row of `orders`, as JSON. */
export const SHOP_JSON = `(
  select ${SHOP.json('shop')} from (
    ${SELECT} s where s.shop_id = orders.shop_id) as shop)`;

const SAVE = `${OPENED_SHOP.insertInto('shops')} on conflict (shop_id) do nothing`;

const CHANGE = `
  update shops set link_enabled = coalesce($3, link_enabled), inquiry = coalesce($4, inquiry),
    capture_deadline_days = coalesce($5, capture_deadline_days),
    payment_policies = payment_policies || $6::jsonb,
    confirm_orders = coalesce($7, confirm_orders), confirm_yen = coalesce($8, confirm_yen),
    shipper = coalesce($9::jsonb, shipper),
    capture_deadlines = jsonb_strip_nulls(capture_deadlines || $10::jsonb),
    digest = coalesce($11, digest),
    require_two_factor = coalesce($12, require_two_factor),
    retention_years = case when $13 then $14 else retention_years end,
    limits = limits || $15::jsonb,
    session_idle_minutes = coalesce($16, session_idle_minutes),
    session_hours = coalesce($17, session_hours),
    version = version + 1, updated_at = now()
  where shop_id = $1 and version = $2
  returning ${SHOP.select}`;

function policiesOf(changed: Partial<Record<PaymentKind, PaymentPolicy>>): Shop['paymentPolicies'] {
  const all = keysOf(PAYMENT_KIND).map((kind) => [kind, changed[kind] ?? DEFAULT_POLICY]);
  return Object.fromEntries(all);
}
