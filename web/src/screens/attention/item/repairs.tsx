import { type AttentionDetail, digitsOf, type RepairView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useConfirmText } from '../../../ui/confirm/confirm-text.tsx';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { PreviewText } from '../../order/command/preview-text.tsx';
import classes from '../attention.module.css';
import { Advice } from './advice.tsx';
import { RepairHead } from './repair-head.tsx';
import { type Carried, useRepair } from './use-repair.ts';

/** The repairs, the best first: each with its preview and its button. */
export function Repairs(props: {
  readonly item: AttentionDetail;
  readonly onCarried: (carried: Carried) => void;
}) {
  const { item, onCarried } = props;
  const { t } = useTranslation();
  const { repairs } = item;
  return (
    <Section title={t('attention.repairs.title')} id="repairs">
      {repairs.length === 0 && <p className="quiet">{t('attention.repairs.none')}</p>}
      <ol className={classes.repairs}>
        {repairs.map((repair, index) => {
          const best = index === 0 && item.suggested !== null;
          return (
            <li
              key={`${repair.id} ${repair.seqno}`}
              className={classes.repair}
              data-best={best || undefined}
            >
              {repair.kind === 'advice' ? (
                <Advice item={item} repair={repair} best={best} />
              ) : (
                <Repair item={item} repair={repair} best={best} onCarried={onCarried} />
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function Repair(props: {
  readonly item: AttentionDetail;
  readonly repair: RepairView;
  readonly best: boolean;
  readonly onCarried: (carried: Carried) => void;
}) {
  const { item, repair, best, onCarried } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const command = useRepair(item, repair, onCarried);
  const digits = digitsOf(item.orderNumber ?? '');
  const typed = useConfirmText({
    wanted: repair.irreversible ? digits : null,
    label: t('attention.repairs.digits', { digits }),
    wrong: t('attention.repairs.digitsWrong', { digits }),
  });
  const { preview } = repair;
  const refused = preview?.decision === 'refuse';
  const why = repair.denied?.reason ?? null;
  return (
    <div className="stack">
      <RepairHead repair={repair} best={best} />
      <Consequence item={item} repair={repair} />
      {!refused && why === null && typed.field}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
      {!refused && (
        <div>
          <GuardedButton
            {...(repair.irreversible ? { color: 'red.9' } : {})}
            variant={best ? 'filled' : 'default'}
            denied={why}
            loading={command.progress.kind === 'sending'}
            onClick={() => {
              if (typed.isRight()) void command.press(repair.irreversible ? digits : undefined);
            }}
          >
            {shop.environment === 'production' &&
              preview?.decision === 'pursue' &&
              t('common.live')}
            {repair.label}
          </GuardedButton>
        </div>
      )}
    </div>
  );
}

/** The transaction of a repair: the order's own, unless the repair names another. */
function concernedOf({ ours, theirs }: AttentionDetail, { seqno }: RepairView) {
  const other = theirs.find((one) => one.seqno === seqno);
  if (other) return other;
  return ours?.amount == null ? null : { amount: ours.amount, seqno: ours.seqno };
}

/** The preview of the repair: the same decision as the command’s own, call by call (M6). */
function Consequence(props: { readonly item: AttentionDetail; readonly repair: RepairView }) {
  const { item, repair } = props;
  const { t } = useTranslation();
  const { preview, irreversible } = repair;
  if (preview === null) return null;
  if (preview.decision === 'refuse') {
    return (
      <Notice tone="quiet" title={preview.because?.cause ?? preview.reason.cause}>
        <p>{preview.because?.remedy ?? preview.reason.remedy}</p>
      </Notice>
    );
  }
  const transaction = concernedOf(item, repair);
  return (
    <div className={classes.consequence}>
      <PreviewText order={{ transaction }} preview={preview} />
      <Next transaction={transaction} next={repair.next} />
      {irreversible && (
        <p>
          <strong>{t('attention.repairs.irreversible')}</strong>
        </p>
      )}
    </div>
  );
}

/** M5: what 入金済 comes to after the repair, so that the amount is chosen knowingly. */
function Next(props: {
  readonly transaction: ReturnType<typeof concernedOf>;
  readonly next: RepairView['next'];
}) {
  const { transaction, next } = props;
  const { t } = useTranslation();
  if (next === null) return null;
  return (
    <div>
      <p>
        <strong>{t('attention.repairs.next')}</strong>
      </p>
      {next.decision === 'refuse' ? (
        <p>{next.reason.cause}</p>
      ) : (
        <PreviewText order={{ transaction }} preview={next} />
      )}
    </div>
  );
}
