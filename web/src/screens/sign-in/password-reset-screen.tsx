import { Button, TextInput } from '@mantine/core';
import { PASSWORD_MIN } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { PasswordField } from './password-field.tsx';
import { Doorstep } from './sign-in-screen.tsx';
import { useForm } from './use-form.tsx';

/** A forgotten password: asks for a mail, or, behind the link of that mail, for another password. */
export function PasswordResetScreen() {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  useTitle(t('reset.title'));
  return (
    <Doorstep title={t('reset.title')}>
      {token === '' ? <AskForMail /> : <SetPassword token={token} />}
      <Link to="/sign-in" search={{}}>
        {t('reset.toSignIn')}
      </Link>
    </Doorstep>
  );
}

function AskForMail() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [isAsked, setAsked] = useState(false);
  const form = useForm(async () => {
    await ask('POST', '/v1/password-resets', { body: { email: email.trim() } });
    setAsked(true);
  });
  if (isAsked) {
    return (
      <Notice tone="good" role="status" title={t('reset.asked')}>
        <p>{t('reset.askedLead', { email: email.trim() })}</p>
      </Notice>
    );
  }
  const missing = /^[^@\s]+@[^@\s]+$/.test(email.trim()) ? null : t('reset.missing');
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, missing)} noValidate>
      <p>{t('reset.lead')}</p>
      {form.error}
      <TextInput
        label={t('signIn.email')}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={form.busy}>
        {t('reset.ask')}
      </Button>
    </form>
  );
}

function SetPassword({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [isSet, setDone] = useState(false);
  const form = useForm(async () => {
    await ask('POST', '/v1/password-resets/redeem', { body: { token, password } });
    setDone(true);
  });
  if (isSet) return <Notice tone="good" role="status" title={t('reset.done')} />;
  const missing = password.length < PASSWORD_MIN ? t('signIn.passwordShort') : null;
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, missing)} noValidate>
      <p>{t('reset.choose')}</p>
      {form.error}
      <PasswordField
        label={t('reset.password')}
        description={t('reset.passwordHint')}
        autoComplete="new-password"
        autoFocus
        value={password}
        onType={setPassword}
      />
      <Button type="submit" size="md" loading={form.busy}>
        {t('reset.set')}
      </Button>
    </form>
  );
}
