import type { Coverage } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/browser/format.ts';
import { Empty } from '../../ui/notice/empty.tsx';
import type { AttentionSearch } from './search.ts';

/** An empty list, with its evidence; or a filter that hides the items. */
export function EmptyAttention(props: {
  readonly search: AttentionSearch;
  readonly coverage: Coverage;
}) {
  const { search, coverage } = props;
  const { t } = useTranslation();
  if (search.kind !== undefined || search.mine !== undefined) {
    return (
      <Empty icon="search" title={t('attention.emptyFilter')}>
        <Link to="/attention" search={{ state: search.state }}>
          {t('attention.clear')}
        </Link>
      </Empty>
    );
  }
  if (search.state === 'snoozed') return <Empty icon="clock" title={t('attention.emptySnoozed')} />;
  if (search.state === 'closed') return <Empty icon="check" title={t('attention.emptyClosed')} />;
  const { lastSweep } = coverage;
  const checked = lastSweep?.finishedAt
    ? t('attention.emptyChecked', {
        at: formatInstant(lastSweep.finishedAt),
        count: lastSweep.orders,
      })
    : t('attention.emptyNever');
  return (
    <Empty icon="check" title={t('attention.empty')}>
      <p className="quiet">{checked}</p>
    </Empty>
  );
}
