import type { OrderView } from '@renkei/contract';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Section } from '../../../ui/data/section.tsx';
import table from '../../../ui/data/table.module.css';
import { Table } from '../../../ui/data/table.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { LastOperation } from '../operation/last-operation.tsx';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';
import { ContentForm } from './content-form.tsx';
import { CHARGES, DEDUCTIONS } from './draft.ts';
import { Taxes } from './taxes.tsx';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 受注内容: the products and their sums; 商品・送料・手数料編集 changes both. */
export function ContentBlock({ order, desk }: Props) {
  const { t } = useTranslation();
  const { editAmounts, changeCaptured } = order.actions;
  const free = editAmounts.decision !== 'refuse';
  const mayEdit = free || changeCaptured.offered;
  const editing = desk.editing && mayEdit;
  return (
    <Section
      title={t('order.amounts.title')}
      id="amounts"
      aside={
        !editing &&
        mayEdit && (
          <GuardedButton
            variant="default"
            size="compact-sm"
            denied={deniedTo(order, free ? 'editAmounts' : 'changeCaptured')}
            onClick={() => desk.edit(true)}
          >
            {t(free ? 'order.amounts.edit' : 'desk.content.editCaptured')}
          </GuardedButton>
        )
      }
    >
      <div className="stack">
        {desk.message?.place === 'amounts' && (
          <Notice tone="good" role="status" title={desk.message.text} />
        )}
        <LastOperation order={order} goals={['adjusted']} actions={desk.remedies} />
        <ItemsGap gap={order.itemsGap} />
        {editing ? (
          <ContentForm order={order} desk={desk} />
        ) : (
          <div className={classes.content}>
            <Products order={order} />
            <Amounts order={order} />
          </div>
        )}
        {!mayEdit && <WhyNot order={order} desk={desk} />}
      </div>
    </Section>
  );
}

/** The products do not add up to 商品合計金額: a product may be missing. */
function ItemsGap({ gap }: { readonly gap: number }) {
  const { t } = useTranslation();
  if (gap === 0) return null;
  const yen = formatYen(Math.abs(gap));
  return (
    <Notice
      tone="warn"
      title={t(gap > 0 ? 'order.amounts.gapLess' : 'order.amounts.gapMore', { yen })}
    >
      <p>{t('order.amounts.gapEdit')}</p>
    </Notice>
  );
}

function WhyNot({ order, desk }: Props) {
  const { t } = useTranslation();
  const { editAmounts } = order.actions;
  if (editAmounts.decision !== 'refuse') return null;
  const { reason } = editAmounts;
  return (
    <details className={classes.why}>
      <summary>{t('order.amounts.edit')}</summary>
      <p>{reason.cause}</p>
      <p>{reason.remedy}</p>
      <Remedies reason={reason} actions={desk.remedies} />
    </details>
  );
}

function Products({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { destinations } = order.details;
  const several = destinations.length > 1;
  const lines = destinations.flatMap(({ lines, name }, destination) =>
    lines.map((line, index) => ({ ...line, to: name, id: `${destination}-${index}` })),
  );
  return (
    <Table caption={t('order.amounts.title')} head={<Head />}>
      {lines.map((line) => (
        <tr key={line.id}>
          <th scope="row">
            {line.name} {line.variation}
            <br />
            <span className={table.muted}>
              {line.productCode}
              {several && ` → ${line.to}`}
            </span>
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

function Head() {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="col">{t('order.amounts.product')}</th>
      {(['quantity', 'unitPrice', 'taxRate', 'subtotal'] as const).map((name) => (
        <th key={name} scope="col" className={table.number}>
          {t(`order.amounts.${name}`)}
        </th>
      ))}
    </tr>
  );
}

/** Sums that are always shown; every other sum is shown unless it is zero. */
const USUAL: readonly string[] = ['shipping', 'paymentFee', 'pointsUsed'];

function Amounts({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { amounts, total, billed } = order;
  const isShown = (field: keyof typeof amounts) => USUAL.includes(field) || amounts[field] !== 0;
  const rows = [
    [t('order.amounts.items'), amounts.items],
    ...CHARGES.filter(isShown).map((field) => [t(`desk.amounts.${field}`), amounts[field]]),
    [t('order.amounts.total'), total],
    ...DEDUCTIONS.filter(isShown).map((field) => [t(`desk.amounts.${field}`), -amounts[field]]),
    [t('order.amounts.billed'), billed],
  ] as [string, number][];
  return (
    <div>
      <dl className={classes.amounts}>
        {rows.map(([name, yen]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{formatYen(yen === 0 ? 0 : yen)}</dd>
          </Fragment>
        ))}
      </dl>
      <Taxes taxes={order.taxes} />
    </div>
  );
}
