import { BUCKETS, type Reconciliation } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatDifference, formatInstant, formatYen } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './reconciliation.module.css';

type Props = { readonly report: Pick<Reconciliation, 'equation' | 'verdict' | 'lastFile'> };

/** Our total plus every bucket equals F-REGI's total: a person can add it up from top to bottom. */
export function EquationBlock({ report }: Props) {
  const { t } = useTranslation();
  const { ours, theirs, moves, corrections, unexplained } = report.equation;
  return (
    <Section title={t('reconciliation.equation.title')}>
      <div className="stack">
        <p className="quiet">{t('reconciliation.equation.lead')}</p>
        <Table
          caption={t('reconciliation.equation.title')}
          head={
            <tr>
              <th scope="col">{t('reconciliation.equation.item')}</th>
              <th scope="col" className={table.number}>
                {t('reconciliation.equation.count')}
              </th>
              <th scope="col" className={table.number}>
                {t('reconciliation.equation.amount')}
              </th>
            </tr>
          }
        >
          <Line name="oursCaptures" count={ours.captures.count} yen={ours.captures.amount} />
          <Line name="oursRefunds" count={ours.refunds.count} yen={-ours.refunds.amount} />
          <Line name="ours" yen={ours.net} sum />
          {BUCKETS.map((bucket) => (
            <tr key={bucket}>
              <th scope="row">{t(`reconciliation.bucket.${bucket}`)}</th>
              <td className={table.number}>{moves[bucket].count.toLocaleString()}</td>
              <td className={table.number}>{formatDifference(moves[bucket].amount)}</td>
            </tr>
          ))}
          {corrections.count > 0 && (
            <Line name="corrections" count={corrections.count} yen={corrections.amount} />
          )}
          <Line name="theirs" yen={theirs.net} sum />
          <Line name="theirsCaptures" count={theirs.captures.count} yen={theirs.captures.amount} />
          <Line name="theirsRefunds" count={theirs.refunds.count} yen={-theirs.refunds.amount} />
          <Line name="unexplained" yen={unexplained} sum />
        </Table>
        <VerdictNotice report={report} />
      </div>
    </Section>
  );
}

const TONES = {
  miscounted: 'bad',
  differs: 'warn',
  not_looked: 'warn',
  agrees: 'good',
  empty: 'quiet',
} as const;

/** The verdict on the period: green only if nothing is left to do. */
function VerdictNotice({ report: { verdict, lastFile } }: Props) {
  const { t } = useTranslation();
  const { kind, count, amount, answered } = verdict;
  const title = t(`reconciliation.verdict.${kind}`, { count, yen: formatYen(amount) });
  const notes = [
    ...(answered.count === 0
      ? []
      : [
          t('reconciliation.verdict.answered', {
            count: answered.count,
            yen: formatYen(answered.amount),
          }),
        ]),
    ...(kind === 'not_looked' || answered.count > 0
      ? [
          lastFile === null
            ? t('reconciliation.verdict.noFile')
            : t('reconciliation.verdict.lastFile', { at: formatInstant(lastFile.importedAt) }),
        ]
      : []),
  ];
  return (
    <Notice tone={TONES[kind]} title={title}>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Notice>
  );
}

function Line(props: {
  readonly name: Exclude<
    keyof typeof import('../../locale/ja/reconciliation.ts').jaReconciliation.equation,
    'title' | 'lead' | 'item' | 'count' | 'amount'
  >;
  readonly count?: number;
  readonly yen: number;
  readonly sum?: boolean;
}) {
  const { name, count, yen, sum } = props;
  const { t } = useTranslation();
  return (
    <tr className={sum ? classes.sum : undefined}>
      <th scope="row">{t(`reconciliation.equation.${name}`)}</th>
      <td className={table.number}>{count?.toLocaleString()}</td>
      <td className={table.number}>{formatYen(yen === 0 ? 0 : yen)}</td>
    </tr>
  );
}
