import { SHIPMENT_PARTS, type ShipmentPart } from '@renkei/contract/lists/shipment-parts.ts';
import { SAYS } from './text/messages.ts';
import type { TableColumn, TableKind } from './text/table.ts';

/** The shop's own answers: the name of a column → the part that it holds. */
export type TaughtHeaders = ReadonlyMap<string, ShipmentPart>;

type Names = Readonly<Partial<Record<ShipmentPart, readonly [string, ...string[]]>>>;

/** The most rows of one file, without its header. */
const ROWS_MAX = 100_000;

/**
 * The programs that write shipping results, each by its own headers: 伝票番号 is the carrier's number
 * at Yamato, and the order's at ネクストエンジン. Names are compared folded (dots, №, 合わせ and 合せ).
 */
const PROGRAMS: readonly Names[] = [
  // ネクストエンジン
  {
    order: ['店舗伝票番号'],
    tracking: ['発送伝票番号', '送り状番号', '配送伝票番号'],
    shippedOn: ['出荷確定日', '発送日', '出荷日'],
    carrier: ['発送方法', '配送方法'],
  },
  // 日本郵便 ゆうプリR
  {
    order: ['お客様側管理番号'],
    tracking: ['お問い合わせ番号', 'お問い合わせ番号(送り状番号)', '送り状番号', '追跡番号'],
    shippedOn: ['仮引受確定作業年月日', '発送予定日'],
  },
  // 佐川急便 e飛伝
  {
    order: ['お客様管理番号'],
    tracking: ['お問い合せ送り状No.', 'お問い合せ送り状', '問い合せNo.'],
    shippedOn: ['出荷日', '出荷予定日'],
  },
  // ヤマト運輸 B2
  {
    order: ['お客様管理番号'],
    tracking: ['伝票番号', '送り状番号'],
    shippedOn: ['出荷予定日', '出荷日'],
  },
  // GoQ
  {
    order: ['受注番号', '注文番号'],
    tracking: ['送り状番号', '発送伝票番号', '伝票番号', 'お問い合わせ番号'],
    shippedOn: ['発送日', '出荷日', '出荷完了日'],
    carrier: ['配送会社', '運送会社', '配送方法'],
  },
  // futureshop
  {
    order: ['受注コード'],
    tracking: ['送り状番号'],
    destination: ['お届け先番号'],
    shippedOn: ['発送日'],
    carrier: ['配送サービス'],
  },
  // A file that a person has put together from these.
  {
    order: [
      '受注コード',
      'お客様管理番号',
      'お客様側管理番号',
      '受注番号',
      '注文番号',
      '店舗伝票番号',
    ],
    tracking: [
      '送り状番号',
      '伝票番号',
      '発送伝票番号',
      'お問い合せ送り状No.',
      'お問い合せ送り状',
      'お問い合わせ番号',
      '問い合せNo.',
    ],
    destination: ['お届け先番号'],
    shippedOn: ['発送日', '出荷日', '出荷予定日'],
    carrier: ['配送サービス', '配送会社'],
  },
];

const REQUIRED: ReadonlySet<ShipmentPart> = new Set(['order', 'tracking']);

/** Returns the layouts of shipping results, the likeliest first; the shop's own names come first. */
export function kindsOfShipments(taught: TaughtHeaders): readonly TableKind<ShipmentPart>[] {
  const all = taught.size === 0 ? PROGRAMS : [namesTaught(taught), ...PROGRAMS];
  return all.map((names) => ({
    columns: Object.fromEntries(
      SHIPMENT_PARTS.map((part) => [part, columnOf(part, names[part] ?? [])]),
    ) as Record<ShipmentPart, TableColumn>,
    rowsMax: ROWS_MAX,
    empty: SAYS.noShipments(),
    remedy: SAYS.teachColumns(),
    isNoCard: (part) => part === 'tracking',
  }));
}

/** The program's names under those that the shop has taught, which decide. */
function namesTaught(taught: TaughtHeaders): Names {
  const last = PROGRAMS.at(-1) ?? {};
  return Object.fromEntries(
    SHIPMENT_PARTS.map((part) => {
      const own = [...taught].flatMap(([name, of]) => (of === part ? [name] : []));
      return [part, own.length > 0 ? own : (last[part] ?? [])];
    }),
  );
}

function columnOf(part: ShipmentPart, [name = '', ...aliases]: readonly string[]): TableColumn {
  return REQUIRED.has(part) ? { name, aliases, required: true } : { name, aliases };
}
