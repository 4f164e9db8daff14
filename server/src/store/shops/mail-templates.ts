import type { MAIL_SENDING, MailTemplateInput } from '@renkei/contract/shop/mails.ts';
import { MAIL_KIND, type MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { DEFAULT_TEMPLATE } from '../../mail/templates.ts';
import { logSettings } from '../audit/settings-log.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** A shop's template for a kind of mail: its own words, or Renkei's. */
export type MailTemplate = MailTemplateInput & {
  readonly kind: MailKind;
  readonly isDefault: boolean;
  /** 0 until the shop changes it. */
  readonly version: number;
};

/** Order confirmations are not automatic: the cart has already sent its own. */
const DEFAULT_SENDING: Record<MailKind, (typeof MAIL_SENDING)[number]> = {
  order_confirmation: 'manual',
  preorder_confirmation: 'manual',
  thanks: 'manual',
  payment_confirmation: 'auto',
  shipping_notice: 'auto',
  cancellation: 'auto',
  status_change: 'auto',
  order_notice_1: 'manual',
  order_notice_2: 'manual',
};

type TemplateRecord = {
  kind: MailKind;
  subject: string;
  body: string;
  member_body: string;
  afterword: string;
  sending: MailTemplateInput['sending'];
  copy_to: string[];
  version: number;
};

const COLUMNS = 'kind, subject, body, member_body, afterword, sending, copy_to, version';
const SELECT = `select ${COLUMNS} from mail_templates`;

/** Lists every kind of mail, in the order of an order's life. */
export async function listMailTemplates(db: Queryable, shopId: string): Promise<MailTemplate[]> {
  const { rows } = await db.query<TemplateRecord>(`${SELECT} where shop_id = $1`, [shopId]);
  return keysOf(MAIL_KIND).map((kind) =>
    templateOf(
      kind,
      rows.find((row) => row.kind === kind),
    ),
  );
}

export async function loadMailTemplate(
  db: Queryable,
  shopId: string,
  kind: MailKind,
): Promise<MailTemplate> {
  const { rows } = await db.query<TemplateRecord>(`${SELECT} where shop_id = $1 and kind = $2`, [
    shopId,
    kind,
  ]);
  return templateOf(kind, rows[0]);
}

function templateOf(kind: MailKind, row: TemplateRecord | undefined): MailTemplate {
  if (row === undefined) {
    const common = { kind, isDefault: true, version: 0, copyTo: [], memberBody: '', afterword: '' };
    return { ...common, ...DEFAULT_TEMPLATE[kind], sending: DEFAULT_SENDING[kind] };
  }
  const { subject, body, afterword, sending, version } = row;
  const { member_body: memberBody, copy_to: copyTo } = row;
  const words = { subject, body, memberBody, afterword };
  return { kind, isDefault: false, ...words, sending, copyTo, version };
}

/** The actor and the shop of a change. */
type TemplateChange = { readonly shopId: string; readonly actor: Actor };

/** The template, in the version that the caller saw. */
type TemplateRef = { readonly kind: MailKind; readonly version: number };

/** Saves a shop's own template; null if somebody else has changed it since `version`. */
export async function saveMailTemplate(
  db: Db,
  { shopId, actor }: TemplateChange,
  wanted: TemplateRef,
  input: MailTemplateInput,
): Promise<MailTemplate | null> {
  const { kind } = wanted;
  return transaction(db, async (client) => {
    const before = await loadMailTemplate(client, shopId, kind);
    const { rows } = await client.query<TemplateRecord>(
      `insert into mail_templates (shop_id, kind, subject, body, member_body, afterword, sending,
         copy_to)
       select $1, $2, $4, $5, $6, $7, $8, $9 where $3 = 0
       on conflict do nothing returning ${COLUMNS}`,
      valuesOf(shopId, wanted, input),
    );
    const saved = rows[0] ?? (await update(client, shopId, wanted, input));
    if (saved === null) return null;
    const change = { before: bare(before), after: { ...input } };
    await logSettings(client, shopId, { actor, area: 'mail_template', subject: kind, ...change });
    return templateOf(kind, saved);
  });
}

async function update(
  client: Queryable,
  shopId: string,
  wanted: TemplateRef,
  input: MailTemplateInput,
): Promise<TemplateRecord | null> {
  const { rows } = await client.query<TemplateRecord>(
    `update mail_templates set subject = $4, body = $5, member_body = $6, afterword = $7,
       sending = $8, copy_to = $9, version = version + 1
      where shop_id = $1 and kind = $2 and version = $3
      returning ${COLUMNS}`,
    valuesOf(shopId, wanted, input),
  );
  return rows[0] ?? null;
}

function valuesOf(
  shopId: string,
  { kind, version }: TemplateRef,
  input: MailTemplateInput,
): unknown[] {
  const { subject, body, memberBody, afterword, sending, copyTo } = input;
  return [shopId, kind, version, subject, body, memberBody, afterword, sending, copyTo];
}

/** Returns to Renkei's template. */
export async function resetMailTemplate(
  db: Db,
  { shopId, actor }: TemplateChange,
  kind: MailKind,
): Promise<MailTemplate> {
  return transaction(db, async (client) => {
    const before = await loadMailTemplate(client, shopId, kind);
    await client.query('delete from mail_templates where shop_id = $1 and kind = $2', [
      shopId,
      kind,
    ]);
    const after = templateOf(kind, undefined);
    const change = { before: bare(before), after: bare(after) };
    await logSettings(client, shopId, { actor, area: 'mail_template', subject: kind, ...change });
    return after;
  });
}

function bare(template: MailTemplate): Record<string, unknown> {
  const { subject, body, memberBody, afterword, sending, copyTo } = template;
  return { subject, body, memberBody, afterword, sending, copyTo };
}
