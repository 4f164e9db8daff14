import type { Reconciliation } from '@renkei/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatInstant } from '../../ui/browser/format.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { EquationBlock } from './equation.tsx';
import { LineTable } from './lines.tsx';
import classes from './reconciliation.module.css';

/**
 * The whole report on paper: the equation, and every line of every bucket; each page begins with
 * its subject. The screen hides it; the browser prints it once it is laid out.
 */
export function Paper(props: { readonly report: Reconciliation; readonly onPrinted: () => void }) {
  const { report, onPrinted } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted);
    window.print();
    return () => window.removeEventListener('afterprint', onPrinted);
  }, [onPrinted]);
  const { from, to, lines } = report;
  const period =
    from === to
      ? formatDate(from)
      : t('common.range', { from: formatDate(from), to: formatDate(to) });
  const at = formatInstant(new Date().toISOString());
  const title = t('reconciliation.output.paper', { period, shop: shop.name, at });
  return (
    <div className={classes.paper}>
      <PageHead title={title} />
      <div className="stack">
        <EquationBlock report={report} />
        {lines.length > 0 && <LineTable lines={lines} title={title} />}
      </div>
    </div>
  );
}
