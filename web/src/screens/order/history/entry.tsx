import type { TimelineEntry } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../../../ui/browser/format.ts';
import classes from './timeline.module.css';
import { sentenceOf } from './timeline-sentence.ts';

/**
 * What happened, when, and by whom; folded: the call on the wire, and the way to the old version.
 */
export function Entry(props: {
  readonly entry: TimelineEntry;
  readonly onLookBack: (version: number) => void;
}) {
  const { entry, onLookBack } = props;
  const { t } = useTranslation();
  const { at, actor, kind, facts, version } = entry;
  const { text, code } = facts;
  const isCall = kind === 'gateway_asked';
  return (
    <li className={classes.entry} data-gateway={isCall || undefined}>
      <div className={classes.line}>
        <time dateTime={at}>{formatClock(at)}</time>
        <span>{actor}</span>
      </div>
      <div>{sentenceOf(entry, t)}</div>
      {isCall && typeof text === 'string' && text !== '' && (
        <div className={classes.quote} lang="ja">
          「{text}」{code !== null && <code>{code}</code>}
        </div>
      )}
      {(isCall || entry.operationId !== null || version !== null) && (
        <details>
          <summary>
            {t('common.details')}
            <span className="spoken">{formatClock(at)}</span>
          </summary>
          <Details entry={entry} />
          {version !== null && (
            <button type="button" className={classes.back} onClick={() => onLookBack(version)}>
              {t('desk.version.open')}
              <span className="spoken">{t('common.aside', { text: formatClock(at) })}</span>
            </button>
          )}
        </details>
      )}
    </li>
  );
}

function Details({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useTranslation();
  const { facts, operationId, call, from } = entry;
  const { seqno, tookMs } = facts;
  return (
    <dl className={classes.facts}>
      {call !== null && <Fact name={t('order.preview.path')} value={call.path} />}
      {Object.entries(call?.parameters ?? {}).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
      {call === null && typeof seqno === 'string' && (
        <Fact name={t('order.panel.seqno')} value={seqno} />
      )}
      {typeof tookMs === 'number' && (
        <Fact
          name={t('order.timeline.duration')}
          value={t('order.timeline.took', { ms: tookMs })}
        />
      )}
      {operationId !== null && <Fact name={t('order.timeline.operation')} value={operationId} />}
      {from?.ip != null && <Fact name={t('activity.ip')} value={from.ip} />}
      {from?.requestId != null && <Fact name={t('activity.request')} value={from.requestId} />}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  );
}
