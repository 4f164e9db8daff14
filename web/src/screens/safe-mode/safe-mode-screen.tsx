import type { SafeModeView } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../api/cache.ts';
import { useCommand } from '../../api/command.ts';
import { meQuery } from '../../api/queries.ts';
import { releaseSafeMode, safeModeQuery } from '../../api/safe-mode.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Facts, PageHead, Section } from '../../ui/data/section.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { useReason } from '../../ui/notice/reason.tsx';

/**
 * Safe mode: why Renkei holds payments and cancellations, the progress of the comparison, and its
 * end.
 */
export function SafeModeScreen() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, isPending, refetch } = useQuery(safeModeQuery(shop.id));
  useTitle(t('safeMode.title'));
  return (
    <>
      <PageHead title={t('safeMode.title')} />
      {isPending && <Loading rows={6} />}
      {error && !data && (
        <ReadFailure error={error} title={t('safeMode.failed')} onRetry={() => void refetch()} />
      )}
      {data?.safeMode === null && <Empty icon="check" title={t('safeMode.none')} />}
      {data?.safeMode && <Holding safeMode={data.safeMode} />}
    </>
  );
}

function Holding({ safeMode }: { readonly safeMode: SafeModeView }) {
  const { t } = useTranslation();
  const { enteredAt, lacks, comparedAt, parked, reviews } = safeMode;
  const left =
    reviews === 0 ? (
      t('safeMode.noReviews')
    ) : (
      <Link to="/attention" search={{ kind: 'outcome_unknown' }}>
        {t('safeMode.reviewsLeft', { count: reviews })}
      </Link>
    );
  return (
    <div className="stack">
      <p>{t('safeMode.lead')}</p>
      <Section title={t('safeMode.state')}>
        <Facts
          facts={[
            [t('safeMode.since'), formatInstant(enteredAt)],
            ...lacks.map(
              ({ shopName, n, markedAt, kind }) =>
                [
                  t('safeMode.lacks', { shop: shopName }),
                  t(`safeMode.${kind}`, { n, at: formatInstant(markedAt) }),
                ] as const,
            ),
            [
              t('safeMode.compared'),
              comparedAt === null
                ? t('safeMode.comparing')
                : t('safeMode.comparedAt', { at: formatInstant(comparedAt), parked: parked ?? 0 }),
            ],
            [t('safeMode.reviews'), left],
          ]}
        />
      </Section>
      <Release safeMode={safeMode} />
    </div>
  );
}

/** Ends safe mode with a note of the checks; 操作履歴 shows it. */
function Release({ safeMode }: { readonly safeMode: SafeModeView }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const note = useReason({
    label: t('safeMode.note'),
    hint: t('safeMode.noteHint'),
    missing: t('safeMode.noteMissing'),
  });
  const reread = () => readAnew(queries, safeModeQuery(shop.id));
  const command = useCommand({
    send: (key) => releaseSafeMode(shop.id, key, note.reason),
    onDone: () => void Promise.all([reread(), queries.invalidateQueries(meQuery)]),
    reread,
  });
  const { release } = safeMode;
  return (
    <Section title={t('safeMode.end')}>
      <div className="stack">
        <p>{t('safeMode.endLead')}</p>
        {note.field}
        <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
        <div>
          <GuardedButton
            denied={release.offered ? null : release.because}
            loading={command.progress.kind === 'sending'}
            onClick={() => note.isGiven() && void command.press()}
          >
            {t('safeMode.endButton')}
          </GuardedButton>
        </div>
      </div>
    </Section>
  );
}
