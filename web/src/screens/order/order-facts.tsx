import { Button } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/browser/format.ts';
import { Copyable } from '../../ui/data/copy.tsx';
import { Facts, PageHead, Section } from '../../ui/data/section.tsx';
import {
  OperationBadge,
  PaymentBadge,
  ShippingBadge,
  StatusBadge,
  TransactionBadge,
} from '../../ui/state/state-badges.tsx';
import { FirstPlaced } from './history/first-placed.tsx';
import classes from './order.module.css';

/** The order's number and its state on all four axes. */
export function OrderHead({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { transaction, openOperation } = order;
  return (
    <PageHead
      title={
        <>
          {t('order.title')}{' '}
          <Copyable text={order.orderNumber} label={t('order.facts.orderNumber')} />
        </>
      }
    >
      <StatusBadge status={order.status} />
      <PaymentBadge paid={order.paidOn !== null} />
      <ShippingBadge shipped={order.shipped} />
      {transaction && <TransactionBadge state={transaction.state} />}
      {openOperation && <OperationBadge state={openOperation.state} />}
    </PageHead>
  );
}

/** 受注情報詳細 */
export function OrderFacts({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState(false);
  const kind = t(`words.kind.${order.paymentKind}`);
  const { memo, customerMessage } = order.details;
  return (
    <Section
      title={t('order.facts.title')}
      aside={
        <Button variant="default" size="compact-sm" onClick={() => setFirst(true)}>
          {t('desk.first.open')}
        </Button>
      }
    >
      <Facts
        facts={[
          [t('order.facts.type'), t(`words.type.${order.type}`)],
          [t('order.facts.channel'), t(`words.channel.${order.channel}`)],
          [t('order.facts.placedAt'), formatInstant(order.placedAt)],
          [
            t('order.facts.method'),
            <span key="method">
              {order.paymentMethod}
              <span className={classes.kind}>{t('common.bracketed', { text: kind })}</span>
            </span>,
          ],
          ...(memo === '' ? [] : [[t('order.facts.memo'), memo] as const]),
          ...(customerMessage === '' ? [] : [[t('order.facts.message'), customerMessage] as const]),
        ]}
      />
      {first && <FirstPlaced order={order} onClose={() => setFirst(false)} />}
    </Section>
  );
}
