import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FindCustomer } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { normalized } from '../../../ui/browser/format.ts';
import { Section } from '../../../ui/data/section.tsx';
import { Loading } from '../../../ui/notice/loading.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ReadFailure } from '../../../ui/notice/problem.tsx';
import { Found } from './found.tsx';
import { foundCustomerQuery } from './queries.ts';

const BY = ['email', 'phone', 'name', 'order', 'overdue'] as const;
type SoughtBy = (typeof BY)[number];

const route = getRouteApi('/inside/settings');

/** ご請求による消去: a person finds the customer, and decides for each order. */
export function RequestPart() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { order } = route.useSearch();
  const [sought, setSought] = useState<FindCustomer | null>(
    order === undefined ? null : { orderNumbers: [order] },
  );
  const [said, setSaid] = useState<readonly string[]>([]);
  const { data, error, isFetching, refetch } = useQuery(foundCustomerQuery(shop.id, sought));
  return (
    <Section title={t('settings.erasure.request')}>
      <div className="stack">
        <p className="quiet">{t('settings.erasure.lead')}</p>
        <FindForm
          order={order}
          onFind={(wanted) => {
            setSaid([]);
            setSought(wanted);
          }}
        />
        {said.map((sentence) => (
          <Notice key={sentence} tone="good" role="status" title={sentence} />
        ))}
        {isFetching && !data && <Loading rows={3} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('settings.erasure.failed')}
            onRetry={() => void refetch()}
          />
        )}
        {data && (
          <Found
            found={data}
            onErased={(sentences) => {
              setSaid(sentences);
              void refetch();
            }}
            reread={refetch}
          />
        )}
      </div>
    </Section>
  );
}

function FindForm(props: {
  readonly order: string | undefined;
  readonly onFind: (sought: FindCustomer) => void;
}) {
  const { order, onFind } = props;
  const { t } = useTranslation();
  const [by, setBy] = useState<SoughtBy>(order === undefined ? 'email' : 'order');
  const [value, setValue] = useState(order ?? '');
  function find(event: FormEvent): void {
    event.preventDefault();
    const text = value.trim();
    if (by === 'overdue') onFind({ overdue: true });
    else if (text !== '')
      onFind(by === 'order' ? { orderNumbers: [normalized(text)] } : { [by]: text });
  }
  return (
    <form className="wrap" onSubmit={find}>
      <NativeSelect
        label={t('settings.erasure.by')}
        value={by}
        data={BY.map((one) => ({ value: one, label: t(`settings.erasure.bys.${one}`) }))}
        onChange={(event) => setBy(BY.find((one) => one === event.currentTarget.value) ?? 'email')}
      />
      {by !== 'overdue' && (
        <TextInput
          label={t('settings.erasure.value')}
          value={value}
          autoComplete="off"
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="default" style={{ alignSelf: 'end' }}>
        {t('settings.erasure.find')}
      </Button>
    </form>
  );
}
