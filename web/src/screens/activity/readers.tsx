import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { ActivityList, ReadRecord } from '@renkei/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readersQuery } from '../../api/activity.ts';
import { urlOf } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant, normalized } from '../../ui/browser/format.ts';
import { Paged } from '../../ui/data/paged.tsx';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import classes from './activity.module.css';

type Wish = {
  readonly person: string | undefined;
  readonly record: string | undefined;
  readonly from: string;
  readonly to: string;
};

const DAY_MS = 24 * 60 * 60 * 1_000;
const JST_MS = 9 * 60 * 60 * 1_000;

/** 閲覧記録, for owners: whose records a person has seen between two times in Japan. */
export function Readers({ actors }: { readonly actors: ActivityList['actors'] }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [wish, setWish] = useState<Wish | null>(null);
  if (denied('see_readers') !== null) return null;
  return (
    <Section title={t('activity.readers.title')}>
      <div className="stack">
        <p className="quiet">{t('activity.readers.lead')}</p>
        <Question actors={actors} onAsk={setWish} />
        {wish !== null && <Answer wish={wish} />}
      </div>
    </Section>
  );
}

function Question(props: {
  readonly actors: ActivityList['actors'];
  readonly onAsk: (wish: Wish) => void;
}) {
  const { actors, onAsk } = props;
  const { t } = useTranslation();
  const [person, setPerson] = useState('');
  const [record, setRecord] = useState('');
  const [from, setFrom] = useState(() => inJapan(Date.now() - DAY_MS));
  const [to, setTo] = useState(() => inJapan(Date.now()));
  const ask = () =>
    onAsk({
      person: person === '' ? undefined : person,
      record: normalized(record) === '' ? undefined : normalized(record),
      from: instantOf(from),
      to: instantOf(to, 59_999), // the whole last minute
    });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <div className={classes.fields}>
        <NativeSelect
          label={t('activity.readers.person')}
          value={person}
          onChange={({ currentTarget: { value } }) => setPerson(value)}
          data={[
            { value: '', label: t('activity.everybody') },
            ...actors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput
          label={t('activity.readers.record')}
          value={record}
          maxLength={20}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setRecord(value)}
        />
        <Time label={t('activity.readers.from')} value={from} onChange={setFrom} />
        <Time label={t('activity.readers.to')} value={to} onChange={setTo} />
      </div>
      <div>
        <Button type="submit" variant="default">
          {t('activity.readers.show')}
        </Button>
      </div>
    </form>
  );
}

function Time(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <TextInput
      type="datetime-local"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Answer({ wish }: { readonly wish: Wish }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const list = useInfiniteQuery(readersQuery(shop.id, wish));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = list.data?.pages[0]?.count ?? 0;
  const csv = urlOf('/v1/activity/readers/csv', {
    shop: shop.id,
    query: { ...wish, shop: shop.id },
  });
  return (
    <Paged list={list} rows={6} failed={t('activity.readers.failed')} more={t('activity.more')}>
      {list.data && items.length === 0 && (
        <Empty icon="search" title={t('activity.readers.empty')} />
      )}
      {items.length > 0 && (
        <>
          <div className="wrap">
            <span role="status">{t('activity.readers.count', { count })}</span>
            <a href={csv} download>
              {t('activity.csv')}
            </a>
          </div>
          <Rows items={items} />
        </>
      )}
    </Paged>
  );
}

const HEADS = ['time', 'person', 'record', 'customer'] as const;

function Rows({ items }: { readonly items: readonly ReadRecord[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('activity.readers.title')}
      head={
        <tr>
          {HEADS.map((name) => (
            <th key={name} scope="col">
              {t(`activity.readers.columns.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {items.map(({ from, to, person, record, customerName }) => (
        <tr key={`${from} ${person.id} ${record}`}>
          <td className={table.nowrap}>
            <Span from={formatInstant(from)} to={formatInstant(to)} />
          </td>
          <td>{person.name}</td>
          <td className={table.nowrap}>
            <Record record={record} />
          </td>
          <td>{customerName ?? '—'}</td>
        </tr>
      ))}
    </Table>
  );
}

function Span({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useTranslation();
  return from === to ? from : t('common.range', { from, to });
}

function Record({ record }: { readonly record: string }) {
  if (/^\d{12}$/.test(record)) {
    return (
      <Link to="/orders/$orderNumber" params={{ orderNumber: record }} preload={false}>
        {record}
      </Link>
    );
  }
  return (
    <Link to="/subscriptions/$code" params={{ code: record }} preload={false}>
      {record}
    </Link>
  );
}

/** The time in Japan as a field of the browser writes it, to the minute. */
function inJapan(at: number): string {
  return new Date(at + JST_MS).toISOString().slice(0, 16);
}

/** The instant of a time in Japan, and some milliseconds later. */
function instantOf(text: string, laterMs = 0): string {
  return new Date(Date.parse(`${text}:00Z`) - JST_MS + laterMs).toISOString();
}
