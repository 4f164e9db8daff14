import type { ReviewGuide } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Facts } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import type { ReviewProps } from './props.ts';
import { useReview } from './use-review.ts';

type WaitingAnswer = NonNullable<ReviewGuide['waiting']>['answer'];

/** An answer that waits: another person confirms or declines it; its author can withdraw it. */
export function Waiting(
  props: ReviewProps & { readonly waiting: NonNullable<ReviewGuide['waiting']> },
) {
  const { order, waiting } = props;
  const { answer, by, at, mayConfirm } = waiting;
  const { t } = useTranslation();
  const confirm = useReview(props, answer);
  const decline = useReview(props, null);
  const why = deniedTo(order, 'answerReview');
  return (
    <Notice
      tone="warn"
      role="status"
      title={t(mayConfirm ? 'desk.review.confirmLead' : 'desk.review.ownLead', { by })}
      actions={
        <>
          <GuardedButton
            size="compact-md"
            denied={why ?? (mayConfirm ? null : t('desk.review.notOwn'))}
            loading={confirm.progress.kind === 'sending'}
            onClick={() => void confirm.press()}
          >
            {t('desk.review.confirm')}
          </GuardedButton>
          <GuardedButton
            size="compact-md"
            variant="default"
            denied={why}
            loading={decline.progress.kind === 'sending'}
            onClick={() => void decline.press()}
          >
            {t(mayConfirm ? 'desk.review.decline' : 'desk.review.withdraw')}
          </GuardedButton>
        </>
      }
    >
      <p>{t(mayConfirm ? 'desk.review.confirmHint' : 'desk.review.ownHint')}</p>
      <AnswerFacts answer={answer} />
      <p>{`${t('desk.review.ifConfirmed')}: ${t('desk.review.thenEnds')}`}</p>
      <p className="quiet">{t('desk.fields.by', { by, at: formatInstant(at) })}</p>
      <ProgressNotice progress={confirm.progress} onResend={() => void confirm.press()} />
      <ProgressNotice progress={decline.progress} onResend={() => void decline.press()} />
    </Notice>
  );
}

/** An answer that another person declined: its author looks again. */
export function Declined({ guide }: { readonly guide: ReviewGuide }) {
  const { t } = useTranslation();
  const { declined } = guide;
  if (declined === null) return null;
  const { by, at, answer } = declined;
  return (
    <Notice tone="bad" role="status" title={t('desk.review.declined', { by })}>
      <p>{t('desk.review.declinedHint')}</p>
      <AnswerFacts answer={answer} />
      <p className="quiet">{formatInstant(at)}</p>
    </Notice>
  );
}

function AnswerFacts({ answer }: { readonly answer: WaitingAnswer }) {
  const { t } = useTranslation();
  return (
    <Facts
      facts={[
        [t('order.panel.status'), t(`words.transaction.${answer.state}`)],
        [t('order.panel.seqno'), <code key="seqno">{answer.seqno}</code>],
        [t('order.panel.authCode'), answer.authCode],
        [t('order.panel.amountAt'), <strong key="yen">{formatYen(answer.amount)}</strong>],
      ]}
    />
  );
}
