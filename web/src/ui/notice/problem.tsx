import { Button, Code } from '@mantine/core';
import type { Problem, ReasonView, Remedy } from '@renkei/contract';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/client.ts';
import type { Progress } from '../../api/command.ts';
import { withWords } from '../../locale/index.ts';
import { GuardedButton } from '../confirm/guarded-button.tsx';
import classes from './notice.module.css';
import { Notice } from './notice.tsx';

const ConfirmAgain = lazy(
  withWords(() =>
    import('../confirm/confirm-again.tsx').then((file) => ({ default: file.ConfirmAgain })),
  ),
);

/** The press of a remedy, and why this person may not press it; null if they may. */
type RemedyPress = { readonly press: () => void; readonly denied: string | null };

/**
 * The remedies of a reason that this screen offers now. The reason's own sentence names the others.
 */
export type RemedyActions = Partial<Record<Remedy, RemedyPress>>;

/** A problem, its cause and its remedies; F-REGI’s own words verbatim. */
function ProblemNotice(props: {
  readonly problem: Problem;
  readonly actions?: RemedyActions | undefined;
}) {
  const { problem, actions } = props;
  const { t } = useTranslation();
  const { reason, because, fregi, errors = [] } = problem;
  return (
    <Notice tone="bad" role="alert" title={because?.cause ?? reason?.cause ?? problem.detail}>
      {reason && <p className={classes.quote}>{because?.remedy ?? reason.remedy}</p>}
      {fregi && (
        <p className={classes.quote}>
          「{fregi.text}」{fregi.code !== null && <Code>{fregi.code}</Code>}
        </p>
      )}
      {errors.length > 0 && (
        <ul className={classes.remedies}>
          {errors.slice(0, 20).map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {reason && <Remedies reason={reason} actions={actions} />}
      <p className={classes.request}>
        {t('common.requestId')} <Code>{problem.requestId}</Code>
      </p>
    </Notice>
  );
}

/** The remedies of a reason that a person can press here, now. */
export function Remedies(props: {
  readonly reason: ReasonView;
  readonly actions?: RemedyActions | undefined;
}) {
  const { reason, actions = {} } = props;
  const { t } = useTranslation();
  const offered = reason.remedies.flatMap(({ id, label }) => {
    const action = actions[id];
    return action === undefined ? [] : { id, label, ...action };
  });
  if (offered.length === 0) return null;
  return (
    <ul className={classes.actions} aria-label={t('common.remedies')}>
      {offered.map(({ id, label, press, denied }) => (
        <li key={id}>
          <GuardedButton size="compact-md" variant="default" denied={denied} onClick={press}>
            {label}
          </GuardedButton>
        </li>
      ))}
    </ul>
  );
}

/** A failed reading: the server's reason, or that the server is out of reach. */
export function ReadFailure(props: {
  readonly error: unknown;
  readonly title: string;
  readonly onRetry: () => void;
}) {
  const { error, title, onRetry } = props;
  const { t } = useTranslation();
  const said = error instanceof ProblemError ? error.problem.detail : null;
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      actions={
        <Button size="compact-md" variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      }
    >
      <p className={classes.quote}>{said ?? t('common.unreachable')}</p>
      {said === null && <p className={classes.quote}>{t('common.unreachableRemedy')}</p>}
    </Notice>
  );
}

/** The outcome of a pressed button, near the button. It never calls a lost answer a failure. */
export function ProgressNotice(props: {
  readonly progress: Progress;
  readonly onResend: () => void;
  readonly actions?: RemedyActions | undefined;
  readonly hint?: string;
}) {
  const { progress, onResend, actions, hint } = props;
  const { t } = useTranslation();
  if (progress.kind === 'refused') {
    const { problem, confirm } = progress;
    if (problem.confirm === undefined) return <ProblemNotice problem={problem} actions={actions} />;
    return (
      <Suspense>
        <ConfirmAgain problem={problem} onConfirm={(typed) => void confirm(typed)} />
      </Suspense>
    );
  }
  if (progress.kind !== 'lost' && progress.kind !== 'reread') return null;
  const resend = (
    <Button size="compact-md" variant="default" onClick={onResend}>
      {t('common.resend')}
    </Button>
  );
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t(progress.kind === 'lost' ? 'common.lost' : 'common.lostRead')}
      actions={resend}
    >
      {progress.kind === 'lost' && <p className={classes.quote}>{t('common.lostRemedy')}</p>}
      {hint !== undefined && <p className={classes.quote}>{hint}</p>}
    </Notice>
  );
}
