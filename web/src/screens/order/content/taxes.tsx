import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import classes from '../order.module.css';

/** 消費税 per rate, rounded once per invoice, as the invoice system requires. */
export function Taxes({ taxes }: { readonly taxes: OrderView['taxes'] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.taxes}>
      {taxes.map(({ rate, taxed, tax }) => (
        <li key={rate}>
          {t(rate === 0 ? 'desk.content.untaxed' : 'desk.content.taxed', {
            rate: String(rate),
            yen: formatYen(taxed),
            tax: formatYen(tax),
          })}
        </li>
      ))}
    </ul>
  );
}
