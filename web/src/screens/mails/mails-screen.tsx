import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mailTemplatesQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { SideList } from '../../ui/data/side-list.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { LateMails } from './late-mails.tsx';
import { TemplateForm } from './template-form.tsx';

const route = getRouteApi('/inside/mails');

/** メール設定: each kind of mail, its text, when it goes out, and its preview on a real order. */
export function MailsScreen() {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const { kind } = route.useSearch();
  const why = denied('read_settings');
  const { data, error, isPending, refetch } = useQuery({
    ...mailTemplatesQuery(shop.id),
    enabled: why === null,
  });
  const template = data?.items.find((one) => one.kind === kind) ?? data?.items[0];
  useTitle(t('mails.title'));
  return (
    <>
      <PageHead title={t('mails.title')} />
      {why !== null && <Notice tone="warn" title={why} />}
      {why === null && <LateMails />}
      {why === null && isPending && <Loading />}
      {error && !data && (
        <ReadFailure error={error} title={t('mails.failed')} onRetry={() => void refetch()} />
      )}
      {data && template && (
        <SideList
          label={t('mails.kinds')}
          current={template.kind}
          links={data.items.map((one) => (
            <Link
              key={one.kind}
              to="/mails"
              search={{ kind: one.kind }}
              activeOptions={{ exact: true }}
              aria-current={one.kind === template.kind ? 'page' : undefined}
            >
              <strong>{one.label}</strong>
              <span>
                {t(`mails.sendingName.${one.sending}`)}
                {t('common.and')}
                {t(one.isDefault ? 'mails.isDefault' : 'mails.own')}
              </span>
            </Link>
          ))}
        >
          <TemplateForm key={template.kind} template={template} />
        </SideList>
      )}
    </>
  );
}
