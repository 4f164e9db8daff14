import { Button, Progress } from '@mantine/core';
import type { Verification as VerificationView } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { verificationsQuery } from '../../api/activity.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { formatAge, formatInstant } from '../../ui/browser/format.ts';
import { useNow } from '../../ui/browser/use-now.ts';
import { useSlowly } from '../../ui/browser/use-slowly.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import classes from './activity.module.css';

const PATH = '/v1/activity/verification';

/** Verifies all of the shop's records in the background, and shows the result. */
export function Verification() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const stand = useQuery(verificationsQuery(shop.id));
  const reread = () => queries.invalidateQueries({ queryKey: ['verifications', shop.id] });
  const begin = useCommand({
    send: (key) => ask('POST', PATH, { shop: shop.id, key }),
    onDone: () => void reread(),
    reread,
  });
  const { latest, verified } = stand.data ?? { latest: null, verified: null };
  const running = latest?.state === 'running';
  const press = () => void begin.press();
  return (
    <section className="stack" aria-label={t('activity.verify.title')}>
      {!running && (
        <div className="wrap">
          <Button
            variant="default"
            loading={begin.progress.kind === 'sending' || stand.isPending}
            onClick={press}
          >
            {t('activity.verify.button')}
          </Button>
          <span className="quiet">{t('activity.verify.lead')}</span>
        </div>
      )}
      {stand.error && (
        <ReadFailure
          error={stand.error}
          title={t('activity.verify.failed')}
          onRetry={() => void stand.refetch()}
        />
      )}
      <ProgressNotice progress={begin.progress} onResend={press} />
      {running && <Underway verification={latest} onCancelled={reread} />}
      {!running && <Unfinished verification={latest} />}
      {!running && verified && <Result verification={verified} />}
    </section>
  );
}

type UnderwayProps = {
  readonly verification: VerificationView;
  readonly onCancelled: () => Promise<void>;
};

/** The progress of the verification, and the button that ends it. */
function Underway({ verification, onCancelled }: UnderwayProps) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const cancel = useCommand({
    send: (key) => ask('DELETE', PATH, { shop: shop.id, key }),
    onDone: () => void onCancelled(),
    reread: onCancelled,
  });
  const { progress, startedAt, startedBy } = verification;
  const sentence = t('activity.verify.underway', progress);
  const said = useSlowly(sentence);
  return (
    <Notice
      tone="going"
      title={sentence}
      actions={
        <Button
          size="compact-md"
          variant="default"
          loading={cancel.progress.kind === 'sending'}
          onClick={() => void cancel.press()}
        >
          {t('activity.verify.cancel')}
        </Button>
      }
    >
      <span role="status" className="spoken">
        {said}
      </span>
      <Progress
        value={progress.of === 0 ? 0 : (progress.read / progress.of) * 100}
        aria-hidden="true"
        my={6}
      />
      <p className="quiet">
        {t('activity.verify.begun', { at: formatInstant(startedAt), who: startedBy })}{' '}
        {t('activity.verify.stays')}
      </p>
      <ProgressNotice progress={cancel.progress} onResend={() => void cancel.press()} />
    </Notice>
  );
}

/** Says so if the newest verification did not reach its end. */
function Unfinished({ verification }: { readonly verification: VerificationView | null }) {
  const { t } = useTranslation();
  if (verification?.state !== 'cancelled' && verification?.state !== 'interrupted') return null;
  const { startedAt, startedBy, progress, state } = verification;
  return (
    <Notice tone="warn" role="status" title={t(`activity.verify.${state}`, progress)}>
      <p>{t('activity.verify.begun', { at: formatInstant(startedAt), who: startedBy })}</p>
    </Notice>
  );
}

/** The newest verdict, with its age: it does not cover later records. */
function Result({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { found, startedAt, startedBy, finishedAt } = verification;
  if (found === null || finishedAt === null) return null;
  const { orders, entries, logged, seals, head, outside, wrong } = found;
  const seconds = ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
  const sealOf = ({ n, at }: { readonly n: number; readonly at: string }) =>
    t('activity.verify.seal', { n, at: formatInstant(at) });
  return (
    <Notice
      tone={wrong === null ? 'good' : 'bad'}
      role={wrong === null ? 'status' : 'alert'}
      title={wrong === null ? t('activity.verify.right') : t('activity.verify.wrong', { wrong })}
    >
      {wrong !== null && <p>{t('activity.verify.remedy')}</p>}
      <dl className={classes.facts}>
        <dt>{t('activity.verify.when')}</dt>
        <dd>
          {t('activity.verify.whenWho', {
            age: formatAge(finishedAt, now, i18n.language),
            at: formatInstant(finishedAt),
            who: startedBy,
          })}
        </dd>
        <dt>{t('activity.verify.read')}</dt>
        <dd>{t('activity.verify.counts', { orders, entries, logged, seals, seconds })}</dd>
        <dt>{t('activity.verify.head')}</dt>
        <dd>
          {head === null ? (
            t('activity.verify.noHead')
          ) : (
            <>
              {sealOf(head)} <code>{head.hash}</code>
            </>
          )}
        </dd>
        <dt>{t('activity.verify.outside')}</dt>
        <dd>{outside === null ? t('activity.verify.noOutside') : sealOf(outside)}</dd>
      </dl>
    </Notice>
  );
}
