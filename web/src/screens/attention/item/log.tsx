import { type AttentionDetail, REPAIR, type RepairId } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../locale/index.ts';
import { formatInstant } from '../../../ui/browser/format.ts';
import { Section } from '../../../ui/data/section.tsx';
import classes from '../attention.module.css';

type Entry = AttentionDetail['log'][number];

/** The history of an item, newest first. */
export function Log({ item }: { readonly item: AttentionDetail }) {
  const { t } = useTranslation();
  return (
    <Section title={t('attention.log.title')}>
      <ol className={classes.log}>
        {item.log.map((entry) => (
          <li key={`${entry.at} ${entry.action}`} className={classes.entry}>
            <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            <span>{entry.actor}</span>
            <span>{sentenceOf(entry, t)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function sentenceOf({ action, facts }: Entry, t: TFunction): string {
  switch (action) {
    case 'opened':
    case 'reopened':
    case 'changed':
    case 'agreed':
      return t(`attention.log.${action}`);
    case 'assigned':
      return facts.to
        ? t('attention.log.assigned', { to: String(facts.to) })
        : t('attention.log.released');
    case 'snoozed': {
      if (facts.until == null) return t('attention.log.woken');
      const until = formatInstant(new Date(facts.until as string | number).toISOString());
      return t('attention.log.snoozed', { until });
    }
    case 'closed':
      return t('attention.log.closed', { reason: String(facts.reason ?? '') });
    case 'repaired':
      return t('attention.log.repaired', { repair: nameOf(String(facts.repair)) });
    default:
      return t('attention.log.other', { action });
  }
}

function nameOf(repair: string): string {
  return Object.hasOwn(REPAIR, repair) ? REPAIR[repair as RepairId][currentLocale()] : repair;
}
