import { Button, Checkbox } from '@mantine/core';
import type { ErasedView, FoundCustomer } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../ui/browser/format.ts';
import { Table } from '../../../ui/data/table.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { EraseDialog } from './erase-dialog.tsx';

type Props = {
  readonly found: FoundCustomer;
  readonly onErased: (sentences: readonly string[]) => void;
  readonly reread: () => Promise<unknown>;
};

/** The orders and applications of whom was looked for; those that nothing prevents can be chosen. */
export function Found({ found, onErased, reread }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<'nothing' | 'erase' | null>(null);
  const { orders, applications, more } = found;
  if (orders.length + applications.length === 0) return <p>{t('settings.erasure.none')}</p>;
  const wanted = {
    orders: orders.filter(({ orderNumber }) => chosen.has(orderNumber)),
    applications: applications.filter(({ code }) => chosen.has(code)),
  };
  const count = wanted.orders.length + wanted.applications.length;
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
    setAsked(null);
  };
  return (
    <>
      {more && <Notice tone="warn" title={t('settings.erasure.more')} />}
      {orders.length > 0 && <Orders orders={orders} chosen={chosen} onToggle={toggle} />}
      {applications.length > 0 && (
        <Applications applications={applications} chosen={chosen} onToggle={toggle} />
      )}
      {asked === 'nothing' && (
        <Notice tone="warn" role="alert" title={t('settings.erasure.chooseFirst')} />
      )}
      <div>
        <Button color="red.9" onClick={() => setAsked(count === 0 ? 'nothing' : 'erase')}>
          {t('settings.erasure.press', { count })}
        </Button>
      </div>
      {asked === 'erase' && (
        <EraseDialog
          wanted={wanted}
          reread={reread}
          onClose={() => setAsked(null)}
          onDone={(erased) => {
            setAsked(null);
            setChosen(new Set());
            void queries.invalidateQueries({ queryKey: ['erasures'] });
            void queries.invalidateQueries({ queryKey: ['orders'] });
            void queries.invalidateQueries({ queryKey: ['order'] });
            onErased(sentencesOf(erased));
          }}
        />
      )}
    </>
  );

  function sentencesOf({ certificates, refused, refusedApplications }: ErasedView): string[] {
    const sum = (of: 'orders' | 'applications') =>
      certificates.reduce((all, certificate) => all + certificate[of], 0);
    const left = refused.length + refusedApplications.length;
    const counts = { orders: sum('orders'), applications: sum('applications') };
    const done = t('settings.erasure.done', counts);
    return left === 0 ? [done] : [done, t('settings.erasure.refused', { count: left })];
  }
}

type Choice = {
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
};

function Orders({ orders, chosen, onToggle }: Choice & Pick<FoundCustomer, 'orders'>) {
  const { t } = useTranslation();
  const title = t('settings.erasure.orders');
  return (
    <Table
      caption={title}
      head={
        <tr>
          {(['choose', 'order', 'placedAt', 'status', 'customer', 'can'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`settings.erasure.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {orders.map(({ orderNumber, placedAt, status, customerName, erased, reason }) => (
        <tr key={orderNumber}>
          <td>
            <Checkbox
              aria-label={`${t('settings.erasure.choose')} ${orderNumber}`}
              checked={chosen.has(orderNumber)}
              disabled={reason !== null}
              onChange={() => onToggle(orderNumber)}
            />
          </td>
          <th scope="row">
            <Link to="/orders/$orderNumber" params={{ orderNumber }}>
              {orderNumber}
            </Link>
          </th>
          <td>{formatInstant(placedAt)}</td>
          <td>{t(`words.status.${status}`)}</td>
          <td>{erased ? t('words.erasedCustomer') : customerName}</td>
          <td>
            {erased ? t('settings.erasure.erased') : (reason?.cause ?? t('settings.erasure.free'))}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Applications(props: Choice & Pick<FoundCustomer, 'applications'>) {
  const { applications, chosen, onToggle } = props;
  const { t } = useTranslation();
  return (
    <Table
      caption={t('settings.erasure.applications')}
      head={
        <tr>
          {(['choose', 'code', 'customer', 'can'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`settings.erasure.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {applications.map(({ code, status, customerName, erased }) => {
        const can = erased ? 'erased' : status === 'active' ? 'active' : 'free';
        return (
          <tr key={code}>
            <td>
              <Checkbox
                aria-label={`${t('settings.erasure.choose')} ${code}`}
                checked={chosen.has(code)}
                disabled={can !== 'free'}
                onChange={() => onToggle(code)}
              />
            </td>
            <th scope="row">{code}</th>
            <td>{erased ? t('words.erasedCustomer') : customerName}</td>
            <td>{t(`settings.erasure.${can}`)}</td>
          </tr>
        );
      })}
    </Table>
  );
}
