import type { Settings } from '@renkei/backoffice/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReadFailure } from '../../ui/problem.tsx';
import { Facts, PageHead, Section } from '../../ui/section.tsx';
import { useTitle } from '../../ui/title.ts';
import { SettingsForm } from './settings-form.tsx';

/** 設定: what the shop has decided, first of all whether 自動連携 is on. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const [saved, setSaved] = useState(false);
  const { data, error, isPending, refetch } = useQuery(settingsQuery(shop.id));
  const why = denied('settings:read');
  useTitle(t('settings.title'));
  return (
    <>
      <PageHead title={t('settings.title')}>
        {data && (
          <span className="quiet">
            {t('settings.updated', { at: formatInstant(data.updatedAt) })}
          </span>
        )}
      </PageHead>
      {why !== null && <Notice tone="warn" title={why} />}
      {why === null && isPending && <Loading />}
      {why === null && error && !data && (
        <ReadFailure error={error} title={t('settings.failed')} onRetry={() => void refetch()} />
      )}
      {data && (
        <div className="stack">
          {saved && <Notice tone="good" role="status" title={t('settings.saved')} />}
          <SettingsForm
            settings={data}
            onSaved={() => setSaved(true)}
            onChanged={() => setSaved(false)}
          />
          <Connection settings={data} />
        </div>
      )}
    </>
  );
}

function Connection({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { environment, shopId, baseUrl } = settings.fregi;
  return (
    <Section title={t('settings.fregi')}>
      <Facts
        facts={[
          [t('settings.environment'), t(`words.environment.${environment}`)],
          [t('settings.shopId'), <code key="shop">{shopId}</code>],
          [t('settings.baseUrl'), <code key="url">{baseUrl}</code>],
        ]}
      />
    </Section>
  );
}
