import { Button } from '@mantine/core';
import type { ExportChoices, SettingsChangeView } from '@renkei/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settingsLogQuery } from '../../api/settings.ts';
import { csvChoicesQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { jaWords } from '../../locale/ja/words.ts';
import { formatInstant } from '../../ui/browser/format.ts';
import { type Difference, Differences } from '../../ui/data/differences.tsx';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { differencesOf } from './describe.ts';
import classes from './log.module.css';

/** The log of the settings: who, when, and the values before and after in words. */
export function Log() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const log = useInfiniteQuery(settingsLogQuery(shop.id));
  const { data: choices } = useQuery(csvChoicesQuery(shop.id));
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t('settings.page.log')}>
      <div className="stack">
        <p className="quiet">{t('settings.log.lead')}</p>
        {log.isPending && <Loading />}
        {log.error && !log.data && (
          <ReadFailure
            error={log.error}
            title={t('settings.log.failed')}
            onRetry={() => void log.refetch()}
          />
        )}
        {log.data && items.length === 0 && <Empty icon="book" title={t('settings.log.none')} />}
        {items.length > 0 && (
          <Table
            caption={t('settings.log.caption')}
            head={
              <tr>
                <th scope="col">
                  {t('settings.log.at')}
                  {t('common.and')}
                  {t('settings.log.actor')}
                </th>
                <th scope="col">{t('settings.log.what')}</th>
                <th scope="col">{t('settings.log.changes')}</th>
              </tr>
            }
          >
            {items.map((change) => (
              <Row key={change.id} change={change} fields={choices?.fields ?? []} />
            ))}
          </Table>
        )}
        {log.hasNextPage && (
          <div>
            <Button
              variant="default"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t('settings.log.more')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function Row(props: {
  readonly change: SettingsChangeView;
  readonly fields: ExportChoices['fields'];
}) {
  const { change, fields } = props;
  const { t } = useTranslation();
  const { at, actor, area, before, after } = change;
  const subject = isMailKind(change.subject) ? t(`words.mail.${change.subject}`) : change.subject;
  const differences = differencesOf(t, before ?? {}, after ?? {}, fields);
  const short = differences.filter(({ from, to }) => from.length + to.length <= LONG);
  const long = differences.filter(({ from, to }) => from.length + to.length > LONG);
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        {formatInstant(at)}
        <div className={table.muted}>{actor}</div>
      </th>
      <td className={classes.what}>
        {t(`settings.log.area.${area}`, { subject })}
        {before === null && <div className={table.muted}>{t('settings.log.made')}</div>}
        {after === null && <div className={table.muted}>{t('settings.log.removed')}</div>}
      </td>
      <td className={classes.changes}>
        <Differences items={short} />
        {long.map((difference) => (
          <LongText key={difference.name} difference={difference} />
        ))}
      </td>
    </tr>
  );
}

/** A longer text is folded. */
const LONG = 160;

function LongText({ difference: { name, from, to } }: { readonly difference: Difference }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('common.labelled', { label: name, text: t('settings.log.long') })}</summary>
      <div className={classes.sides}>
        {(
          [
            ['before', from],
            ['after', to],
          ] as const
        ).map(([side, text]) => (
          <div key={side}>
            <strong>{t(`settings.log.${side}`)}</strong>
            <pre>{text === '' ? t('unsaved.nothing') : text}</pre>
          </div>
        ))}
      </div>
    </details>
  );
}

function isMailKind(subject: string): subject is keyof typeof jaWords.mail {
  return Object.hasOwn(jaWords.mail, subject);
}
