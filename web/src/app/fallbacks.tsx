import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../ui/data/section.tsx';
import { Empty } from '../ui/notice/empty.tsx';
import { Loading } from '../ui/notice/loading.tsx';
import { ReadFailure } from '../ui/notice/problem.tsx';

export function Broken({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <ReadFailure
      error={error}
      title={t('common.broken')}
      onRetry={() => void router.invalidate()}
    />
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('common.notFound')} />
      <Empty icon="search" title={t('common.notFoundHint')}>
        <Button variant="default" renderRoot={(props) => <Link to="/orders" {...props} />}>
          {t('frame.orders')}
        </Button>
      </Empty>
    </>
  );
}

export function Pending() {
  return <Loading rows={8} />;
}
