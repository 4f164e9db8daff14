import { Button } from '@mantine/core';
import { keysOf, TRANSACTION_STATE, type TransactionState } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Viewer } from '../browser/viewer.tsx';
import { TransactionBadge } from './state-badges.tsx';

/** The ten F-REGIステータス with the manual's explanation of each (p. 7); `state` is the current one. */
export function StateLegend({ state }: { readonly state: TransactionState }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
        {t('common.stateLegend')}
      </Button>
      {isOpen && (
        <Viewer title={t('common.stateLegend')} onClose={() => setOpen(false)}>
          <dl className="stack">
            {keysOf(TRANSACTION_STATE).map((each) => (
              <div key={each} aria-current={each === state || undefined}>
                <dt>
                  <TransactionBadge state={each} />
                </dt>
                <dd>{t(`words.transactionMeaning.${each}`)}</dd>
              </div>
            ))}
          </dl>
        </Viewer>
      )}
    </>
  );
}
