import type { AttentionDetail } from '@renkei/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatYen } from '../../../ui/browser/format.ts';
import { Table } from '../../../ui/data/table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../attention.module.css';

type Payment = AttentionDetail['redirects'][number];

type PaymentLine = {
  readonly name: string;
  readonly ours: ReactNode;
  readonly theirs: (payment: Payment) => ReactNode;
  readonly differs: boolean;
};

/** L2: the order, and beside it each payment that the customer makes at F-REGI. */
export function PaymentsComparison({ item }: { readonly item: AttentionDetail }) {
  const { t } = useTranslation();
  const { redirects } = item;
  return (
    <Table
      caption={t('attention.compare.title')}
      head={
        <tr>
          <th scope="col">{t('attention.compare.field')}</th>
          <th scope="col">{t('attention.compare.ours')}</th>
          {redirects.map(({ settleno }) => (
            <th key={settleno} scope="col">
              {t('attention.compare.theirs')}
            </th>
          ))}
        </tr>
      }
    >
      {useLines(item).map(({ name, ours, theirs, differs }) => (
        <tr key={name} className={classes.compared} data-differs={differs || undefined}>
          <th scope="row">
            {name}
            {differs && (
              <span className={classes.differs}>
                <Icon name="warning" size={14} /> {t('attention.compare.differs')}
              </span>
            )}
          </th>
          <td>{ours}</td>
          {redirects.map((payment) => (
            <td key={payment.settleno}>{theirs(payment)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function useLines({ ours, differs }: AttentionDetail): PaymentLine[] {
  const { t } = useTranslation();
  if (ours === null) return [];
  const state = ({ status }: Payment) => <strong>{t(`desk.redirect.status.${status}`)}</strong>;
  // Our side stands against the state of the payment, so that is shown beside it.
  const against = (field: 'status' | 'method') => {
    const isDifferent = differs.includes(field);
    return { theirs: isDifferent ? state : () => '—', differs: isDifferent };
  };
  const isPaid = ours.paidOn !== null;
  return [
    {
      name: t('attention.compare.status'),
      ours: t(`words.status.${ours.status}`),
      ...against('status'),
    },
    {
      name: t('attention.compare.payment'),
      ours: (
        <>
          {t(`words.payment.${isPaid ? 'paid' : 'unpaid'}`)}
          {isPaid && ` (${formatDate(ours.paidOn ?? '')})`}
        </>
      ),
      theirs: state,
      differs: differs.includes('payment'),
    },
    {
      name: t('attention.compare.method'),
      ours: t(`words.kind.${ours.paymentKind}`),
      ...against('method'),
    },
    {
      name: t('attention.compare.amount'),
      ours: <strong>{formatYen(ours.billed)}</strong>,
      theirs: ({ amount }) => <strong>{formatYen(amount)}</strong>,
      differs: differs.includes('amount'),
    },
    {
      name: t('desk.redirect.settleno'),
      ours: '—',
      theirs: ({ settleno }) => <span className="mono">{settleno}</span>,
      differs: false,
    },
  ];
}
