import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './date-field.module.css';

/** A day with the manual's button 日付選択 beside it, which opens the browser's calendar. */
export function DateField(props: {
  readonly label: string;
  readonly value: string;
  readonly max?: string;
  readonly disabled?: boolean;
  readonly onChange: (day: string) => void;
}) {
  const { label, value, max, disabled = false, onChange } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.date}>
      <TextInput
        ref={field}
        type="date"
        label={label}
        value={value}
        disabled={disabled}
        {...(max !== undefined && { max })}
        onChange={(event) => onChange(event.currentTarget.value)}
        maw={200}
      />
      <Button variant="default" disabled={disabled} onClick={() => field.current?.showPicker()}>
        {t('common.chooseDate')}
      </Button>
    </div>
  );
}
