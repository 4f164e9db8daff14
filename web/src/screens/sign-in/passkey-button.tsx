import { Button } from '@mantine/core';
import type { PasskeyOptions } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { hasPasskeys, provePasskey } from './passkey.ts';
import { useForm } from './use-form.tsx';

/** Signs in by a passkey of the device, without an address and a password. */
export function PasskeyButton({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { t } = useTranslation();
  const form = useForm(async () => {
    const options = await ask<PasskeyOptions>('POST', '/api/auth/passkey/options', { body: {} });
    const passkey = await provePasskey(options);
    await ask('POST', '/api/auth/passkey/sign-in', { body: { passkey } });
    await onDone();
  });
  if (!hasPasskeys()) return null;
  return (
    <form className="stack" onSubmit={(event) => form.submit(event, null)} noValidate>
      {form.error}
      <Button type="submit" variant="default" size="md" loading={form.busy}>
        {t('signIn.passkey')}
      </Button>
    </form>
  );
}
