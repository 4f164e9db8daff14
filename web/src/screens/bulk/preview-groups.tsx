import { Button } from '@mantine/core';
import type { RunKind, RunPreviewRow } from '@renkei/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDifference, formatYen } from '../../ui/browser/format.ts';
import { AskDisclosure } from '../../ui/data/plan.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { RemedyLinks } from '../runs/remedy-links.tsx';
import classes from './bulk.module.css';
import type { Group, Outcome } from './terms.ts';
import { TrackingCell } from './tracking-cell.tsx';
import type { Tracking } from './use-tracking.ts';

const SHOWN_FIRST = 50;
const SHOWN_MORE = 500;

type Props = {
  readonly kind: RunKind;
  readonly groups: readonly Group[];
  /** The fields of 送り状番号; null if the run ships nothing. */
  readonly tracking: Tracking | null;
  /** The same key may carry only the same content. */
  readonly frozen: boolean;
};

/** The orders by outcome: with calls to F-REGI, without calls, and left out. */
export function PreviewGroups({ groups, ...props }: Props) {
  return (
    <div className="stack">
      {groups.map((group) => (
        <GroupRows key={group.outcome} group={group} {...props} />
      ))}
    </div>
  );
}

/**
 * The everyday groups of marking paid, folded at first. Every other group is open before the press.
 */
const FOLDED: readonly Outcome[] = ['as_is', 'local_only'];

function GroupRows(props: Omit<Props, 'groups'> & { readonly group: Group }) {
  const { group, kind, tracking, frozen } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN_FIRST);
  const { outcome, rows, yen } = group;
  const words = { name: t(`bulk.groups.${outcome}`), count: rows.length, yen: formatYen(yen) };
  const name = t('bulk.group', words);
  const isHere = outcome === 'local_only' || outcome === 'unpaid_at_gateway';
  const here = isHere ? t(`bulk.onlyHere.${kind}`) : '';
  const numbers = outcome === 'excluded' ? null : tracking;
  return (
    <details open={kind !== 'mark_paid' || !FOLDED.includes(outcome)} className={classes.group}>
      <summary>{name}</summary>
      <p className="quiet">
        {t(`bulk.groupHint.${outcome}`)} {here}
      </p>
      <Table caption={name} head={<Head outcome={outcome} numbers={numbers !== null} />}>
        {rows.slice(0, shown).map((row) => (
          <Row key={row.orderNumber} row={row} outcome={outcome}>
            {numbers && <TrackingCell row={row} rows={rows} tracking={numbers} frozen={frozen} />}
          </Row>
        ))}
      </Table>
      {rows.length > shown && (
        <Button
          mt="xs"
          size="compact-md"
          variant="default"
          onClick={() => setShown(shown + SHOWN_MORE)}
        >
          {t('bulk.more', { count: Math.min(SHOWN_MORE, rows.length - shown) })}
        </Button>
      )}
    </details>
  );
}

/** The outcomes whose authorized amount may differ from the bill. */
const COMPARES: readonly Outcome[] = ['with_change', 'doubted'];

const ASK_NOTHING: readonly Outcome[] = [
  'revoke',
  'left_alone',
  'unpaid_at_gateway',
  'local_only',
  'excluded',
];

function Head({ outcome, numbers }: { readonly outcome: Outcome; readonly numbers: boolean }) {
  const { t } = useTranslation();
  const hasAsks = !ASK_NOTHING.includes(outcome);
  return (
    <tr>
      <th scope="col">{t('orders.columns.orderNumber')}</th>
      <th scope="col">{t('bulk.customer')}</th>
      {COMPARES.includes(outcome) && (
        <th scope="col" className={table.number}>
          {t('bulk.authorized')}
        </th>
      )}
      <th scope="col" className={table.number}>
        {t('orders.columns.billed')}
      </th>
      {COMPARES.includes(outcome) && (
        <th scope="col" className={table.number}>
          {t('bulk.difference')}
        </th>
      )}
      {numbers && <th scope="col">{t('bulk.tracking')}</th>}
      {outcome === 'unpaid_at_gateway' && <th scope="col">{t('desk.redirect.state')}</th>}
      {outcome === 'excluded' && <th scope="col">{t('bulk.why')}</th>}
      {hasAsks && <th scope="col">{t('bulk.asks')}</th>}
    </tr>
  );
}

function Row(props: {
  readonly row: RunPreviewRow;
  readonly outcome: Outcome;
  /** The cell of its 送り状番号, if it has one. */
  readonly children: ReactNode;
}) {
  const { row, outcome, children } = props;
  const { t } = useTranslation();
  const { orderNumber, customerName, billed, authorized, asks, doubt, notMade } = row;
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        {orderNumber}
      </th>
      <td className={classes.customer}>{customerName}</td>
      {COMPARES.includes(outcome) && <Yen yen={authorized} />}
      <Yen yen={billed} />
      {COMPARES.includes(outcome) && (
        <td className={table.number}>{formatDifference(billed - (authorized ?? 0))}</td>
      )}
      {children}
      {outcome === 'unpaid_at_gateway' && (
        <td>{notMade.map(({ status }) => t(`desk.redirect.status.${status}`)).join('、')}</td>
      )}
      {outcome === 'excluded' && <Why row={row} />}
      {asks.length > 0 && (
        <td>
          <AskDisclosure
            asks={asks}
            label={asks.map(({ verb }) => t(`words.verb.${verb}`)).join(' → ')}
            spoken={t('bulk.asksOf', { orderNumber })}
          />
          {doubt && <strong>{doubt.cause}</strong>}
        </td>
      )}
    </tr>
  );
}

function Yen({ yen }: { readonly yen: number | null }) {
  return <td className={table.number}>{yen === null ? '—' : formatYen(yen)}</td>;
}

/** The manual's line if there is one, then cause and remedy. */
function Why({ row }: { readonly row: RunPreviewRow }) {
  const { orderNumber, reason, line } = row;
  return (
    <td>
      <div className={classes.why}>
        {line !== null && (
          <strong lang="ja">
            {orderNumber}:{line}
          </strong>
        )}
        {reason && <span>{reason.cause}</span>}
        {reason && <span className={table.muted}>{reason.remedy}</span>}
        {reason && <RemedyLinks orderNumber={orderNumber} remedies={reason.remedies} />}
      </div>
    </td>
  );
}
