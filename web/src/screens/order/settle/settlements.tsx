import type { OrderView, SettlementView } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 差額の精算 (O3): the open amount, which can be recorded, and the recorded settlements. */
export function Settlements({ order, desk }: Props) {
  const { t } = useTranslation();
  const { settle } = order.actions;
  if (!settle.offered && order.settlements.length === 0) return null;
  return (
    <div id="settle" className="stack">
      {settle.offered && (
        <Notice
          tone="warn"
          title={t(`desk.settle.${settle.of === 'payment' ? 'payment' : settle.direction}`, {
            yen: formatYen(settle.amount),
          })}
          actions={
            <GuardedButton
              variant="default"
              size="compact-md"
              denied={deniedTo(order, 'settle')}
              onClick={() => desk.show({ kind: 'settle' })}
            >
              {t('desk.settle.open')}
            </GuardedButton>
          }
        />
      )}
      {order.settlements.map((settlement) => (
        <Line key={settlement.version} order={order} settlement={settlement} desk={desk} />
      ))}
    </div>
  );
}

/** One entry; a counter-entry says so, and neither ever disappears. */
function Line(props: Props & { readonly settlement: SettlementView }) {
  const { order, settlement, desk } = props;
  const { t } = useTranslation();
  const { version, corrects, corrected, recordedBy, recordedAt } = settlement;
  return (
    <div className="wrap">
      <span>
        {corrected ? <del>{sentenceOf(settlement, t)}</del> : sentenceOf(settlement, t)}{' '}
        <small className="quiet">
          {t('desk.settle.recorded', { by: recordedBy, at: formatInstant(recordedAt) })}
          {corrected && ` ${t('desk.settle.corrected')}`}
        </small>
      </span>
      {corrects === null && !corrected && (
        <GuardedButton
          variant="subtle"
          size="compact-sm"
          denied={deniedTo(order, 'correctSettlement')}
          onClick={() => desk.show({ kind: 'correct', settlement: version })}
        >
          {t('desk.settle.correct')}
        </GuardedButton>
      )}
    </div>
  );
}

/** An entry in words: the day, the way, the amount, and whether it takes another entry back. */
export function sentenceOf(
  { direction, amount, by, on, corrects }: SettlementView,
  t: TFunction,
): string {
  const said = { on: formatDate(on), by: t(`words.settledBy.${by}`), yen: formatYen(amount) };
  if (corrects !== null) return t('order.timeline.settled_corrected', said);
  return t(`desk.settle.line_${direction}`, said);
}
