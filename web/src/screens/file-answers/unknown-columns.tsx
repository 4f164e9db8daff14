import { NativeSelect } from '@mantine/core';
import { SHIPMENT_PARTS, type ShipmentPart } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { useAnswers } from './use-answers.ts';

/** Without these two, nobody knows which parcel is whose. */
const NEEDED: readonly ShipmentPart[] = ['order', 'tracking'];

/** Asks once which columns of a foreign file hold what, and keeps the answers. */
export function UnknownColumns(props: {
  readonly header: readonly string[];
  readonly onAnswered: () => void;
}) {
  const { header, onAnswered } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [chosen, setChosen] = useState<Readonly<Partial<Record<ShipmentPart, string>>>>({});
  const { press, progress } = useAnswers(
    () =>
      SHIPMENT_PARTS.flatMap((answer) => {
        const asked = chosen[answer] ?? '';
        return asked === '' ? [] : [{ kind: 'shipment_column', asked, answer }];
      }),
    onAnswered,
  );
  if (header.length === 0) return null;
  const names = [...new Set(header.filter((name) => name !== ''))];
  return (
    <Notice tone="warn" title={t('answers.columns')}>
      <div className="stack">
        <p>{t('answers.columnsLead')}</p>
        {SHIPMENT_PARTS.map((part) => (
          <NativeSelect
            key={part}
            label={t(`answers.part.${part}`)}
            maw={320}
            value={chosen[part] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setChosen((now) => ({ ...now, [part]: value }))
            }
            data={[
              { value: '', label: t('answers.choose') },
              ...names.map((name) => ({ value: name, label: name })),
            ]}
          />
        ))}
        <ProgressNotice progress={progress} onResend={() => void press()} />
        <div>
          <GuardedButton
            denied={denied('import_file')}
            disabled={NEEDED.some((part) => (chosen[part] ?? '') === '')}
            loading={progress.kind === 'sending'}
            onClick={() => void press()}
          >
            {t('answers.saveAndCheck')}
          </GuardedButton>
        </div>
      </div>
    </Notice>
  );
}
