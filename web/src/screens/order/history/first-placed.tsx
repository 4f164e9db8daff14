import type { OrderView } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { Viewer } from '../../../ui/browser/viewer.tsx';
import { Table } from '../../../ui/data/table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { CHARGES, DEDUCTIONS } from '../content/draft.ts';
import classes from '../order.module.css';

type First = OrderView['firstPlaced'];

/** 初回受注情報: the original order beside today's; a mark shows each difference. */
export function FirstPlaced(props: { readonly order: OrderView; readonly onClose: () => void }) {
  const { order, onClose } = props;
  const { t } = useTranslation();
  const rows = compare(linesOf(order.firstPlaced, t), linesOf(order, t));
  const differing = rows.filter(({ first, now }) => first !== now).length;
  return (
    <Viewer title={t('desk.first.title')} onClose={onClose}>
      <p>
        {t('desk.first.placed', { at: formatInstant(order.placedAt) })}
        <br />
        {differing === 0 ? t('desk.first.same') : t('desk.first.differing', { count: differing })}
      </p>
      <Table
        caption={t('desk.first.title')}
        head={
          <tr>
            <th scope="col">{t('desk.first.item')}</th>
            <th scope="col">{t('desk.first.first')}</th>
            <th scope="col">{t('desk.first.now')}</th>
          </tr>
        }
      >
        {rows.map(({ name, first, now }) => (
          <tr key={name} data-differs={first !== now || undefined} className={classes.compared}>
            <th scope="row">{name}</th>
            <td>{first ?? '—'}</td>
            <td>
              {first !== now && (
                <span className={classes.differs}>
                  <Icon name="warning" size={14} /> {t('desk.first.changed')}
                </span>
              )}{' '}
              {now ?? t('desk.first.gone')}
            </td>
          </tr>
        ))}
      </Table>
    </Viewer>
  );
}

type FirstPlacedRow = {
  readonly name: string;
  readonly first: string | null;
  readonly now: string | null;
};

/** Both side by side, in the sequence of today's order; removed values come last. */
function compare(
  first: readonly [string, string][],
  now: readonly [string, string][],
): FirstPlacedRow[] {
  const was = new Map(first);
  const is = new Map(now);
  const names = [...new Set([...is.keys(), ...was.keys()])];
  return names.map((name) => ({ name, first: was.get(name) ?? null, now: is.get(name) ?? null }));
}

/** The content of an order as names and values for people. */
function linesOf(
  order: Pick<First, 'amounts' | 'total' | 'billed' | 'paymentKind' | 'paymentMethod' | 'details'>,
  t: TFunction,
): [string, string][] {
  const { amounts, details } = order;
  const { customer } = details;
  return [
    [
      t('order.facts.method'),
      order.paymentMethod + t('common.bracketed', { text: t(`words.kind.${order.paymentKind}`) }),
    ],
    ...details.destinations.flatMap(({ lines }, to) =>
      lines.map((line, n): [string, string] => {
        const name = t('desk.first.line', { to: String(to + 1), n: String(n + 1) });
        const price = `${formatYen(line.unitPrice)} × ${line.quantity}${t('common.aside', { text: `${line.taxRate}%` })}`;
        return [name, `${[line.name, line.variation].join(' ').trim()}　${price}`];
      }),
    ),
    [t('order.amounts.items'), formatYen(amounts.items)],
    ...[...CHARGES, ...DEDUCTIONS].map((part): [string, string] => [
      t(`desk.amounts.${part}`),
      formatYen(amounts[part]),
    ]),
    [t('order.amounts.total'), formatYen(order.total)],
    [t('order.amounts.billed'), formatYen(order.billed)],
    [t('order.customer.name'), customer.name],
    [t('order.customer.email'), customer.email],
    ...details.destinations.map(
      ({ name, postalCode, prefecture, address, ...rest }, to): [string, string] => {
        const wish = [rest.requestedDate && formatDate(rest.requestedDate), rest.requestedTime];
        const words = [name, `〒${postalCode}`, prefecture + address, ...wish];
        return [
          t('order.destination.nth', { n: String(to + 1) }),
          words.filter(Boolean).join('　'),
        ];
      },
    ),
  ];
}
