import type { MarkPaid, OrderView } from '@renkei/contract';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { jstDateOf } from '../../../ui/browser/format.ts';
import { isSubmit } from '../../../ui/browser/keyboard.ts';
import { useConfirmText } from '../../../ui/confirm/confirm-text.tsx';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { PreviewText } from '../command/preview-text.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import { DayDoubt, useAskedDay } from '../day-doubt.tsx';
import { LastOperation } from '../operation/last-operation.tsx';
import { MailChoice } from '../status/mail-choice.tsx';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 未入金 → 入金日 [date] [更新]; the preview of the press stands beside the button. */
export function MarkPaidForm({ order, desk }: Props) {
  const pay = usePayment(order, desk);
  const { command } = pay;
  const notices = (
    <>
      <OrderProgress order={order} command={command} actions={desk.remedies} />
      {command.progress.kind !== 'refused' && (
        <LastOperation order={order} goals={['captured', 'authorized']} actions={desk.remedies} />
      )}
    </>
  );
  const { markPaid } = order.actions;
  if (markPaid.decision === 'refuse') {
    return (
      <>
        <WhyNot order={order} desk={desk} />
        {notices}
      </>
    );
  }
  return <PayForm order={order} preview={markPaid} pay={pay} notices={notices} />;
}

/** The payment in the form, and its press. */
function usePayment(order: OrderView, desk: Desk) {
  const { t } = useTranslation();
  const [paidOn, setPaidOn] = useState(() => jstDateOf(new Date()));
  const { policy } = order.paymentMail;
  const [chosen, setMail] = useState<'auto' | 'manual' | null>(null);
  const isConfirmed = confirms(order);
  const isByHand = policy === 'manual' || isNotMade(order) || !isConfirmed;
  const mail = (isConfirmed ? chosen : null) ?? (isByHand ? 'manual' : 'auto');
  const body = { paidOn, mail } satisfies MarkPaid;
  const day = useAskedDay(order, 'payment', body, paidOn !== jstDateOf(new Date()));
  const [isPressed, setPressed] = useState(false);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'payment',
    body: { ...body, dayConfirmed: day.dayConfirmed },
    onDone: (changed) =>
      changed.paidOn !== null && desk.showMessage('payment', t('order.payment.done')),
  });
  const { markPaid } = order.actions;
  const value = markPaid.decision === 'pursue' ? markPaid.confirm : null;
  const typed = useConfirmText({
    wanted: value,
    label: t('confirm.label', { value: value ?? '' }),
    wrong: t('confirm.wrong', { value: value ?? '' }),
  });
  function press(): void {
    setPressed(true);
    if (day.isDoubted && !day.dayConfirmed) return;
    if (typed.isRight()) void command.press(value ?? undefined);
  }
  return { paidOn, setPaidOn, day, isPressed, mail, setMail, isConfirmed, command, typed, press };
}

/** O2: F-REGI confirms the payment, or no card pays it. Otherwise no mail goes out by itself. */
function confirms({ actions: { markPaid } }: OrderView): boolean {
  return markPaid.decision !== 'record' || markPaid.gateway !== 'not_told';
}

/** L2, O3: nothing that was paid at the store pays the order: a mail is a choice. */
function isNotMade({ actions: { markPaid } }: OrderView): boolean {
  return markPaid.decision === 'record' && (markPaid.notMade.length > 0 || !markPaid.mail);
}

function PayForm(props: {
  readonly order: OrderView;
  readonly preview: ComponentProps<typeof PreviewText>['preview'];
  readonly pay: ReturnType<typeof usePayment>;
  readonly notices: ReactNode;
}) {
  const { order, preview, pay, notices } = props;
  const { paidOn, setPaidOn, mail, setMail, isConfirmed, press } = pay;
  const { t } = useTranslation();
  const { shop } = useSession();
  const { policy } = order.paymentMail;
  const isSent = mail === 'auto' ? 'order.preview.mail' : 'order.preview.noMail';
  const kept = isConfirmed ? isSent : 'order.preview.unconfirmedMail';
  const mailText = policy === 'never' ? 'order.preview.neverMail' : kept;
  const why = deniedTo(order, 'markPaid');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault(); // Enter in a field moves no money; the button and Ctrl+Enter do.
      }}
      onKeyDown={(event) => {
        if (isSubmit(event.nativeEvent) && why === null) press();
      }}
    >
      <DateField
        label={t('order.payment.paidOn')}
        value={paidOn}
        max={jstDateOf(new Date())}
        onChange={(on) => on !== '' && setPaidOn(on)}
      />
      <DayDoubt day={pay.day} asked={pay.isPressed} />
      {policy !== 'never' && isConfirmed && (
        <MailChoice label={t('order.payment.choose')} mail={mail} onChange={setMail} />
      )}
      <Notice tone="going" title={t('order.preview.title')}>
        <PreviewText order={order} preview={preview} more={t(mailText)} />
      </Notice>
      {notices}
      {pay.typed.field}
      <div>
        <GuardedButton
          denied={why}
          loading={pay.command.progress.kind === 'sending'}
          onClick={press}
        >
          {shop.environment === 'production' ? t('common.live') : ''}
          {t('order.payment.button')}
        </GuardedButton>
      </div>
    </form>
  );
}

/** Why nobody can mark the order as paid now, and the alternatives (C5 among them). */
function WhyNot({ order, desk }: Props) {
  const { markPaid } = order.actions;
  if (markPaid.decision !== 'refuse') return null;
  const { reason, because } = markPaid;
  return (
    <Notice tone="warn" title={because?.cause ?? reason.cause}>
      {because && <p>{reason.cause}</p>}
      <p>{because?.remedy ?? reason.remedy}</p>
      <Remedies reason={reason} actions={desk.remedies} />
    </Notice>
  );
}
