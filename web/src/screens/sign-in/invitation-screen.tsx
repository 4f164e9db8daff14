import { Button } from '@mantine/core';
import { type InvitationView, PASSWORD_MIN } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, ProblemError } from '../../api/client.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { PasswordField } from './password-field.tsx';
import { Doorstep, SignIn } from './sign-in-screen.tsx';
import { useForm } from './use-form.tsx';

/** The screen behind the link of an invitation: who invites, the role, and the way in. */
export function InvitationScreen() {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  useTitle(t('invitation.title'));
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ask<InvitationView>('POST', '/v1/invitations/look', { body: { token } }),
    retry: false,
  });
  const reread = async () => void (await refetch());
  return (
    <Doorstep title={t('invitation.title')}>
      {isPending && <Loading rows={3} />}
      {error && (
        <Notice
          tone="bad"
          role="alert"
          title={error instanceof ProblemError ? error.problem.detail : t('common.unreachable')}
        />
      )}
      {data && (
        <>
          <p>
            {t('invitation.lead', {
              name: data.name,
              shop: data.shopName,
              role: t(`words.role.${data.role}`),
            })}
          </p>
          {data.hasAccount && !data.isSignedIn ? (
            <>
              <p>{t('invitation.signIn', { email: data.email })}</p>
              <SignIn onDone={reread} />
            </>
          ) : (
            <Accept invitation={data} token={token} />
          )}
        </>
      )}
    </Doorstep>
  );
}

function Accept(props: { readonly invitation: InvitationView; readonly token: string }) {
  const { token, invitation } = props;
  const { email, isSignedIn, handsOver } = invitation;
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const chosen = isSignedIn ? {} : { password };
  const form = useForm(async () => {
    await ask('POST', '/v1/invitations/accept', { body: { token, ...chosen } });
    if (!isSignedIn) await ask('POST', '/api/auth/sign-in/email', { body: { email, password } });
    queries.clear();
    await router.navigate({ to: '/' });
  });
  const isShort = !isSignedIn && password.length < PASSWORD_MIN;
  const missing = isShort ? t('signIn.passwordShort') : null;
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, missing)} noValidate>
      {form.error}
      {!isSignedIn && (
        <>
          <input type="hidden" name="email" autoComplete="username" value={email} />
          <p>{t(handsOver ? 'invitation.handsOver' : 'invitation.email', { email })}</p>
          <PasswordField
            label={t('invitation.password')}
            description={t('invitation.passwordHint')}
            autoComplete="new-password"
            autoFocus
            value={password}
            onType={setPassword}
          />
        </>
      )}
      <Button type="submit" size="md" loading={form.busy}>
        {t('invitation.accept')}
      </Button>
    </form>
  );
}
