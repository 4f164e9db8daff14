import { NativeSelect } from '@mantine/core';
import { type ImportReport, keysOf, PAYMENT_KIND, type PaymentKind } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { useAnswers } from './use-answers.ts';

/** 決済方法 → 決済種別: asks once for what no file can tell, and keeps the answers. */
export function UnknownMethods(props: {
  readonly methods: ImportReport['unknownMethods'];
  readonly onAnswered: () => void;
}) {
  const { methods, onAnswered } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [kinds, setKinds] = useState<Readonly<Record<string, PaymentKind>>>({});
  const { press, progress } = useAnswers(
    () =>
      Object.entries(kinds).map(([asked, answer]) => {
        return { kind: 'payment_method', asked, answer };
      }),
    onAnswered,
  );
  if (methods.length === 0) return null;
  const isNothingChosen = Object.keys(kinds).length === 0;
  return (
    <Notice tone="warn" title={t('answers.methods', { count: methods.length })}>
      <div className="stack">
        <p>{t('answers.methodsLead')}</p>
        {methods.map(({ method, orders }) => (
          <NativeSelect
            key={method}
            label={t('answers.method', { method, orders: t('imports.orders', { count: orders }) })}
            maw={320}
            value={kinds[method] ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const chosen = keysOf(PAYMENT_KIND).find((kind) => kind === value);
              const { [method]: _, ...others } = kinds;
              setKinds(chosen === undefined ? others : { ...kinds, [method]: chosen });
            }}
            data={[
              { value: '', label: t('answers.choose') },
              ...keysOf(PAYMENT_KIND).map((kind) => ({
                value: kind,
                label: t(`words.kind.${kind}`),
              })),
            ]}
          />
        ))}
        <ProgressNotice progress={progress} onResend={() => void press()} />
        <div>
          <GuardedButton
            denied={denied('import_file')}
            disabled={isNothingChosen}
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
