import { Button, TextInput } from '@mantine/core';
import type { Account } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { Section } from '../../ui/data/section.tsx';
import { useForm } from '../sign-in/use-form.tsx';
import classes from './account.module.css';
import { useAccountChanged } from './account-query.ts';
import { Done } from './done.tsx';

export function NameForm({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [name, setName] = useState(account.name);
  const [done, setDone] = useState(false);
  const form = useForm(async () => {
    await ask<Account>('PATCH', '/v1/account', { body: { name } });
    await changed();
    setDone(true);
  });
  const missing = name.trim() === '' ? t('account.nameMissing') : null;
  return (
    <Section title={t('account.name')}>
      <form className={classes.form} onSubmit={(event) => form.submit(event, missing)} noValidate>
        {form.error}
        <Done is={done} text={t('account.nameSaved')} />
        <TextInput
          label={t('account.name')}
          description={t('account.nameHint')}
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setDone(false);
          }}
        />
        <Button type="submit" loading={form.busy} disabled={name === account.name}>
          {t('account.nameSave')}
        </Button>
      </form>
    </Section>
  );
}
