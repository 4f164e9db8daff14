import { Checkbox } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { deniedTo } from './denied-to.ts';
import type { Desk } from './use-desk.ts';

/** 入金済: the box 入金日取消 and 更新, which first says what it does not do. */
export function PaidForm({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const [ticked, setTicked] = useState(false);
  const [asked, setAsked] = useState(false);
  const { unmarkPaid } = order.actions;
  if (unmarkPaid.decision === 'refuse') {
    return <p className="quiet">{unmarkPaid.reason.cause}</p>;
  }
  return (
    <div className="wrap">
      <Checkbox
        label={t('order.payment.unmark')}
        checked={ticked}
        error={asked && !ticked ? t('order.payment.tickUnmark') : null}
        onChange={(event) => setTicked(event.currentTarget.checked)}
      />
      <GuardedButton
        variant="default"
        denied={deniedTo(order, 'unmarkPaid')}
        onClick={() => {
          setAsked(true);
          if (ticked) desk.show({ kind: 'unmark' });
        }}
      >
        {t('order.payment.update')}
      </GuardedButton>
    </div>
  );
}
