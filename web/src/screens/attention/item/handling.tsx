import { NativeSelect } from '@mantine/core';
import type { AttentionDetail } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeAttention, closeAttention } from '../../../api/attention.ts';
import { useSession } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/browser/format.ts';
import { useShortcuts } from '../../../ui/browser/keyboard.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Section } from '../../../ui/data/section.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { useReason } from '../../../ui/notice/reason.tsx';
import { Assign } from './assign.tsx';
import { SNOOZES, type Snooze, snoozeUntil } from './snooze.ts';
import { useItemChange } from './use-item-change.ts';

type Props = { readonly item: AttentionDetail };

/** 担当, あとで対応, and 何もしない with its reason. */
export function Handling({ item }: Props) {
  const { t } = useTranslation();
  if (item.closed !== null) return null;
  return (
    <Section title={t('attention.handling.title')}>
      <div className="stack">
        <Assign item={item} />
        <SnoozeForm item={item} />
        <CloseForm item={item} />
      </div>
    </Section>
  );
}

function SnoozeForm({ item }: Props) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const [wanted, setWanted] = useState<Snooze>('tomorrow');
  const { snoozedUntil } = item;
  const asleep = snoozedUntil !== null && Date.parse(snoozedUntil) > Date.now();
  const command = useItemChange(item, (key) => {
    const until = asleep ? null : snoozeUntil(wanted, new Date());
    return changeAttention(shop.id, item, key, { snoozedUntil: until });
  });
  const why = denied('handle_attention');
  useShortcuts({ z: why === null && !asleep ? () => void command.press() : undefined });
  return (
    <div className="wrap">
      {asleep ? (
        <span>{t('attention.handling.snoozedUntil', { at: formatInstant(snoozedUntil) })}</span>
      ) : (
        <NativeSelect
          aria-label={t('attention.handling.snoozeUntil')}
          value={wanted}
          onChange={({ currentTarget: { value } }) =>
            setWanted(SNOOZES.find((one) => one === value) ?? 'tomorrow')
          }
          data={SNOOZES.map((value) => ({ value, label: t(`attention.handling.${value}`) }))}
        />
      )}
      <GuardedButton
        variant="default"
        size="compact-md"
        denied={why}
        loading={command.progress.kind === 'sending'}
        onClick={() => void command.press()}
      >
        {t(asleep ? 'attention.handling.wake' : 'attention.handling.snooze')}
      </GuardedButton>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </div>
  );
}

/** 何もしない: also a decision, so it needs a reason. */
function CloseForm({ item }: Props) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const { reason, field, isGiven } = useReason({
    label: t('attention.handling.reason'),
    hint: t('attention.handling.reasonHint'),
    missing: t('attention.handling.reasonMissing'),
  });
  const command = useItemChange(item, (key) => closeAttention(shop.id, item, key, reason));
  return (
    <details>
      <summary>{t('attention.handling.close')}</summary>
      <div className="stack">
        <p className="quiet">{t('attention.handling.closeLead')}</p>
        {field}
        <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
        <div>
          <GuardedButton
            variant="default"
            denied={denied('handle_attention')}
            loading={command.progress.kind === 'sending'}
            onClick={() => isGiven() && void command.press()}
          >
            {t('attention.handling.closeButton')}
          </GuardedButton>
        </div>
      </div>
    </details>
  );
}
