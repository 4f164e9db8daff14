import type { OrderView, Preview } from '@renkei/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type PreviewOf, previewQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Loading } from '../../../ui/notice/loading.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ReadFailure } from '../../../ui/notice/problem.tsx';
import { PreviewText } from './preview-text.tsx';

type PreviewResult = UseQueryResult<Preview>;

/** The preview of a command; read again for every version of the order (M6). */
export function usePreview(order: OrderView, what: PreviewOf, body: unknown): PreviewResult {
  const { shop } = useSession();
  return useQuery(previewQuery(shop.id, order, what, body));
}

/** The irreversible verb of a preview, if the server names one. */
export function irreversibleVerb(preview: Preview | undefined) {
  return preview?.decision === 'pursue' ? preview.irreversible : null;
}

/**
 * The preview in words: the refusal and its reason, the calls to F-REGI, or that there are none.
 */
export function PreviewBlock(props: {
  readonly order: OrderView;
  readonly preview: PreviewResult;
}) {
  const { order, preview } = props;
  const { t } = useTranslation();
  const { data, error, refetch } = preview;
  if (error) {
    return <ReadFailure error={error} title={t('common.broken')} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Loading rows={2} />;
  return <PreviewNotice order={order} preview={data} />;
}

/** The same for a preview that is already loaded. */
export function PreviewNotice(props: { readonly order: OrderView; readonly preview: Preview }) {
  const { order, preview } = props;
  const { t } = useTranslation();
  if (preview.decision === 'refuse') {
    return (
      <Notice tone="bad" title={preview.reason.cause}>
        <p>{preview.reason.remedy}</p>
      </Notice>
    );
  }
  if (preview.decision === 'record') {
    return (
      <Notice tone={preview.gateway === 'left_alone' ? 'warn' : 'going'}>
        <PreviewText order={order} preview={preview} />
      </Notice>
    );
  }
  const final = irreversibleVerb(preview) !== null;
  return (
    <Notice tone={final ? 'bad' : 'going'} title={t('order.status.tell')}>
      <PreviewText order={order} preview={preview} />
      {final && (
        <p>
          <strong>{t('order.status.irreversible')}</strong>
        </p>
      )}
    </Notice>
  );
}
