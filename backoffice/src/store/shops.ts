import type { ChangeSettings } from '../contract/shop.ts';
import type { Db, Queryable } from './db.ts';

/** A shop with its settings and its contract at F-REGI. No secret is in it. */
export type Shop = {
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
  readonly version: number;
  readonly updatedAt: number;
};

export async function loadShop(db: Queryable, shopId: string): Promise<Shop | null> {
  const { rows } = await db.query<ShopRecord>(`${SELECT} where shop_id = $1`, [shopId]);
  return rows[0] ? shopOf(rows[0]) : null;
}

export async function listShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<ShopRecord>(`${SELECT} order by shop_id`);
  return rows.map(shopOf);
}

/** Creates a shop, or brings its name and its contract at F-REGI up to date. */
export async function saveShop(db: Queryable, shop: Omit<Shop, 'version' | 'updatedAt'>) {
  const { fregi } = shop;
  await db.query(SAVE, [
    ...[shop.shopId, shop.name, shop.linkEnabled, shop.inquiry, shop.captureDeadlineDays],
    ...[fregi.environment, fregi.shopId, fregi.baseUrl, fregi.inquiryUrl],
  ]);
}

/** Changes settings if nobody else has since `expectedVersion`; null if somebody has. */
export async function changeSettings(
  db: Db,
  shopId: string,
  expectedVersion: number,
  changes: ChangeSettings,
): Promise<Shop | null> {
  const { rows } = await db.query<ShopRecord>(CHANGE, [
    ...[shopId, expectedVersion],
    ...[changes.linkEnabled ?? null, changes.inquiry ?? null, changes.captureDeadlineDays ?? null],
  ]);
  return rows[0] ? shopOf(rows[0]) : null;
}

const COLUMNS = `shop_id, name, link_enabled, inquiry, capture_deadline_days, fregi_environment,
  fregi_shop_id, fregi_base_url, fregi_inquiry_url, version, updated_at`;

const SELECT = `select ${COLUMNS} from shops`;

const SAVE = `
  insert into shops (shop_id, name, link_enabled, inquiry, capture_deadline_days,
    fregi_environment, fregi_shop_id, fregi_base_url, fregi_inquiry_url)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (shop_id) do update set name = excluded.name,
    fregi_environment = excluded.fregi_environment, fregi_shop_id = excluded.fregi_shop_id,
    fregi_base_url = excluded.fregi_base_url, fregi_inquiry_url = excluded.fregi_inquiry_url`;

const CHANGE = `
  update shops set link_enabled = coalesce($3, link_enabled), inquiry = coalesce($4, inquiry),
    capture_deadline_days = coalesce($5, capture_deadline_days),
    version = version + 1, updated_at = now()
  where shop_id = $1 and version = $2
  returning ${COLUMNS}`;

type ShopRecord = {
  shop_id: string;
  name: string;
  link_enabled: boolean;
  inquiry: boolean;
  capture_deadline_days: number;
  fregi_environment: Shop['fregi']['environment'];
  fregi_shop_id: string;
  fregi_base_url: string;
  fregi_inquiry_url: string | null;
  version: number;
  updated_at: number;
};

function shopOf(row: ShopRecord): Shop {
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
    version: row.version,
    updatedAt: row.updated_at,
  };
}
