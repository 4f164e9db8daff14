import type { OrderRow } from '@renkei/contract';
import { useTranslation } from 'react-i18next';

/** The customer's name in a list, or that nothing of the customer is left. */
export function CustomerName(props: {
  readonly order: Pick<OrderRow, 'customerName' | 'customerErased'>;
}) {
  const { customerName, customerErased } = props.order;
  const { t } = useTranslation();
  return customerErased ? <span className="quiet">{t('words.erasedCustomer')}</span> : customerName;
}
