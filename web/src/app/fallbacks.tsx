import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/empty.tsx';
import { Loading } from '../ui/loading.tsx';
import { ReadFailure } from '../ui/problem.tsx';
import { PageHead } from '../ui/section.tsx';

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
