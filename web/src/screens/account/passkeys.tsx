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
import { AskPassword } from './ask-password.tsx';

type PasskeyStep =
  | { readonly kind: 'look' | 'add' }
  | { readonly kind: 'remove'; readonly passkey: Passkey };

/** パスキー: the person's own, and a way to add another. */
export function Passkeys({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [step, setStep] = useState<PasskeyStep>({ kind: 'look' });
  const look = () => setStep({ kind: 'look' });
  const { passkeys } = account;
  return (
    <Section title={t('account.passkeys')}>
      <div className="stack">
        <p className="quiet">{t('account.passkeysLead')}</p>
        {passkeys.length > 0 && (
          <List passkeys={passkeys} onRemove={(passkey) => setStep({ kind: 'remove', passkey })} />
        )}
        {!hasPasskeys() && <p>{t('account.passkeysImpossible')}</p>}
        {step.kind === 'look' && hasPasskeys() && (
          <div className={classes.buttons}>
            <Button onClick={() => setStep({ kind: 'add' })}>{t('account.passkeyAdd')}</Button>
          </div>
        )}
        {step.kind === 'add' && <AddForm onDone={look} />}
        {step.kind === 'remove' && (
          <AskPassword<Account>
            key={step.passkey.id}
            path="/v1/account/passkeys/removal"
            about={{ id: step.passkey.id }}
            lead={t('account.passkeyRemoveLead', { name: step.passkey.name })}
            press={t('account.passkeyRemove')}
            danger
            onDone={async () => {
              await changed();
              look();
            }}
            onBack={look}
          />
        )}
      </div>
    </Section>
  );
}

function List(props: {
  readonly passkeys: readonly Passkey[];
  readonly onRemove: (passkey: Passkey) => void;
}) {
  const { passkeys, onRemove } = props;
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
      {passkeys.map((passkey) => (
        <tr key={passkey.id}>
          <th scope="row">{passkey.name}</th>
          <td>
            <Button variant="default" size="compact-sm" onClick={() => onRemove(passkey)}>
              {t('account.passkeyRemove')}
              <span className="spoken">{` ${passkey.name}`}</span>
            </Button>
          </td>
          <td className={table.nowrap}>{formatInstant(passkey.createdAt)}</td>
          <td className={table.nowrap}>
            {passkey.usedAt === null ? t('common.none') : formatInstant(passkey.usedAt)}
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
