import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Carriers } from '../../ui/data/carriers.tsx';
import { CARRIER_MAX, type Tracking } from './use-tracking.ts';

/** 配送会社 of all parcels of a run, and a hint for typing 送り状番号 below. */
export function CarrierField({
  tracking,
  frozen,
}: {
  readonly tracking: Tracking;
  readonly frozen: boolean;
}) {
  const { t } = useTranslation();
  const carriers = useId();
  return (
    <>
      <TextInput
        label={t('bulk.carrier')}
        description={t('bulk.carrierHint')}
        value={tracking.carrier}
        maxLength={CARRIER_MAX}
        disabled={frozen}
        onChange={(event) => tracking.setCarrier(event.currentTarget.value)}
        list={carriers}
        maw={360}
      />
      <Carriers id={carriers} />
      <p className="quiet">{t('bulk.trackingHint')}</p>
    </>
  );
}
