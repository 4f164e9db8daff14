import type { TimelineEntry } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDate, jstDateOf } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import classes from './timeline.module.css';
import { sentenceOf } from './timeline-sentence.ts';

const FILTERS = ['all', 'gateway', 'events'] as const;
type Filter = (typeof FILTERS)[number];

/** Everything that happened to the order, newest first: its events and every call to F-REGI. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const shown = entries.filter((entry) => isWanted(entry, filter));
  return (
    <Section
      title={t('order.timeline.title')}
      aside={
        <fieldset className={classes.filter}>
          <legend className="spoken">{t('order.timeline.filter')}</legend>
          {FILTERS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === filter}
              onClick={() => setFilter(name)}
            >
              {t(`order.timeline.${name}`)}
            </button>
          ))}
        </fieldset>
      }
    >
      {shown.length === 0 && <p className="quiet">{t('order.timeline.empty')}</p>}
      {byDay(shown).map(([day, ofDay]) => (
        <div key={day}>
          <h3 className={classes.day}>{formatDate(day)}</h3>
          <ol className={classes.entries}>
            {ofDay.map((entry) => (
              <Entry key={keyOf(entry)} entry={entry} />
            ))}
          </ol>
        </div>
      ))}
    </Section>
  );
}

function isWanted({ kind }: TimelineEntry, filter: Filter): boolean {
  if (filter === 'all') return true;
  return (kind === 'gateway_asked') === (filter === 'gateway');
}

function byDay(entries: readonly TimelineEntry[]): [string, TimelineEntry[]][] {
  const days = Map.groupBy(entries, ({ at }) => jstDateOf(new Date(at)));
  return [...days];
}

/** No two entries are alike: a moment has one event of a kind, and one call of a verb. */
export function keyOf({ at, kind, facts, operationId }: TimelineEntry): string {
  return [at, kind, operationId, facts.verb, facts.seqno, facts.state].join(' ');
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useTranslation();
  const { at, actor, kind, facts, operationId } = entry;
  const { text, code, seqno, tookMs } = facts;
  return (
    <li className={classes.entry} data-gateway={kind === 'gateway_asked' || undefined}>
      <div className={classes.line}>
        <time dateTime={at}>{formatClock(at)}</time>
        <span>{actor}</span>
      </div>
      <div>{sentenceOf(entry, t)}</div>
      {kind === 'gateway_asked' && typeof text === 'string' && text !== '' && (
        <div className={classes.quote} lang="ja">
          「{text}」{code !== null && <code>{code}</code>}
        </div>
      )}
      {operationId !== null && (
        <details>
          <summary>{t('common.details')}</summary>
          <dl className={classes.facts}>
            <Fact name={t('order.timeline.operation')} value={operationId} />
            {typeof seqno === 'string' && <Fact name={t('order.panel.seqno')} value={seqno} />}
            {typeof tookMs === 'number' && (
              <Fact
                name={t('order.timeline.duration')}
                value={t('order.timeline.took', { ms: tookMs })}
              />
            )}
          </dl>
        </details>
      )}
    </li>
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
