import type { Reconciliation } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDifference } from '../../ui/browser/format.ts';
import { Facts, Section } from '../../ui/data/section.tsx';

/**
 * Beside F-REGI's equation: settlements outside F-REGI, and the open amount of paid orders (O2).
 */
export function BalanceBlock({ balance }: Pick<Reconciliation, 'balance'>) {
  const { t } = useTranslation();
  const { settled, open } = balance;
  const said = ({ count, amount }: typeof open) =>
    t('reconciliation.balance.sum', { count, yen: formatDifference(amount) });
  return (
    <Section title={t('reconciliation.balance.title')}>
      <Facts
        facts={[
          [t('reconciliation.balance.settled'), said(settled)],
          [
            t('reconciliation.balance.open'),
            open.count === 0 ? (
              said(open)
            ) : (
              <Link key="open" to="/orders" search={{ openAmount: 'true' }}>
                {said(open)}
              </Link>
            ),
          ],
        ]}
      />
    </Section>
  );
}
