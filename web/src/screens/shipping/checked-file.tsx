import { Checkbox } from '@mantine/core';
import type { ShippingImportReport } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { FileErrors } from '../../ui/data/file-errors.tsx';
import { Facts, Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { UnknownColumns } from '../file-answers/unknown-columns.tsx';
import type { ShippingWish } from './wish.ts';

type Props = {
  readonly file: File;
  readonly wish: ShippingWish;
  readonly report: ShippingImportReport | null;
  readonly onChecked: (report: ShippingImportReport) => void;
};

/** Checks the file as soon as it is there; a run begins only at a further press. */
export function CheckedFile({ file, wish, report, onChecked }: Props) {
  const { t } = useTranslation();
  const check = useShippingImport(file, wish, 'check', onChecked);
  const begin = useRef(check.press);
  useEffect(() => void begin.current(), []);
  return (
    <>
      {check.progress.kind === 'sending' && <p role="status">{t('shipping.checking')}</p>}
      <ProgressNotice progress={check.progress} onResend={() => void check.press()} />
      {report && (
        <Section title={t('shipping.report')}>
          <div className="stack">
            <Found report={report} wish={wish} />
            <UnknownColumns header={report.unknownHeader} onAnswered={() => void check.press()} />
            <Start file={file} wish={wish} report={report} />
          </div>
        </Section>
      )}
    </>
  );
}

function Found({ report, wish }: Pick<Props, 'wish'> & { readonly report: ShippingImportReport }) {
  const { t } = useTranslation();
  const { lines, orders, captures, seenBefore, errors } = report;
  const count = (of: number) => t('shipping.orders', { count: of });
  return (
    <>
      <Facts
        facts={[
          [t('shipping.lines'), lines.toLocaleString()],
          [t('shipping.open'), count(orders.open)],
          ...(wish.andPay
            ? [
                [
                  t('shipping.captures'),
                  t('shipping.capturesOf', { ...captures, yen: formatYen(captures.yen) }),
                ] as const,
              ]
            : []),
          [t('shipping.unchanged'), count(orders.unchanged)],
          [t('shipping.invalid'), count(orders.invalid)],
        ]}
      />
      {seenBefore && <Notice tone="going" title={t('shipping.seenBefore')} />}
      {errors.length > 0 && (
        <Notice tone="bad" role="alert" title={t('shipping.errors')}>
          <FileErrors errors={errors} caption={t('imports.errors')} />
        </Notice>
      )}
    </>
  );
}

/** A button that says its effect; it leads to the run, which shows every order. */
function Start(props: {
  readonly file: File;
  readonly wish: ShippingWish;
  readonly report: ShippingImportReport;
}) {
  const { file, wish, report } = props;
  const { t } = useTranslation();
  const { denied, shop } = useSession();
  const navigate = useNavigate();
  const [partly, setPartly] = useState(false);
  const { orders, captures, errors } = report;
  const start = useShippingImport(file, wish, partly ? 'valid' : 'all', ({ run }) => {
    if (run !== null) void navigate({ to: '/runs/$id', params: { id: run.id } });
  });
  if (orders.open === 0) return <Notice tone="warn" title={t('shipping.nothing')} />;
  const why = denied({ kind: 'ship', andPay: wish.andPay });
  const live = wish.andPay && shop.environment === 'production' ? t('common.live') : '';
  const said = wish.andPay
    ? t('shipping.startPay', {
        count: orders.open,
        captures: captures.count,
        yen: formatYen(captures.yen),
      })
    : t('shipping.start', { count: orders.open });
  return (
    <>
      {errors.length > 0 && (
        <Checkbox
          label={t('shipping.partly')}
          checked={partly}
          onChange={(event) => setPartly(event.currentTarget.checked)}
        />
      )}
      <ProgressNotice progress={start.progress} onResend={() => void start.press()} />
      {errors.length > 0 && !partly ? (
        <p className="quiet">{t('shipping.partlyNeeded')}</p>
      ) : (
        <div>
          <GuardedButton
            denied={why}
            loading={start.progress.kind === 'sending'}
            onClick={() => void start.press()}
          >
            {live}
            {said}
          </GuardedButton>
        </div>
      )}
    </>
  );
}

/** Sends the file. The same file begins one run, however often it is sent. */
function useShippingImport(
  file: File,
  { andPay, shippingMail, mail }: ShippingWish,
  mode: 'check' | 'all' | 'valid',
  onDone: (report: ShippingImportReport) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const sending = (on: boolean) => (on ? 'auto' : 'manual');
  return useCommand<ShippingImportReport>({
    send: (key, typed) =>
      ask('POST', '/v1/imports/shipping', {
        shop: shop.id,
        key,
        typed,
        body: file,
        query: {
          mode,
          andPay: String(andPay),
          shippingMail: sending(shippingMail),
          mail: sending(mail),
        },
      }),
    onDone(report) {
      if (mode !== 'check') void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      onDone(report);
    },
    reread: () => queries.invalidateQueries({ queryKey: ['runs', shop.id] }),
  });
}
