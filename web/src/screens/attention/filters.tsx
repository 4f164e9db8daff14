import { type AttentionCounts, DRIFT, type DriftKind } from '@renkei/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../locale/index.ts';
import { Chip } from '../../ui/state/chip.tsx';
import tabs from '../orders/orders.module.css';
import { type AttentionSearch, kindsThere, STATES } from './search.ts';

/** Otherwise every state would be current: the first one’s URL is the beginning of every URL. */
const EXACT = { exact: true } as const;

/** Open, snoozed or closed; mine; and the kinds that occur, each with its count. */
export function Filters(props: {
  readonly search: AttentionSearch;
  readonly counts: AttentionCounts;
  readonly open: number;
}) {
  const { search, counts, open } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state = 'open', kind, mine } = search;
  const change = (changes: AttentionSearch) =>
    void navigate({ to: '/attention', search: { ...search, item: undefined, ...changes } });
  const countOf = { open, snoozed: counts.snoozed, closed: null };
  return (
    <>
      <nav aria-label={t('attention.states')} className={tabs.tabs}>
        {STATES.map((one) => (
          <Link
            key={one}
            to="/attention"
            search={one === 'open' ? {} : { state: one }}
            className={tabs.tab}
            activeOptions={EXACT}
            aria-current={one === state ? 'page' : undefined}
          >
            {t(`attention.${one}`)}
            {countOf[one] !== null && (
              <span className={tabs.count}>{countOf[one].toLocaleString()}</span>
            )}
          </Link>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name. */}
      <div role="group" aria-label={t('attention.filter')} className="wrap">
        <Chip
          on={mine !== undefined}
          onClick={() => change({ mine: mine ? undefined : 'true' })}
        >{`${t('attention.mine')} ${counts.mine}`}</Chip>
        {state === 'open' &&
          kindsThere(counts.byKind).map(([one, count]) => (
            <Chip
              key={one}
              on={kind === one}
              onClick={() => change({ kind: kind === one ? undefined : one })}
            >{`${DRIFT[one][currentLocale()]} ${count}`}</Chip>
          ))}
        {kind !== undefined && counts.byKind[kind as DriftKind] === 0 && (
          <Chip on onClick={() => change({ kind: undefined })}>
            {t('attention.clear')}
          </Chip>
        )}
      </div>
    </>
  );
}
