import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, ProblemError } from '../../api/client.ts';
import { changeLocale, currentLocale, LOCALE_NAMES, LOCALES } from '../../locale/index.ts';
import { normalized } from '../../ui/browser/format.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './sign-in.module.css';

const route = getRouteApi('/sign-in');

/** E-mail address and password, then a code if the account needs one. */
export function SignInScreen() {
  const { t } = useTranslation();
  const enter = useEnter();
  return (
    <Doorstep title={t('signIn.title')}>
      <SignIn onDone={enter} />
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
    <PasswordForm onDone={onDone} onCode={() => setWantsCode(true)} />
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
      <PasswordInput
        label={t('signIn.password')}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={form.busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}

function CodeForm(props: { readonly onDone: () => Promise<void>; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const plain = normalized(code);
  const form = useForm(async () => {
    await ask('POST', '/api/auth/two-factor/verify-totp', { body: { code: plain } });
    await props.onDone();
  });
  const missing = /^\d{6}$/.test(plain) ? null : t('signIn.missingCode');
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, missing)} noValidate>
      {form.error}
      <TextInput
        label={t('signIn.code')}
        description={t('signIn.codeHint')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={form.busy}>
        {t('signIn.verify')}
      </Button>
      <Button variant="subtle" onClick={props.onBack}>
        {t('signIn.back')}
      </Button>
    </form>
  );
}

/** Sends a small form. Missing fields come first; an error stands above the fields. */
export function useForm(send: () => Promise<void>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  async function submit(event: FormEvent, missing: string | null): Promise<void> {
    event.preventDefault();
    setSaid(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    await send().catch((error: unknown) => {
      setSaid(error instanceof ProblemError ? error.problem.detail : t('common.unreachable'));
    });
    setBusy(false);
  }

  const error = said === null ? null : <Notice tone="bad" role="alert" title={said} />;
  return { busy, submit, error };
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
