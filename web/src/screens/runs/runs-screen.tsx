import type { Run } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { runsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { Chip, Chips } from '../../ui/state/chip.tsx';
import { RunBadge } from '../../ui/state/state-badges.tsx';
import { termsOf, useOutcome } from './outcome.ts';
import classes from './runs.module.css';
import type { RunsSearch } from './search.ts';

const route = getRouteApi('/inside/runs');

const COLUMNS = ['state', 'name', 'createdAt', 'actor', 'terms', 'outcome'] as const;

/** 一括処理: every run, with its progress and its result. */
export function RunsScreen() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, isPending, refetch } = useQuery(runsQuery(shop.id));
  useTitle(t('runs.title'));
  return (
    <>
      <PageHead title={t('runs.title')} />
      {isPending && <Loading />}
      {error && !data && (
        <ReadFailure error={error} title={t('common.broken')} onRetry={() => void refetch()} />
      )}
      {data?.items.length === 0 && (
        <Empty icon="layers" title={t('runs.empty')}>
          <p className="quiet">{t('runs.emptyHint')}</p>
          <Link to="/orders" search={{ tab: 'unpaid' }}>
            {t('runs.openUnpaid')}
          </Link>
        </Empty>
      )}
      {data && data.items.length > 0 && <RunList runs={data.items} />}
    </>
  );
}

/** The runs, newest first; on request only the runs with a recent failure. */
function RunList({ runs }: { readonly runs: readonly Run[] }) {
  const { t } = useTranslation();
  const { failed } = route.useSearch();
  const failing = runs.filter(hasLatelyFailed);
  const items = failed === undefined ? runs : failing;
  return (
    <div className="stack">
      <Filter failed={failed} count={failing.length} />
      {items.length === 0 && <Empty icon="check" title={t('runs.noneFailed')} />}
      {items.length > 0 && (
        <Table
          caption={t('runs.caption')}
          head={
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(`runs.columns.${name}`)}
                </th>
              ))}
            </tr>
          }
        >
          {items.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </Table>
      )}
    </div>
  );
}

const LATELY_MS = 7 * 24 * 60 * 60 * 1000;

/** True for a run that ホーム counts: begun within seven days, with a failed order. */
function hasLatelyFailed({ createdAt, counts }: Run): boolean {
  return counts.failed > 0 && Date.now() - Date.parse(createdAt) < LATELY_MS;
}

function Filter(props: { readonly failed: 'true' | undefined; readonly count: number }) {
  const { failed, count } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const show = (search: RunsSearch) => void navigate({ to: '/runs', search });
  return (
    <Chips name={t('runs.filter')}>
      <Chip on={failed === undefined} onClick={() => show({})}>
        {t('runs.all')}
      </Chip>
      <Chip on={failed !== undefined} onClick={() => show({ failed: 'true' })}>
        {t('runs.lately', { count })}
      </Chip>
    </Chips>
  );
}

function RunLine({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const outcome = useOutcome(run);
  return (
    <tr>
      <td>
        <RunBadge state={run.state} />
      </td>
      <th scope="row" className={table.nowrap}>
        <Link to="/runs/$id" params={{ id: run.id }}>
          {t(`runs.names.${run.kind}`)}
        </Link>
      </th>
      <td className={table.nowrap}>{formatInstant(run.createdAt)}</td>
      <td className={table.nowrap}>{run.actor}</td>
      <td className={classes.terms}>{termsOf(run, t).join('、')}</td>
      <td className={classes.outcome}>{outcome}</td>
    </tr>
  );
}
