import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../../../ui/browser/format.ts';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice, type RemedyActions } from '../../../ui/notice/problem.tsx';
import { keyOf, sentenceOf } from '../history/timeline-sentence.ts';
import classes from '../order.module.css';
import { Changes } from './changes.tsx';
import type { OrderCommand } from './use-order-command.ts';

/**
 * The outcome of a command on an order. If somebody else came first, it names their changes: the
 * page shows the order as it is now, and the form still holds the typed text.
 */
export function OrderProgress(props: {
  readonly order: OrderView;
  readonly command: OrderCommand;
  readonly actions: RemedyActions;
}) {
  const { order, command, actions } = props;
  const { t } = useTranslation();
  const { progress, press, seen } = command;
  const overtaken = progress.kind === 'refused' && progress.problem.code === 'order_changed';
  const news = overtaken && seen !== null ? newsSince(seen, order) : [];
  const changes = overtaken ? (progress.problem.changes ?? []) : [];
  return (
    <>
      <ProgressNotice progress={progress} onResend={() => void press()} actions={actions} />
      {news.length > 0 && (
        <Notice tone="going" title={t('order.meanwhile')}>
          <ul className={classes.news}>
            {news.map((entry) => (
              <li key={keyOf(entry)}>
                <time dateTime={entry.at}>{formatClock(entry.at)}</time>{' '}
                {t('common.labelled', { label: entry.actor, text: sentenceOf(entry, t) })}
              </li>
            ))}
          </ul>
          <Changes changes={changes} />
          <p>{t('order.stillTyped')}</p>
        </Notice>
      )}
    </>
  );
}

/** The entries of the history since the press. */
function newsSince(seen: OrderView, now: OrderView): OrderView['timeline'] {
  const known = new Set(seen.timeline.map(keyOf));
  return now.timeline.filter((entry) => !known.has(keyOf(entry)));
}
