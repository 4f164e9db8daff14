import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { normalized } from '../../ui/browser/format.ts';

type CodeKind = 'totp' | 'recovery_code';

const CODES = {
  totp: { path: 'verify-totp', form: /^\d{6}$/ },
  recovery_code: { path: 'verify-backup-code', form: /^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/ },
} as const;

export type TypedCode = {
  readonly kind: CodeKind;
  readonly text: string;
  readonly onType: (text: string) => void;
  /** A sentence, if the text is no code yet. */
  readonly missing: string | null;
  readonly prove: () => Promise<unknown>;
};

/** A code of the authenticator app, or a recovery code, while somebody types it. */
export function useCode(kind: CodeKind): TypedCode {
  const { t } = useTranslation();
  const [text, onType] = useState('');
  const { path, form } = CODES[kind];
  const code = normalized(text);
  return {
    kind,
    text,
    onType,
    missing: form.test(code) ? null : t(`signIn.codes.${kind}.missing`),
    prove: () => ask('POST', `/api/auth/two-factor/${path}`, { body: { code } }),
  };
}

export function CodeField({ code }: { readonly code: TypedCode }) {
  const { t } = useTranslation();
  const { kind, text, onType } = code;
  return (
    <TextInput
      label={t(`signIn.codes.${kind}.label`)}
      description={t(`signIn.codes.${kind}.hint`)}
      name="code"
      inputMode={kind === 'totp' ? 'numeric' : 'text'}
      autoComplete={kind === 'totp' ? 'one-time-code' : 'off'}
      autoFocus
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
