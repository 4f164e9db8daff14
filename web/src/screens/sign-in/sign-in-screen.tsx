import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { changeLocale, currentLocale, LOCALE_NAMES, LOCALES } from '../../locale/index.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { CodeField, useCode } from './code-field.tsx';
import { DirectoryButton } from './directory-button.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { PasswordField } from './password-field.tsx';
import classes from './sign-in.module.css';
import { useForm } from './use-form.tsx';

const route = getRouteApi('/sign-in');

/** E-mail address and password, then a code if the account needs one. */
export function SignInScreen() {
  const { t } = useTranslation();
  const enter = useEnter();
  const { refused } = route.useSearch();
  return (
    <Doorstep title={t('signIn.title')}>
      {refused && (
        <Notice tone="bad" role="alert" title={t('signIn.refused')}>
          <p>{t('signIn.refusedLead')}</p>
        </Notice>
      )}
      <SignIn onDone={enter} />
      <DirectoryButton />
    </Doorstep>
  );
}

/** The page before the sign-in: a card in the middle, and the choice of the language. */
export function Doorstep(props: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <h1 className={classes.title}>{props.title}</h1>
        <p className="quiet">{t('frame.product')}</p>
        {props.children}
        <Language />
      </div>
    </main>
  );
}

/** The fields of the sign-in, one after the other. */
export function SignIn({ onDone }: { readonly onDone: () => Promise<void> }) {
  const [wantsCode, setWantsCode] = useState(false);
  return wantsCode ? (
    <CodeForm onDone={onDone} onBack={() => setWantsCode(false)} />
  ) : (
    <>
      <PasswordForm onDone={onDone} onCode={() => setWantsCode(true)} />
      <PasskeyButton onDone={onDone} />
    </>
  );
}

/** Goes to the page that the person wanted: a path of Renkei, never another site. */
function useEnter(): () => Promise<void> {
  const { from } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  return async () => {
    queries.clear();
    const isOurs = from?.startsWith('/') && !from.startsWith('//') && !from.includes('\\');
    if (isOurs && from) router.history.push(from);
    else await router.navigate({ to: '/' });
  };
}

function PasswordForm(props: {
  readonly onDone: () => Promise<void>;
  readonly onCode: () => void;
}) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    const body = { email: email.trim(), password };
    const answer = await ask<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', {
      body,
    });
    if (answer.twoFactorRedirect) props.onCode();
    else await props.onDone();
  });
  const missing = email.trim() === '' || password === '' ? t('signIn.missing') : null;
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, missing)} noValidate>
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
      <PasswordField
        label={t('signIn.password')}
        autoComplete="current-password"
        value={password}
        onType={setPassword}
      />
      <Button type="submit" size="md" loading={form.busy}>
        {t('signIn.submit')}
      </Button>
      <Link to="/password-reset">{t('signIn.forgotten')}</Link>
    </form>
  );
}

/** The second step: a code of the app, or a recovery code for whoever has lost it. */
function CodeForm(props: { readonly onDone: () => Promise<void>; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const [isLost, setLost] = useState(false);
  const kind = isLost ? 'recovery_code' : 'totp';
  return (
    <>
      <ProveForm key={kind} kind={kind} onDone={props.onDone} />
      <Button variant="subtle" onClick={() => setLost(!isLost)}>
        {t(isLost ? 'signIn.useApp' : 'signIn.useRecovery')}
      </Button>
      <Button variant="subtle" onClick={props.onBack}>
        {t('signIn.back')}
      </Button>
    </>
  );
}

function ProveForm(props: {
  readonly kind: 'totp' | 'recovery_code';
  readonly onDone: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const code = useCode(props.kind);
  const form = useForm(async () => {
    await code.prove();
    await props.onDone();
  });
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, code.missing)} noValidate>
      {form.error}
      <CodeField code={code} />
      <Button type="submit" size="md" loading={form.busy}>
        {t('signIn.verify')}
      </Button>
    </form>
  );
}

function Language() {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('frame.language')}
      value={currentLocale()}
      onChange={(event) => {
        const chosen = LOCALES.find((locale) => locale === event.currentTarget.value);
        if (chosen) void changeLocale(chosen);
      }}
      data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
    />
  );
}
