import { TextInput } from '@mantine/core';
import { RETENTION_YEARS_MAX } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normalized } from '../../../ui/browser/format.ts';
import { Section } from '../../../ui/data/section.tsx';
import { type FormProps, SavePart } from '../save-part.tsx';

/** 保存期間: years after the last movement; an empty field erases nobody by itself. */
export function RetentionForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const years = typed === null ? settings.retentionYears : yearsIn(typed);
  return (
    <Section title={t('settings.erasure.retention')}>
      <div className="stack">
        <p className="quiet">{t('settings.erasure.retentionLead')}</p>
        <TextInput
          label={t('settings.erasure.years')}
          description={t('settings.erasure.yearsHint')}
          value={typed ?? String(settings.retentionYears ?? '')}
          inputMode="numeric"
          autoComplete="off"
          error={years === undefined ? t('settings.erasure.yearsWrong') : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maw={420}
        />
        <SavePart
          settings={settings}
          wrong={years === undefined}
          onChanged={onChanged}
          body={typed === null || years === undefined ? {} : { retentionYears: years }}
          onSaved={() => {
            setTyped(null);
            onSaved();
          }}
        />
      </div>
    </Section>
  );
}

/** Null for an empty text; undefined for a text that is no number of years. */
function yearsIn(text: string): number | null | undefined {
  const plain = normalized(text);
  if (plain === '') return null;
  const years = /^\d{1,2}$/.test(plain) ? Number(plain) : 0;
  return years >= 1 && years <= RETENTION_YEARS_MAX ? years : undefined;
}
