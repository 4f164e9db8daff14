import { PasswordInput } from '@mantine/core';
import { PASSWORD_MAX } from '@renkei/contract';
import { useTranslation } from 'react-i18next';

/** A field for a password, which the person can make visible. */
export function PasswordField(props: {
  readonly label: string;
  readonly description?: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly autoFocus?: boolean;
  readonly value: string;
  readonly onType: (text: string) => void;
}) {
  const { onType, ...field } = props;
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...field}
      name="password"
      maxLength={PASSWORD_MAX}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
