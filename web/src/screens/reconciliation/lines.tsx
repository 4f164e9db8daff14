import { BUCKETS, type Reconciliation, type ReconciliationLine } from '@renkei/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDifference, formatInstant, formatYen } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Chip } from '../../ui/state/chip.tsx';
import classes from './reconciliation.module.css';
import type { ReconciliationSearch } from './search.ts';

export const LINES_PER_PAGE = 100;

type Props = {
  readonly report: Reconciliation;
  readonly search: ReconciliationSearch;
  readonly offset: number;
};

/** The lines behind the equation, bucket by bucket; matched lines only on request. */
export function Lines({ report, search, offset }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { lines, equation } = report;
  const show = (bucket: ReconciliationSearch['bucket']) =>
    void navigate({
      to: '/reconciliation',
      search: { ...search, bucket, offset: undefined },
      resetScroll: false,
    });
  return (
    <Section title={t('reconciliation.lines.title')}>
      <div className="stack">
        {/* biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name. */}
        <div role="group" aria-label={t('reconciliation.lines.filter')} className="wrap">
          <Chip on={search.bucket === undefined} onClick={() => show(undefined)}>
            {t('reconciliation.lines.differences')}
          </Chip>
          {BUCKETS.map((bucket) => (
            <Chip key={bucket} on={search.bucket === bucket} onClick={() => show(bucket)}>
              {`${t(`reconciliation.bucket.${bucket}`)} ${equation.moves[bucket].count}`}
            </Chip>
          ))}
        </div>
        {lines.length === 0 ? (
          <Empty
            icon="check"
            title={t(`reconciliation.lines.${search.bucket ? 'emptyFilter' : 'empty'}`)}
          />
        ) : (
          <LineTable lines={lines} />
        )}
        <Pages report={report} search={search} offset={offset} />
      </div>
    </Section>
  );
}

/** `title`: stands over the heads, so that each printed page begins with it. */
export function LineTable(props: {
  readonly lines: readonly ReconciliationLine[];
  readonly title?: string;
}) {
  const { lines, title } = props;
  const { t } = useTranslation();
  const heads = ['bucket', 'order', 'seqno', 'ours', 'theirs', 'moves', 'explanation'] as const;
  return (
    <Table
      caption={t('reconciliation.lines.title')}
      dense
      head={
        <>
          {title !== undefined && (
            <tr>
              <th colSpan={heads.length}>{title}</th>
            </tr>
          )}
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col" className={isYen(name) ? table.number : undefined}>
                {t(`reconciliation.lines.${name}`)}
              </th>
            ))}
          </tr>
        </>
      }
    >
      {lines.map((line) => (
        <LineRow key={`${line.kind} ${line.seqno} ${line.bucket}`} line={line} />
      ))}
    </Table>
  );
}

function isYen(name: string): boolean {
  return name === 'ours' || name === 'theirs' || name === 'moves';
}

function LineRow({ line }: { readonly line: ReconciliationLine }) {
  const { t } = useTranslation();
  const { bucket, kind, seqno, orderNumber, ours, theirs, moves, correctionOf } = line;
  return (
    <tr>
      <td>
        {t(`reconciliation.bucket.${bucket}`)}
        <br />
        <span className={table.muted}>{t(`reconciliation.lines.${kind}`)}</span>
      </td>
      <th scope="row" className={table.nowrap}>
        {orderNumber === null ? (
          '—'
        ) : (
          <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
            {orderNumber}
          </Link>
        )}
      </th>
      <td className="mono">{seqno}</td>
      <Booked booked={ours} />
      <Booked booked={theirs} />
      <td className={table.number}>{formatDifference(moves)}</td>
      <td className={classes.explanation}>
        {line.explanation}
        {isUnlooked(line) && (
          <span className={table.muted}>
            {t('common.aside', {
              text:
                line.lookedAt === null
                  ? t('reconciliation.lines.neverLooked')
                  : t('reconciliation.lines.lookedAt', { at: formatInstant(line.lookedAt) }),
            })}
          </span>
        )}
        {correctionOf !== null && (
          <span className={table.muted}>
            {t('common.aside', {
              text: t('reconciliation.lines.correction', { on: formatDate(correctionOf) }),
            })}
          </span>
        )}
      </td>
    </tr>
  );
}

/** True if nobody has looked at F-REGI since; the line then gives the time of the last look. */
function isUnlooked({ bucket, evidence }: ReconciliationLine): boolean {
  return bucket === 'not_looked' || evidence === 'answered';
}

function Booked({ booked }: { readonly booked: ReconciliationLine['ours'] }) {
  return (
    <td className={table.number}>
      {booked === null ? (
        '—'
      ) : (
        <>
          {formatYen(booked.amount)}
          <br />
          <span className={table.muted}>{formatDate(booked.on)}</span>
        </>
      )}
    </td>
  );
}

function Pages({ report: { count, lines }, search, offset }: Props) {
  const { t } = useTranslation();
  if (count <= lines.length) return null;
  const at = (to: number) => ({ ...search, offset: to > 0 ? String(to) : undefined });
  const shown = { count, from: offset + 1, to: offset + lines.length };
  return (
    <div className="wrap">
      <span>{t('reconciliation.lines.showing', shown)}</span>
      {offset > 0 && (
        <Link to="/reconciliation" search={at(offset - LINES_PER_PAGE)}>
          {t('reconciliation.lines.previous')}
        </Link>
      )}
      {offset + lines.length < count && (
        <Link to="/reconciliation" search={at(offset + LINES_PER_PAGE)}>
          {t('reconciliation.lines.next')}
        </Link>
      )}
    </div>
  );
}
