import { Button } from '@mantine/core';
import type { SignInWays } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useForm } from './use-form.tsx';

/** Goes to the sign-in page of the company directory, if there is one. */
export function DirectoryButton() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => ask<SignInWays>('GET', '/v1/sign-in-ways', { signal }),
  });
  const form = useForm(async () => {
    const { url } = await ask<{ url: string }>('POST', '/api/auth/directory', { body: {} });
    window.location.assign(url);
  });
  if (!data?.directory) return null;
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, null)} noValidate>
      {form.error}
      <Button type="submit" variant="default" size="md" loading={form.busy}>
        {t('signIn.directory', { name: data.directory.name })}
      </Button>
    </form>
  );
}
