import { Button } from '@mantine/core';
import type { RunDetail, RunRow } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isGoingOn } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Sums } from '../../ui/data/sums.tsx';
import table from '../../ui/data/table.module.css';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { Badge, type Tone } from '../../ui/state/badge.tsx';
import { RunRowBadge } from '../../ui/state/state-badges.tsx';
import { RunOrderCells, RunTable } from '../runs/run-table.tsx';
import { useRun } from '../runs/use-run.ts';
import classes from './pre-orders.module.css';

const route = getRouteApi('/inside/pre-orders');

/** The result of a run of authorizations: live while it runs, both outcomes side by side. */
export function Result(props: {
  readonly id: string;
  readonly onAgain: (orderNumbers: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { show } = route.useSearch();
  const queries = useQueryClient();
  const { data, error, refetch } = useRun(shop.id, props.id);
  const isOver = data !== undefined && !isGoingOn(data);
  useEffect(() => {
    if (isOver) void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
  }, [isOver, queries, shop.id]);
  return (
    <Section
      title={t('preorders.result.title')}
      aside={
        <Link to="/pre-orders" search={{ show }}>
          {t('preorders.result.close')}
        </Link>
      }
    >
      {data === undefined && error === null && <Loading rows={2} />}
      {data === undefined && error !== null && (
        <ReadFailure
          error={error}
          title={t('preorders.result.failed')}
          onRetry={() => void refetch()}
        />
      )}
      {data && <Outcome run={data} onAgain={props.onAgain} />}
    </Section>
  );
}

type Kind = 'authorized' | 'moved' | 'declined' | 'failed' | 'open';

/** The outcome of a row. A row without a call to F-REGI has only moved to 通常処理. */
function kindOf({ state, operation }: RunRow): Kind {
  if (state === 'succeeded') return operation?.goal === 'authorized' ? 'authorized' : 'moved';
  if (state === 'stopped') return 'failed';
  if (state !== 'failed') return 'open';
  return operation?.state === 'declined' ? 'declined' : 'failed';
}

const TONE: Record<Kind, Tone> = {
  authorized: 'good',
  moved: 'quiet',
  declined: 'warn',
  failed: 'bad',
  open: 'going',
};
/** Outcomes that need a person come first. */
const KINDS: readonly Kind[] = ['declined', 'failed', 'open', 'authorized', 'moved'];

function Outcome(props: {
  readonly run: RunDetail;
  readonly onAgain: (orderNumbers: readonly string[]) => void;
}) {
  const { run, onAgain } = props;
  const { t } = useTranslation();
  const byKind = Map.groupBy(run.rows, kindOf);
  const rows = KINDS.flatMap((kind) => byKind.get(kind) ?? []);
  const sums = KINDS.flatMap((kind) => {
    const count = byKind.get(kind)?.length ?? 0;
    if (count === 0 && kind !== 'authorized' && kind !== 'declined') return [];
    const name = t(`preorders.result.kind.${kind}`);
    const tone = count === 0 ? {} : { tone: TONE[kind] };
    return [{ name, value: t('bulk.orders', { count }), ...tone }];
  });
  return (
    <div className="stack">
      <div role="status">
        <Sums sums={sums} />
      </div>
      <RunTable
        caption={t('preorders.result.caption')}
        state={t('preorders.result.state')}
        said={t('preorders.result.next')}
      >
        {rows.map((row) => (
          <Row key={row.orderNumber} row={row} onAgain={() => onAgain([row.orderNumber])} />
        ))}
      </RunTable>
    </div>
  );
}

function Row({ row, onAgain }: { readonly row: RunRow; readonly onAgain: () => void }) {
  const { t } = useTranslation();
  const { orderNumber, state, reason } = row;
  const kind = kindOf(row);
  return (
    <tr>
      <RunOrderCells row={row} />
      <td>
        {kind === 'open' || kind === 'failed' ? (
          <RunRowBadge state={state} />
        ) : (
          <Badge tone={TONE[kind]} icon={kind === 'declined' ? 'warning' : 'check'}>
            {t(`preorders.result.kind.${kind}`)}
          </Badge>
        )}
        {reason && <div>{reason.cause}</div>}
      </td>
      <td>
        {reason && <div className={table.muted}>{reason.remedy}</div>}
        {kind === 'declined' && (
          <div className={classes.next}>
            <Button size="compact-sm" variant="default" onClick={onAgain}>
              {t('preorders.one.declined')}
              <span className="spoken">{t('preorders.of', { orderNumber })}</span>
            </Button>
            <Link to="/orders/$orderNumber" params={{ orderNumber }} hash="method">
              {t('preorders.result.method')}
            </Link>
          </div>
        )}
      </td>
    </tr>
  );
}
