import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/browser/format.ts';
import { Section } from '../../../ui/data/section.tsx';
import { Table } from '../../../ui/data/table.tsx';
import { Loading } from '../../../ui/notice/loading.tsx';
import { ReadFailure } from '../../../ui/notice/problem.tsx';
import { certificatesQuery } from './queries.ts';

/** 消去の証明: who erased how many, and when. */
export function Certificates() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, isPending, refetch } = useQuery(certificatesQuery(shop.id));
  const title = t('settings.erasure.certificates');
  return (
    <Section title={title}>
      <div className="stack">
        <p className="quiet">{t('settings.erasure.certificatesLead')}</p>
        {isPending && <Loading rows={2} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('settings.log.failed')}
            onRetry={() => void refetch()}
          />
        )}
        {data?.items.length === 0 && <p>{t('settings.erasure.noCertificates')}</p>}
        {data !== undefined && data.items.length > 0 && (
          <Table
            caption={title}
            head={
              <tr>
                {(['at', 'actor', 'cause', 'counts', 'hash'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`settings.erasure.${name}`)}
                  </th>
                ))}
              </tr>
            }
          >
            {data.items.map(({ n, at, actor, cause, orders, applications, hash }) => (
              <tr key={n}>
                <th scope="row">{formatInstant(at)}</th>
                <td>{actor}</td>
                <td>{t(`settings.erasure.causes.${cause}`)}</td>
                <td>{t('settings.erasure.count', { orders, applications })}</td>
                <td>
                  <code title={hash}>{hash.slice(0, 12)}…</code>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </div>
    </Section>
  );
}
