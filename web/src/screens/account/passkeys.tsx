import { Button, TextInput } from '@mantine/core';
import type { Account, Passkey, PasskeyOptions } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { formatInstant } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { hasPasskeys, makePasskey } from '../sign-in/passkey.ts';
import { PasswordField } from '../sign-in/password-field.tsx';
import { useForm } from '../sign-in/use-form.tsx';
import classes from './account.module.css';
import { useAccountChanged } from './account-query.ts';
import { DeleteButton } from './delete-button.tsx';

/** パスキー: the person's own, and a way to add another. */
export function Passkeys({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const { passkeys } = account;
  return (
    <Section title={t('account.passkeys')}>
      <div className="stack">
        <p className="quiet">{t('account.passkeysLead')}</p>
        {passkeys.length > 0 && <List passkeys={passkeys} />}
        {!hasPasskeys() && <p>{t('account.passkeysImpossible')}</p>}
        {isAdding && <AddForm onDone={() => setAdding(false)} />}
        {!isAdding && hasPasskeys() && (
          <div className={classes.buttons}>
            <Button onClick={() => setAdding(true)}>{t('account.passkeyAdd')}</Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function List({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('account.passkeys')}
      head={
        <tr>
          <th scope="col">{t('account.passkeyName')}</th>
          <th scope="col">
            <span className="spoken">{t('account.action')}</span>
          </th>
          <th scope="col">{t('account.passkeyCreated')}</th>
          <th scope="col">{t('account.passkeyUsed')}</th>
        </tr>
      }
    >
      {passkeys.map(({ id, name, createdAt, usedAt }) => (
        <tr key={id}>
          <th scope="row">{name}</th>
          <td>
            <DeleteButton
              path={`/v1/account/passkeys/${id}`}
              text={t('account.passkeyRemove')}
              of={name}
            />
          </td>
          <td className={table.nowrap}>{formatInstant(createdAt)}</td>
          <td className={table.nowrap}>
            {usedAt === null ? t('common.none') : formatInstant(usedAt)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** The password first, then the device asks its user. */
function AddForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    const body = { password };
    const options = await ask<PasskeyOptions>('POST', '/v1/account/passkeys/offer', { body });
    const passkey = await makePasskey(options);
    await ask<Account>('POST', '/v1/account/passkeys', { body: { name, passkey } });
    await changed();
    onDone();
  });
  const nameMissing = name.trim() === '' ? t('account.passkeyNameMissing') : null;
  const missing = password === '' ? t('account.currentMissing') : nameMissing;
  return (
    <form className={classes.form} onSubmit={(event) => form.submit(event, missing)} noValidate>
      {form.error}
      <TextInput
        label={t('account.passkeyName')}
        description={t('account.passkeyNameHint')}
        autoComplete="off"
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordField
        label={t('account.currentPassword')}
        autoComplete="current-password"
        value={password}
        onType={setPassword}
      />
      <div className={classes.buttons}>
        <Button type="submit" loading={form.busy}>
          {t('account.passkeyAdd')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
