import type { ActivityEntry } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { jaActivity } from '../../locale/ja/activity.ts';
import { formatInstant } from '../../ui/browser/format.ts';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { sentenceOf } from '../order/history/timeline-sentence.ts';
import classes from './activity.module.css';

const HEADS = ['at', 'actor', 'area', 'order', 'what'] as const;
const FROM_JOURNAL = ['order', 'money', 'mail'];

export function Entries({ items }: { readonly items: readonly ActivityEntry[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('activity.caption')}
      head={
        <tr>
          {HEADS.map((name) => (
            <th key={name} scope="col">
              {t(`activity.columns.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {items.map((entry) => (
        <Entry key={keyOf(entry)} entry={entry} />
      ))}
    </Table>
  );
}

function keyOf({ at, area, action, orderNumber, subject, facts }: ActivityEntry): string {
  return [at, area, action, orderNumber, subject, JSON.stringify(facts)].join(' ');
}

function Entry({ entry }: { readonly entry: ActivityEntry }) {
  const { t } = useTranslation();
  const { at, actor, from, area, orderNumber, subject, facts } = entry;
  const subjectName = area === 'access' ? t('activity.person') : 'id';
  const details = Object.entries(facts).filter(
    ([name, value]) => name !== 'ip' && value !== null && value !== '',
  );
  return (
    <tr>
      <td className={table.nowrap}>
        <time dateTime={at}>{formatInstant(at)}</time>
      </td>
      <td>
        {actor.name}
        {actor.kind !== 'user' && (
          <>
            {' '}
            <span className={table.muted}>{t(`activity.${actor.kind}`)}</span>
          </>
        )}
      </td>
      <td className={table.nowrap}>{t(`activity.area.${area}`)}</td>
      <td className={table.nowrap}>
        {orderNumber !== null && (
          <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
            {orderNumber}
          </Link>
        )}
        {area === 'subscription' && subject !== null && (
          <Link to="/subscriptions/$code" params={{ code: subject }} preload={false}>
            {subject}
          </Link>
        )}
      </td>
      <td className={classes.what}>
        {saidOf(entry, t)}
        {(details.length > 0 || subject !== null || from !== null) && (
          <details>
            <summary>{t('activity.facts')}</summary>
            <dl className={classes.facts}>
              {from?.ip != null && <Fact name={t('activity.ip')} value={from.ip} />}
              {from?.requestId != null && (
                <Fact name={t('activity.request')} value={from.requestId} />
              )}
              {subject !== null && subject !== '' && <Fact name={subjectName} value={subject} />}
              {details.map(([name, value]) => (
                <Fact key={name} name={name} value={String(value)} />
              ))}
            </dl>
          </details>
        )}
      </td>
    </tr>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>{value}</dd>
    </>
  );
}

/** The sentence of the order’s own history; every other entry has a sentence by its name. */
function saidOf({ area, action, subject, facts }: ActivityEntry, t: TFunction): string {
  if (FROM_JOURNAL.includes(area)) {
    return sentenceOf({ kind: action, facts }, t);
  }
  const name = action as keyof (typeof jaActivity)['action'];
  const { factor: context } = facts; // a sign-in names its last factor
  return t(`activity.action.${name}`, { defaultValue: action, subject, context, ...facts });
}
