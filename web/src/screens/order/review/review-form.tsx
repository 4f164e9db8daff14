import { Radio, TextInput } from '@mantine/core';
import type { ReviewAnswer, ReviewGuide } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen, normalized, parseYen } from '../../../ui/browser/format.ts';
import { isSubmit } from '../../../ui/browser/keyboard.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { AskDisclosure } from '../../../ui/data/plan.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import classes from '../order.module.css';
import type { ReviewProps } from './props.ts';
import { useReview } from './use-review.ts';

type ChoiceOfGuide = ReviewGuide['choices'][number];

/** The typed answer; `choice` is its place among the guide's choices. */
type TypedReview = {
  readonly choice: number | null;
  readonly seqno: string;
  readonly authCode: string;
  readonly amount: string;
};

const NOTHING: TypedReview = { choice: null, seqno: '', authCode: '', amount: '' };

/** A person chooses and types what F-REGI's console shows: it decides how the operation ended. */
export function ReviewForm(props: ReviewProps & { readonly guide: ReviewGuide }) {
  const { order, guide } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<TypedReview>(NOTHING);
  const [asked, setAsked] = useState(false);
  const choice = typed.choice === null ? null : (guide.choices[typed.choice] ?? null);
  const answer = choice && answerOf(typed, choice, guide);
  const form = useRef<HTMLFormElement>(null);
  const command = useReview(props, answer, () => {
    setTyped(NOTHING);
    setAsked(false);
  });
  const why = deniedTo(order, 'answerReview');
  const another =
    answer !== null && 'amount' in answer && choice !== null && answer.amount !== choice.amount;

  function submit(): void {
    setAsked(true);
    if (answer !== null && why === null) void command.press();
    else if (answer === null) focusWrong(form.current);
  }

  return (
    <form
      ref={form}
      className="stack"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => isSubmit(event.nativeEvent) && submit()}
      noValidate
    >
      <Radio.Group
        label={t('desk.review.what')}
        labelProps={{ mb: 6 }}
        value={typed.choice === null ? '' : String(typed.choice)}
        error={asked && choice === null ? t('desk.review.chooseFirst') : null}
        onChange={(value) => setTyped((now) => ({ ...now, choice: Number(value) }))}
      >
        <Choices guide={guide} />
      </Radio.Group>
      {choice !== null && choice.state !== null && (
        <Seen
          typed={typed}
          choice={choice}
          guide={guide}
          asked={asked}
          onChange={(changed) => setTyped(changed)}
        />
      )}
      {another && choice !== null && <AnotherAmount expected={choice.amount} />}
      {choice !== null && !another && <Following choice={choice} />}
      <ProgressNotice progress={command.progress} onResend={submit} />
      <div>
        <GuardedButton denied={why} loading={command.progress.kind === 'sending'} onClick={submit}>
          {another ? t('desk.review.propose') : submitText(choice, t)}
        </GuardedButton>
      </div>
    </form>
  );
}

/** Focuses the first field that is missing or wrong, once React has marked it. */
function focusWrong(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? form?.querySelector<HTMLElement>('input'))?.focus();
  });
}

/** M6: the calls and the mail that follow at once if this finding is confirmed. */
function Following({ choice }: { readonly choice: ChoiceOfGuide }) {
  const { t } = useTranslation();
  const { outcome, next } = choice;
  return (
    <Notice
      tone={next.asks.length > 0 ? 'warn' : 'going'}
      role="status"
      title={t('desk.review.ifConfirmed')}
    >
      {outcome !== 'done' ? (
        <p>{t('desk.review.thenEnds')}</p>
      ) : (
        <p>
          {next.asks.length === 0
            ? t('desk.review.thenDone')
            : t('desk.review.thenAsks', { asks: asksIn(choice, t) })}{' '}
          {next.mail && t('desk.review.thenMail')}
        </p>
      )}
      <AskDisclosure asks={next.asks} label={t('desk.review.asksNext')} />
    </Notice>
  );
}

/** The calls that follow, in words: 売上処理（¥8,060）. */
function asksIn({ next }: ChoiceOfGuide, t: TFunction): string {
  const named = next.asks.map(({ verb, amount }) =>
    t('desk.review.ask', { verb: t(`words.verb.${verb}`), yen: formatYen(amount) }),
  );
  return named.join(' → ');
}

function submitText(choice: ChoiceOfGuide | null, t: TFunction): string {
  if (choice === null || choice.next.asks.length === 0) return t('order.open.submit');
  return t('desk.review.submitAnd', { asks: asksIn(choice, t) });
}

/** The amount typed is not the one that the operation asked for: a second person has to confirm. */
function AnotherAmount({ expected }: { readonly expected: number }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="warn"
      role="status"
      title={t('desk.review.another', { yen: formatYen(expected) })}
    >
      <p>{t('desk.review.anotherHint')}</p>
    </Notice>
  );
}

/** Likely choices first; choices that need another person's act meanwhile are folded. */
function Choices({ guide }: { readonly guide: ReviewGuide }) {
  const { t } = useTranslation();
  const radios = guide.choices.map(({ label, outcome }, index) => ({
    outcome,
    radio: <Radio key={label} value={String(index)} label={label} />,
  }));
  const likely = radios.filter(({ outcome }) => outcome !== 'found');
  const others = radios.filter(({ outcome }) => outcome === 'found');
  return (
    <div className={classes.choices}>
      {likely.map(({ radio }) => radio)}
      {others.length > 0 && (
        <details className={classes.why}>
          <summary>{t('desk.review.others')}</summary>
          <div className={classes.choices}>{others.map(({ radio }) => radio)}</div>
        </details>
      )}
    </div>
  );
}

/** The number, the approval and the amount, exactly as the console shows them. */
function Seen(props: {
  readonly typed: TypedReview;
  readonly choice: ChoiceOfGuide;
  readonly guide: ReviewGuide;
  readonly asked: boolean;
  readonly onChange: (typed: TypedReview) => void;
}) {
  const { typed, choice, guide, asked, onChange } = props;
  const { t } = useTranslation();
  const set = (changes: Partial<TypedReview>) => onChange({ ...typed, ...changes });
  const wrongSeqno = choice.newTransaction ? wrongNewSeqno(typed.seqno, guide) : null;
  const wrongAmount = parseYen(typed.amount) === null;
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('order.open.seqno')}
        description={t(choice.newTransaction ? 'desk.review.newNumber' : 'desk.review.sameNumber')}
        value={choice.newTransaction ? typed.seqno : (guide.seqno ?? '')}
        readOnly={!choice.newTransaction}
        inputMode="numeric"
        autoComplete="off"
        error={asked && wrongSeqno !== null ? t(`desk.review.${wrongSeqno}`) : null}
        onChange={(event) => set({ seqno: event.currentTarget.value })}
      />
      <TextInput
        label={t('order.open.authCode')}
        description={t('desk.review.authHint')}
        value={typed.authCode}
        maxLength={6}
        autoComplete="off"
        onChange={(event) => set({ authCode: event.currentTarget.value })}
      />
      <TextInput
        label={t('order.open.amount')}
        description={t('desk.review.expected', { yen: formatYen(choice.amount) })}
        value={typed.amount}
        inputMode="numeric"
        autoComplete="off"
        error={asked && wrongAmount ? t('order.open.amountWrong') : null}
        onChange={(event) => set({ amount: event.currentTarget.value })}
      />
    </div>
  );
}

const SEQNO = /^\d{20}$/;

function wrongNewSeqno(typed: string, { seqno }: ReviewGuide): 'seqnoWrong' | 'seqnoOld' | null {
  const plain = normalized(typed);
  if (!SEQNO.test(plain)) return 'seqnoWrong';
  return plain === seqno ? 'seqnoOld' : null;
}

/** Null while a value is missing or is no number. */
function answerOf(
  typed: TypedReview,
  choice: ChoiceOfGuide,
  guide: ReviewGuide,
): ReviewAnswer | null {
  if (choice.state === null) return { nothing: true };
  const amount = parseYen(typed.amount);
  if (amount === null) return null;
  const authCode = normalized(typed.authCode) || null;
  if (!choice.newTransaction) {
    return guide.seqno === null
      ? null
      : { state: choice.state, seqno: guide.seqno, authCode, amount };
  }
  if (wrongNewSeqno(typed.seqno, guide) !== null) return null;
  return { state: choice.state, seqno: normalized(typed.seqno), authCode, amount };
}
