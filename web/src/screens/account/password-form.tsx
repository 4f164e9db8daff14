import { Button } from '@mantine/core';
import { type Account, PASSWORD_MIN } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { Section } from '../../ui/data/section.tsx';
import { PasswordField } from '../sign-in/password-field.tsx';
import { useForm } from '../sign-in/use-form.tsx';
import classes from './account.module.css';
import { useAccountChanged } from './account-query.ts';
import { Done } from './done.tsx';

const NOTHING = { currentPassword: '', newPassword: '' };

/** Changes the password; every other session ends. */
export function PasswordForm({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [typed, setTyped] = useState(NOTHING);
  const [done, setDone] = useState(false);
  const form = useForm(async () => {
    setDone(false);
    await ask('POST', '/api/auth/change-password', { body: typed });
    await changed();
    setTyped(NOTHING);
    setDone(true);
  });
  const { currentPassword, newPassword } = typed;
  return (
    <Section title={t('account.password')}>
      <form
        className={classes.form}
        onSubmit={(event) => form.submit(event, missingOf(typed, t))}
        noValidate
      >
        <p className="quiet">{t('account.passwordLead')}</p>
        {form.error}
        <Done is={done} text={t('account.passwordSaved')} />
        <input type="hidden" name="email" autoComplete="username" value={account.email} />
        <PasswordField
          label={t('account.currentPassword')}
          autoComplete="current-password"
          value={currentPassword}
          onType={(text) => setTyped((now) => ({ ...now, currentPassword: text }))}
        />
        <PasswordField
          label={t('account.newPassword')}
          description={t('account.newPasswordHint')}
          autoComplete="new-password"
          value={newPassword}
          onType={(text) => setTyped((now) => ({ ...now, newPassword: text }))}
        />
        <Button type="submit" loading={form.busy}>
          {t('account.passwordSave')}
        </Button>
      </form>
    </Section>
  );
}

function missingOf(typed: typeof NOTHING, t: TFunction) {
  if (typed.currentPassword === '') return t('account.currentMissing');
  return typed.newPassword.length < PASSWORD_MIN ? t('signIn.passwordShort') : null;
}
