import { DEADLINE_LEVELS, type DeadlineList } from '@renkei/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { deadlinesQuery } from '../../api/home.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { Bars, Chart } from '../../ui/data/chart.tsx';
import { Paged } from '../../ui/data/paged.tsx';
import { PageHead } from '../../ui/data/section.tsx';
import { Sums } from '../../ui/data/sums.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Chip } from '../../ui/state/chip.tsx';
import { DeadlineTable } from './deadline-table.tsx';
import { TONE } from './levels.ts';
import { WITHIN } from './search.ts';

const route = getRouteApi('/inside/deadlines');

/** 期限: authorized, uncaptured orders of every status, the nearest deadline first. */
export function DeadlinesScreen() {
  const { within, all } = route.useSearch();
  const { t } = useTranslation();
  const { shop } = useSession();
  const wish = { within: within === undefined ? undefined : Number(within), all };
  const list = useInfiniteQuery(deadlinesQuery(shop.id, wish));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const head = list.data?.pages[0];
  useTitle(t('deadlines.title'));
  return (
    <>
      <PageHead title={t('deadlines.title')} />
      <div className="stack">
        <p className="quiet">{t('deadlines.lead')}</p>
        <Paged list={list} rows={8} failed={t('deadlines.failed')} more={t('deadlines.more')}>
          {head && <Levels levels={head.levels} />}
          <Filters />
          {head && items.length === 0 && (
            <Empty icon="check" title={t('deadlines.empty')}>
              <p className="quiet">{t('deadlines.emptyHint')}</p>
              <Link to="/attention" search={{}}>
                {t('attention.title')}
              </Link>
            </Empty>
          )}
          {items.length > 0 && <DeadlineTable items={items} />}
        </Paged>
        {head && <Weeks weeks={head.weeks} />}
      </div>
    </>
  );
}

/** The amount at risk at each level, for all orders whatever the filter. */
function Levels({ levels }: Pick<DeadlineList, 'levels'>) {
  const { t } = useTranslation();
  return (
    <Sums
      sums={DEADLINE_LEVELS.map((level) => {
        const { count, amount } = levels[level];
        return {
          name: t(`deadlines.level.${level}`),
          value: `${t('home.orders', { count })}${t('common.and')}${formatYen(amount)}`,
          ...(count > 0 && { tone: TONE[level] }),
        };
      })}
    />
  );
}

function Filters() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (changes: typeof search) =>
    void navigate({ to: '/deadlines', search: { ...search, ...changes } });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name.
    <div role="group" aria-label={t('deadlines.filter')} className="wrap">
      <Chip on={search.within === undefined} onClick={() => change({ within: undefined })}>
        {t('deadlines.everything')}
      </Chip>
      {WITHIN.map((days) => (
        <Chip key={days} on={search.within === days} onClick={() => change({ within: days })}>
          {t('deadlines.within', { count: Number(days) })}
        </Chip>
      ))}
      <Chip
        on={search.all !== undefined}
        onClick={() => change({ all: search.all ? undefined : 'true' })}
      >
        {t('deadlines.left')}
      </Chip>
    </div>
  );
}

function Weeks({ weeks }: Pick<DeadlineList, 'weeks'>) {
  const { t } = useTranslation();
  const some = weeks.some(({ count }) => count > 0) ? weeks : [];
  const bars = some.map(({ from, to, count, amount }) => ({
    name: t('deadlines.week', { from: formatDate(from).slice(5), to: formatDate(to).slice(5) }),
    size: amount,
    label: formatYen(amount) + t('common.aside', { text: t('home.orders', { count }) }),
  }));
  return (
    <Chart
      title={t('deadlines.weeks')}
      columns={[t('home.day'), t('home.amount')]}
      rows={bars.map(({ name, label }) => [name, label])}
    >
      <Bars bars={bars} />
    </Chart>
  );
}
