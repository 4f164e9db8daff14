import type { Bucket } from '@renkei/core/domain/reconciliation/buckets.ts';
import { formatRow, guardFormula } from '../csv/text/rows.ts';
import type { BalanceSums } from '../store/lists/open-amount.ts';
import { explainLine, type Report } from './reconciliation-report.ts';

const BUCKET_JA: Record<Bucket, string> = {
  matched: '一致',
  amount_differs: '金額相違',
  only_ours: '自社のみ',
  only_theirs: 'F-REGIのみ',
  not_looked: '未照合',
  timing_out: '期ずれ（F-REGIは別期間）',
  timing_in: '期ずれ（自社は別期間）',
};

const HEAD = [
  '区分',
  '種別',
  '受注コード',
  '取引番号',
  '自社金額',
  '自社日付',
  'F-REGI金額',
  'F-REGI日付',
  '差額',
  '修正対象日',
  '説明',
];

/** The lines of a report, and its equation below them, as CSV for an accountant. */
export function formatReportCsv({ lines, equation, period }: Report, balance: BalanceSums): string {
  const rows = lines.map((line) => [
    BUCKET_JA[line.bucket],
    line.kind === 'capture' ? '売上' : '売上取消',
    line.orderNumber ?? '',
    line.seqno,
    line.ours?.amount ?? '',
    line.ours?.on ?? '',
    line.theirs?.amount ?? '',
    line.theirs?.on ?? '',
    line.moves,
    line.correctionOf ?? '',
    explainLine(line, 'ja'),
  ]);
  const { ours, theirs, moves, unexplained } = equation;
  const sums: [string, number][] = [
    [`自社（${period.from}〜${period.to}）売上`, ours.captures.amount],
    ['自社 売上取消', -ours.refunds.amount],
    ['金額相違', moves.amount_differs.amount],
    ['自社のみ', moves.only_ours.amount],
    ['F-REGIのみ', moves.only_theirs.amount],
    ['未照合', moves.not_looked.amount],
    ['期ずれ', moves.timing_out.amount + moves.timing_in.amount],
    ['F-REGI 合計', theirs.net],
    ['説明できない差額', unexplained],
    ['カード以外で精算した差額（期間内）', balance.settled.amount],
    ['未精算の差額（入金済の受注・現在）', balance.open.amount],
  ];
  const blank = (count: number) => Array.from({ length: count }, () => '');
  const below = sums.map(([name, amount]) => [name, ...blank(7), amount, '', '']);
  return [HEAD, ...rows, HEAD.map(() => ''), ...below]
    .map((cells) => formatRow(cells.map(cellOf)))
    .join('');
}

/** A number stays one, sign and all; only text can be taken for a formula. */
function cellOf(cell: string | number): string {
  return typeof cell === 'number' ? String(cell) : guardFormula(cell);
}
