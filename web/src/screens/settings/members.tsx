import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { membersQuery } from '../../api/members.ts';
import { useSession } from '../../app/session.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ReadFailure } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import { Table } from '../../ui/table.tsx';

/** Who works in the shop, and what each may do. */
export function Members() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, isPending, refetch } = useQuery(membersQuery(shop.id));
  return (
    <Section title={t('settings.page.members')}>
      <div className="stack">
        <p className="quiet">{t('settings.members.lead')}</p>
        {isPending && <Loading rows={3} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('settings.members.failed')}
            onRetry={() => void refetch()}
          />
        )}
        {data && (
          <Table
            caption={t('settings.members.caption')}
            head={
              <tr>
                <th scope="col">{t('settings.members.name')}</th>
                <th scope="col">{t('settings.members.email')}</th>
                <th scope="col">{t('settings.members.role')}</th>
                <th scope="col">{t('settings.members.can')}</th>
              </tr>
            }
          >
            {data.items.map(({ id, name, email, role }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{email}</td>
                <td>{t(`words.role.${role}`)}</td>
                <td>{t(`settings.members.cans.${role}`)}</td>
              </tr>
            ))}
          </Table>
        )}
      </div>
    </Section>
  );
}
