import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { PasswordField } from '../sign-in/password-field.tsx';
import { useForm } from '../sign-in/use-form.tsx';
import classes from './account.module.css';

/** Asks for the password, then for a change of how the person comes in. */
export function AskPassword<T>(props: {
  /** Takes `password`, and the members of `about`. */
  readonly path: string;
  readonly about?: Readonly<Record<string, string>>;
  readonly press: string;
  readonly lead?: ReactNode;
  readonly danger?: boolean;
  readonly onDone: (answer: T) => Promise<void>;
  readonly onBack: () => void;
}) {
  const { path, about, press, lead, danger, onDone, onBack } = props;
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await onDone(await ask<T>('POST', path, { body: { ...about, password } }));
  });
  const missing = password === '' ? t('account.currentMissing') : null;
  return (
    <form className={classes.form} onSubmit={(event) => form.submit(event, missing)} noValidate>
      {lead && <p>{lead}</p>}
      {form.error}
      <PasswordField
        label={t('account.currentPassword')}
        autoComplete="current-password"
        autoFocus
        value={password}
        onType={setPassword}
      />
      <div className={classes.buttons}>
        <Button type="submit" loading={form.busy} {...(danger ? { color: 'red.9' } : {})}>
          {press}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
