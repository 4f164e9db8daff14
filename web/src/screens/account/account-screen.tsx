import { Button } from '@mantine/core';
import type { Account } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ShopChoice } from '../../app/menus.tsx';
import type { SessionShop } from '../../app/session.tsx';
import { useSignOut } from '../../app/sign-out.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { accountQuery } from './account-query.ts';
import { NameForm } from './name-form.tsx';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

const inside = getRouteApi('/inside');

/** アカウント: the person's name, password, two-step sign-in, passkeys, and sessions. */
export function AccountScreen() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(accountQuery);
  const { shop } = inside.useRouteContext();
  useTitle(t('account.title'));
  return (
    <>
      <PageHead title={t('account.title')}>
        {data && <span className="quiet">{data.email}</span>}
      </PageHead>
      {isPending && <Loading rows={6} />}
      {error && !data && (
        <ReadFailure error={error} title={t('account.failed')} onRetry={() => void refetch()} />
      )}
      {data && (
        <div className="stack">
          {shop && <Demand account={data} shop={shop} />}
          <SecondFactor account={data} />
          <Passkeys account={data} />
          <PasswordForm account={data} />
          <NameForm account={data} />
          <Sessions account={data} />
        </div>
      )}
    </>
  );
}

/** Says that the person has no way into the shop before two-step sign-in is on. */
function Demand(props: { readonly account: Account; readonly shop: SessionShop }) {
  const { account, shop } = props;
  const { t } = useTranslation();
  const signOut = useSignOut();
  if (!shop.requireTwoFactor) return null;
  if (account.hasSecondFactor) {
    return (
      <p className="quiet">
        {t('account.demanded', { shop: shop.name })} <Link to="/">{t('account.enter')}</Link>
      </p>
    );
  }
  return (
    <Notice
      tone="warn"
      role="status"
      title={t('account.wanted', { shop: shop.name })}
      actions={
        <>
          <ShopChoice />
          <Button variant="default" onClick={() => void signOut()}>
            {t('frame.signOut')}
          </Button>
        </>
      }
    >
      <p>{t('account.wantedLead')}</p>
    </Notice>
  );
}
