import type { OrderView } from '@renkei/backoffice/contract';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Remedies } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import table from '../../ui/table.module.css';
import { Table } from '../../ui/table.tsx';
import { AmountsForm } from './amounts-form.tsx';
import classes from './order.module.css';
import type { Desk } from './use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 受注内容: the products and what they add up to; 商品・送料・手数料編集 changes the amounts. */
export function AmountsBlock({ order, desk }: Props) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const { editAmounts } = order.actions;
  const editing = desk.editing && editAmounts.decision !== 'refuse';
  return (
    <Section
      title={t('order.amounts.title')}
      id="amounts"
      aside={
        !editing &&
        editAmounts.decision !== 'refuse' && (
          <GuardedButton
            variant="default"
            size="compact-sm"
            denied={denied('orders:write')}
            onClick={() => desk.edit(true)}
          >
            {t('order.amounts.edit')}
          </GuardedButton>
        )
      }
    >
      <div className="stack">
        {desk.said?.place === 'amounts' && (
          <Notice tone="good" role="status" title={desk.said.text} />
        )}
        {editing ? (
          <>
            <Products order={order} />
            <AmountsForm order={order} desk={desk} />
          </>
        ) : (
          <div className={classes.content}>
            <Products order={order} />
            <Amounts order={order} />
          </div>
        )}
        {editAmounts.decision === 'refuse' && (
          <details className={classes.why}>
            <summary>{t('order.amounts.edit')}</summary>
            <p>{editAmounts.reason.cause}</p>
            <p>{editAmounts.reason.remedy}</p>
            <Remedies reason={editAmounts.reason} actions={desk.remedies} />
          </details>
        )}
      </div>
    </Section>
  );
}

function Products({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const lines = order.details.destinations.flatMap(({ lines }, destination) =>
    lines.map((line, index) => ({ ...line, id: `${destination}-${index}` })),
  );
  return (
    <Table
      caption={t('order.amounts.title')}
      head={
        <tr>
          <th scope="col">{t('order.amounts.product')}</th>
          <th scope="col" className={table.number}>
            {t('order.amounts.quantity')}
          </th>
          <th scope="col" className={table.number}>
            {t('order.amounts.unitPrice')}
          </th>
          <th scope="col" className={table.number}>
            {t('order.amounts.taxRate')}
          </th>
          <th scope="col" className={table.number}>
            {t('order.amounts.subtotal')}
          </th>
        </tr>
      }
    >
      {lines.map((line) => (
        <tr key={line.id}>
          <th scope="row">
            {line.name} {line.variation}
            <br />
            <span className={table.muted}>{line.productCode}</span>
          </th>
          <td className={table.number}>{line.quantity.toLocaleString()}</td>
          <td className={table.number}>{formatYen(line.unitPrice)}</td>
          <td className={table.number}>{line.taxRate}%</td>
          <td className={table.number}>{formatYen(line.unitPrice * line.quantity)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Amounts({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { amounts, total, billed } = order;
  const rows = [
    [t('order.amounts.items'), amounts.items],
    [t('order.amounts.shipping'), amounts.shipping],
    [t('order.amounts.paymentFee'), amounts.paymentFee],
    [t('order.amounts.wrapping'), amounts.wrapping],
    [t('order.amounts.total'), total],
    [t('order.amounts.pointsUsed'), -amounts.pointsUsed],
    [t('order.amounts.couponDiscount'), -amounts.couponDiscount],
    [t('order.amounts.billed'), billed],
  ] as const;
  return (
    <dl className={classes.amounts}>
      {rows.map(([name, yen]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{formatYen(yen === 0 ? 0 : yen)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
