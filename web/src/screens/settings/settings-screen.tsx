import type { Settings } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { SideList } from '../../ui/data/side-list.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { FileAnswers } from '../file-answers/file-answers.tsx';
import { BasicForm } from './basic-form.tsx';
import { CsvLayouts } from './csv-layouts.tsx';
import { Erasure } from './erasure/erasure.tsx';
import { LimitsForm } from './limits-form.tsx';
import { Log } from './log.tsx';
import { Members } from './members.tsx';
import { PaymentForm } from './payment-form.tsx';
import { SETTINGS_PAGES, type SettingsPage } from './search.ts';
import { ShipperForm } from './shipper-form.tsx';

const route = getRouteApi('/inside/settings');

/** 設定: the shop's decisions, part by part, and their log. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const why = denied('read_settings');
  const query = useQuery({ ...settingsQuery(shop.id), enabled: why === null });
  const { data, error, isPending, refetch } = query;
  const { page = 'basic' } = route.useSearch();
  useTitle(`${t(`settings.page.${page}`)} ${t('settings.title')}`);
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
        <SideList label={t('settings.pages')} current={page} links={<Pages current={page} />}>
          <Page key={page} settings={data} />
        </SideList>
      )}
    </>
  );
}

function Pages({ current }: { readonly current: SettingsPage }) {
  const { t } = useTranslation();
  return (
    <>
      {SETTINGS_PAGES.map((page) => (
        <Link
          key={page}
          to="/settings"
          search={page === 'basic' ? {} : { page }}
          activeOptions={{ exact: true }}
          aria-current={page === current ? 'page' : undefined}
        >
          {t(`settings.page.${page}`)}
        </Link>
      ))}
      <Link to="/mails">{t('frame.mails')}</Link>
    </>
  );
}

function Page({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { page = 'basic', layout } = route.useSearch();
  const [saved, setSaved] = useState(false);
  const form = { settings, onSaved: () => setSaved(true), onChanged: () => setSaved(false) };
  return (
    <div className="stack">
      {saved && <Notice tone="good" role="status" title={t('settings.saved')} />}
      {page === 'basic' && <BasicForm {...form} />}
      {page === 'payment' && <PaymentForm {...form} />}
      {page === 'shipper' && <ShipperForm {...form} />}
      {page === 'csv' && <CsvLayouts />}
      {page === 'csv' && layout === undefined && <FileAnswers />}
      {page === 'members' && <Members />}
      {page === 'erasure' && <Erasure {...form} />}
      {page === 'limits' && <LimitsForm {...form} />}
      {page === 'log' && <Log />}
    </div>
  );
}
