import type { SubscriptionView } from '@renkei/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandPress } from '../../api/command.ts';
import { formatDate } from '../../ui/browser/format.ts';
import { useConfirmText } from '../../ui/confirm/confirm-text.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Overtaken } from '../../ui/data/differences.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { currentOf, useAct, useDifferences } from './use-act.ts';

export type DialogProps = {
  readonly application: SubscriptionView;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
};

/** The outcome of a press: another person's change that came first, or the server's answer. */
export function Outcome(props: {
  readonly command: CommandPress;
  /** The application when the dialog opened. */
  readonly seen: SubscriptionView;
}) {
  const { command, seen } = props;
  const differences = useDifferences();
  const { progress } = command;
  const current = progress.kind === 'refused' ? currentOf(progress.problem) : null;
  if (current !== null) return <Overtaken items={differences(seen, current)} />;
  return <ProgressNotice progress={progress} onResend={() => void command.press()} />;
}

/** 次回のお届けをお休みする, with the days before and after it. */
export function SkipDialog({ application, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [seen] = useState(application);
  const [next, after] = application.upcoming;
  const n = String(next?.n ?? '');
  const command = useAct(application, { kind: 'skip' }, () =>
    onDone(t('subscriptions.skip.done', { n })),
  );
  if (next === undefined) return null;
  return (
    <Act
      title={t('subscriptions.skip.title')}
      confirm={t('subscriptions.skip.confirm', { n })}
      command={command}
      seen={seen}
      onClose={onClose}
    >
      <p>{t('subscriptions.skip.lead', { n, on: formatDate(next.deliverOn) })}</p>
      <p>
        {after === undefined
          ? t('subscriptions.skip.last')
          : t('subscriptions.skip.after', { on: formatDate(after.deliverOn) })}
      </p>
      <p className="quiet">{t('subscriptions.skip.undo')}</p>
    </Act>
  );
}

/** お休みを取り消す: restores the delivery. */
export function UnskipDialog({ application, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [seen] = useState(application);
  const { restorable } = application;
  const n = String(restorable?.n ?? '');
  const command = useAct(application, { kind: 'unskip' }, () =>
    onDone(t('subscriptions.unskip.done', { n })),
  );
  if (restorable === null) return null;
  return (
    <Act
      title={t('subscriptions.unskip.title')}
      confirm={t('subscriptions.unskip.confirm', { n })}
      command={command}
      seen={seen}
      onClose={onClose}
    >
      <p>{t('subscriptions.unskip.lead', { n, on: formatDate(restorable.deliverOn) })}</p>
    </Act>
  );
}

/** 解約 is irreversible: the operator types the code. */
export function CancelDialog({ application, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [seen] = useState(application);
  const { code } = application;
  const typed = useConfirmText({
    wanted: code,
    label: t('subscriptions.cancel.digits', { code }),
    wrong: t('subscriptions.cancel.digitsWrong', { code }),
  });
  const command = useAct(application, { kind: 'cancel' }, () =>
    onDone(t('subscriptions.cancel.done')),
  );
  return (
    <Act
      title={t('subscriptions.cancel.title')}
      confirm={t('subscriptions.cancel.confirm')}
      isReady={typed.isRight}
      danger
      command={command}
      seen={seen}
      onClose={onClose}
    >
      <p>
        <strong>{t('subscriptions.cancel.lead')}</strong>
      </p>
      <p>{t('subscriptions.cancel.stays')}</p>
      {typed.field}
    </Act>
  );
}

function Act(props: {
  readonly title: string;
  readonly confirm: string;
  readonly command: CommandPress;
  readonly seen: SubscriptionView;
  readonly onClose: () => void;
  readonly isReady?: () => boolean;
  readonly danger?: boolean;
  readonly children: ReactNode;
}) {
  const { title, confirm, command, seen, onClose, isReady, danger = false, children } = props;
  return (
    <Dialog
      title={title}
      confirm={confirm}
      onClose={onClose}
      danger={danger}
      busy={command.progress.kind === 'sending'}
      onConfirm={() => {
        if (isReady?.() ?? true) void command.press();
      }}
    >
      {children}
      <Outcome command={command} seen={seen} />
    </Dialog>
  );
}
