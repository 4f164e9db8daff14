import { Checkbox } from '@mantine/core';
import type { ImportReport } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileErrors } from '../../ui/data/file-errors.tsx';
import { Facts, Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { UnknownMethods } from '../file-answers/unknown-methods.tsx';

type Props = {
  readonly report: ImportReport;
  /** The result of an import; null while the file is only checked. */
  readonly imported: ImportReport | null;
  /** The shop has said what the file cannot tell: it is to be checked again. */
  readonly onAnswered: () => void;
  /** The button that imports, in a mode. */
  readonly children: (mode: 'all' | 'valid', text: string) => ReactNode;
};

/** The findings of the check, and what can be imported; a part only by explicit choice. */
export function Report({ report, imported, onAnswered, children }: Props) {
  const { t } = useTranslation();
  const { lines, orders, seenBefore, errors, warnings, encoding } = report;
  const count = (of: number) => t('imports.orders', { count: of });
  return (
    <Section title={t('imports.report')}>
      <div className="stack">
        <Facts
          facts={[
            [t('imports.encoding'), encoding === 'cp932' ? 'Shift_JIS' : 'UTF-8'],
            [t('imports.lines'), lines.toLocaleString()],
            [t('imports.fresh'), count(orders.new)],
            [t('imports.unchanged'), count(orders.unchanged)],
            [t('imports.invalid'), count(orders.invalid)],
          ]}
        />
        {seenBefore && imported === null && <Notice tone="going" title={t('imports.seenBefore')} />}
        {imported === null && (
          <UnknownMethods methods={report.unknownMethods} onAnswered={onAnswered} />
        )}
        <FileErrors errors={errors} caption={t('imports.errors')} />
        <FileErrors errors={warnings} caption={t('imports.warnings')} />
        {imported ? <Done imported={imported} /> : <Choice orders={orders}>{children}</Choice>}
      </div>
    </Section>
  );
}

function Choice(props: {
  readonly orders: ImportReport['orders'];
  readonly children: Props['children'];
}) {
  const { orders, children } = props;
  const { t } = useTranslation();
  const [partly, setPartly] = useState(false);
  if (orders.new === 0) return <Notice tone="warn" title={t('imports.nothing')} />;
  const text = t('imports.all', { count: orders.new });
  if (orders.invalid === 0) return children('all', text);
  return (
    <>
      <Checkbox
        label={t('imports.partial', { count: orders.invalid })}
        description={t('imports.partialConfirm')}
        checked={partly}
        onChange={(event) => setPartly(event.currentTarget.checked)}
      />
      {partly ? children('valid', text) : <p className="quiet">{t('imports.partialNeeded')}</p>}
    </>
  );
}

function Done({ imported }: { readonly imported: ImportReport }) {
  const { t } = useTranslation();
  const { imported: count } = imported;
  return (
    <Notice
      tone="good"
      role="status"
      title={count > 0 ? t('imports.done', { count }) : t('imports.doneNone')}
    >
      <Link to="/orders">{t('imports.openOrders')}</Link>
    </Notice>
  );
}
