import type { RunPreview, RunPreviewRow } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice/notice.tsx';

const ALL = ['moves', 'may_move', 'shop'] as const satisfies readonly RunPreviewRow['liability'][];
const NAMED_MAX = 20;

/** Y1: the orders of a run whose chargeback the shop will bear, by the reason. */
export function LiabilityNotices({ preview }: { readonly preview: RunPreview }) {
  const { t } = useTranslation();
  return ALL.map((liability) => {
    const rows = preview.rows.filter((row) => row.liability === liability);
    if (rows.length === 0) return null;
    const named = rows.slice(0, NAMED_MAX).map(({ orderNumber }) => orderNumber);
    return (
      <Notice
        key={liability}
        tone="warn"
        role="status"
        title={t('bulk.liability', { count: rows.length })}
      >
        <p>{t(`words.liability.${liability}`)}</p>
        <p>{named.join('、')}</p>
      </Notice>
    );
  });
}
