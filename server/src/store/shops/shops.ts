import { type Shipper, shipperSchema } from '@renkei/contract/shop/shipper.ts';
import type { ChangeSettings, PaymentPolicy, Settings } from '@renkei/contract/shop/shop.ts';
import type { ConfirmLimits } from '@renkei/core/domain/confirmation.ts';
import type { MailKind } from '@renkei/core/domain/mail-kinds.ts';
import { keysOf, PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/states.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logSettings } from '../audit/settings-log.ts';
import { jsonOf } from '../db/codec.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** A shop as it is opened: its name, and its contract at F-REGI. No secret is in it. */
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
    /** Where inquiries go; null where the gateway has none (F-REGI publishes none). */
    readonly inquiryUrl: string | null;
  };
};

/** A shop with all its settings. */
export type Shop = OpenedShop & {
  /** S2, of every 決済種別. */
  readonly paymentPolicies: Readonly<Record<PaymentKind, PaymentPolicy>>;
  readonly confirm: ConfirmLimits;
  readonly shipper: Shipper;
  /** 売上処理期限 of the kinds that have one of their own, in days. */
  readonly captureDeadlines: Settings['captureDeadlines'];
  readonly digest: boolean;
  /** The kinds of mail that it does not send. */
  readonly neverMails: readonly MailKind[];
  readonly version: number;
  readonly updatedAt: number;
};

/** As the manual has it: cards are authorized with the order, and the mail is sent. */
const DEFAULT_POLICY: PaymentPolicy = { authorizeAtOrder: true, paymentMail: 'auto' };

export async function loadShop(db: Queryable, shopId: string): Promise<Shop | null> {
  const { rows } = await db.query<ShopRecord>({
    name: 'select-shop',
    text: `${SELECT} where shop_id = $1`,
    values: [shopId],
  });
  return rows[0] ? shopOf(rows[0]) : null;
}

export async function listShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<ShopRecord>(`${SELECT} order by shop_id`);
  return rows.map(shopOf);
}

/** Opens a shop; false where there is one with that id, which stays as it is. */
export async function saveShop(db: Queryable, shop: OpenedShop): Promise<boolean> {
  const { fregi } = shop;
  const { rowCount } = await db.query(SAVE, [
    shop.shopId,
    shop.name,
    shop.linkEnabled,
    shop.inquiry,
    shop.captureDeadlineDays,
    fregi.environment,
    fregi.shopId,
    fregi.baseUrl,
    fregi.inquiryUrl,
  ]);
  return rowCount === 1;
}

/**
 * Changes settings if nobody else has since `expectedVersion`, and writes down who changed what;
 * null if somebody has.
 */
export async function changeSettings(
  db: Db,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  expectedVersion: number,
  changes: ChangeSettings,
): Promise<Shop | null> {
  return transaction(db, async (client) => {
    const before = await loadShop(client, shopId);
    const { rows } = await client.query<ShopRecord>(CHANGE, [
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
    ]);
    if (rows[0] === undefined || before === null) return null;
    const after = shopOf(rows[0]);
    const change = { before: settingsOf(before), after: settingsOf(after) };
    await logSettings(client, shopId, { actor, area: 'settings', subject: '', ...change });
    return after;
  });
}

/** What the log compares. */
function settingsOf(shop: Shop): Record<string, unknown> {
  const { linkEnabled, inquiry, captureDeadlineDays, captureDeadlines } = shop;
  const { paymentPolicies, confirm, shipper, digest } = shop;
  return {
    linkEnabled,
    inquiry,
    captureDeadlineDays,
    captureDeadlines,
    paymentPolicies,
    confirm,
    shipper,
    digest,
  };
}

const COLUMNS = `shop_id, name, link_enabled, inquiry, capture_deadline_days, fregi_environment,
  fregi_shop_id, fregi_base_url, fregi_inquiry_url, payment_policies, confirm_orders, confirm_yen,
  shipper, capture_deadlines, digest, version, updated_at, never_mails(shop_id)`;

const SELECT = `select ${COLUMNS} from shops`;

/** The shop of a row of `orders`, as JSON: a {@link ShopRecord}. */
export const SHOP_JSON = `(
  select ${jsonOf('shop', 'updated_at')} from (
    ${SELECT} s where s.shop_id = orders.shop_id) as shop)`;

const SAVE = `
  insert into shops (shop_id, name, link_enabled, inquiry, capture_deadline_days,
    fregi_environment, fregi_shop_id, fregi_base_url, fregi_inquiry_url)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (shop_id) do nothing`;

const CHANGE = `
  update shops set link_enabled = coalesce($3, link_enabled), inquiry = coalesce($4, inquiry),
    capture_deadline_days = coalesce($5, capture_deadline_days),
    payment_policies = payment_policies || $6::jsonb,
    confirm_orders = coalesce($7, confirm_orders), confirm_yen = coalesce($8, confirm_yen),
    shipper = coalesce($9::jsonb, shipper),
    capture_deadlines = jsonb_strip_nulls(capture_deadlines || $10::jsonb),
    digest = coalesce($11, digest),
    version = version + 1, updated_at = now()
  where shop_id = $1 and version = $2
  returning ${COLUMNS}`;

export type ShopRecord = {
  shop_id: string;
  name: string;
  link_enabled: boolean;
  inquiry: boolean;
  capture_deadline_days: number;
  fregi_environment: Shop['fregi']['environment'];
  fregi_shop_id: string;
  fregi_base_url: string;
  fregi_inquiry_url: string | null;
  payment_policies: Partial<Record<PaymentKind, PaymentPolicy>>;
  confirm_orders: number;
  confirm_yen: number;
  shipper: Partial<Shipper>;
  capture_deadlines: Settings['captureDeadlines'];
  digest: boolean;
  never_mails: MailKind[];
  version: number;
  updated_at: number;
};

export function shopOf(row: ShopRecord): Shop {
  return {
    shopId: row.shop_id,
    name: row.name,
    linkEnabled: row.link_enabled,
    inquiry: row.inquiry,
    captureDeadlineDays: row.capture_deadline_days,
    fregi: {
      environment: row.fregi_environment,
      shopId: row.fregi_shop_id,
      baseUrl: row.fregi_base_url,
      inquiryUrl: row.fregi_inquiry_url,
    },
    paymentPolicies: policiesOf(row.payment_policies),
    confirm: { orders: row.confirm_orders, yen: row.confirm_yen },
    shipper: shipperSchema.parse(row.shipper),
    captureDeadlines: row.capture_deadlines,
    digest: row.digest,
    neverMails: row.never_mails,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

function policiesOf(changed: ShopRecord['payment_policies']): Shop['paymentPolicies'] {
  const all = keysOf(PAYMENT_KIND).map((kind) => [kind, changed[kind] ?? DEFAULT_POLICY]);
  return Object.fromEntries(all);
}
