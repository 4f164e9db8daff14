import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** 自動送信 or 手動送信 of the mail that goes with a command. */
export function MailChoice(props: {
  readonly label: string;
  readonly mail: 'auto' | 'manual';
  readonly onChange: (mail: 'auto' | 'manual') => void;
}) {
  const { label, mail, onChange } = props;
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={label}
      labelProps={{ mb: 6 }}
      value={mail}
      onChange={(value) => onChange(value === 'auto' ? 'auto' : 'manual')}
    >
      <div className="wrap">
        <Radio value="auto" label={t('order.payment.auto')} />
        <Radio value="manual" label={t('order.payment.manual')} />
      </div>
    </Radio.Group>
  );
}
