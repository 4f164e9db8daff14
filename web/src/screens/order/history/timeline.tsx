import type { OrderView, TimelineEntry } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, jstDateOf } from '../../../ui/browser/format.ts';
import { Section } from '../../../ui/data/section.tsx';
import { Chip, Chips } from '../../../ui/state/chip.tsx';
import { Entry } from './entry.tsx';
import classes from './timeline.module.css';
import { keyOf } from './timeline-sentence.ts';
import { VersionViewer } from './version-viewer.tsx';

const FILTERS = ['all', 'money', 'gateway', 'mails', 'events'] as const;
type TimelineFilter = (typeof FILTERS)[number];

/** The subject of an entry; an unnamed entry is a change of the order. */
const ABOUT: Readonly<Record<string, TimelineFilter>> = {
  operation_accepted: 'money',
  operation_ended: 'money',
  transaction_moved: 'money',
  transaction_corrected: 'money',
  review_answered: 'money',
  command_proposed: 'money',
  proposal_ended: 'money',
  order_marked_paid: 'money',
  order_unmarked_paid: 'money',
  paid_on_corrected: 'money',
  settled_otherwise: 'money',
  gateway_asked: 'gateway',
  mail_sent: 'mails',
  payment_mail_sent: 'mails',
};

/** The history of the order, newest first: its events and every call to F-REGI. */
export function Timeline({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const [version, setVersion] = useState<number | null>(null);
  const shown = order.timeline.filter((entry) => isWanted(entry, filter));
  return (
    <Section
      title={t('order.timeline.title')}
      aside={
        <Chips name={t('order.timeline.filter')}>
          {FILTERS.map((name) => (
            <Chip key={name} on={name === filter} onClick={() => setFilter(name)}>
              {t(`desk.history.${name}`)}
            </Chip>
          ))}
        </Chips>
      }
    >
      {shown.length === 0 && <p className="quiet">{t('order.timeline.empty')}</p>}
      {byDay(shown).map(([day, ofDay]) => (
        <div key={day}>
          <h3 className={classes.day}>{formatDate(day)}</h3>
          <ol className={classes.entries}>
            {ofDay.map((entry) => (
              <Entry key={keyOf(entry)} entry={entry} onLookBack={setVersion} />
            ))}
          </ol>
        </div>
      ))}
      {version !== null && (
        <VersionViewer order={order} version={version} onClose={() => setVersion(null)} />
      )}
    </Section>
  );
}

function isWanted({ kind }: TimelineEntry, filter: TimelineFilter): boolean {
  return filter === 'all' || (ABOUT[kind] ?? 'events') === filter;
}

function byDay(entries: readonly TimelineEntry[]): [string, TimelineEntry[]][] {
  const days = Map.groupBy(entries, ({ at }) => jstDateOf(new Date(at)));
  return [...days];
}
