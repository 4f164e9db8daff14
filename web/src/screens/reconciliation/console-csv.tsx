import { Checkbox, FileButton } from '@mantine/core';
import type { ConsoleCsvReport, Reconciliation } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatInstant } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { FileErrors } from '../../ui/data/file-errors.tsx';
import { Facts, Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';

/**
 * Takes the console’s CSV: checks it first and records it at a press. A second import changes
 * nothing.
 */
export function ConsoleCsv({
  report: { lastFile, from, to },
}: {
  readonly report: Reconciliation;
}) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [whole, setWhole] = useState(false);
  const period = whole ? { from, to } : {};
  const why = denied('import_console_file');

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (why === null) setFile(event.dataTransfer.files[0] ?? null);
  }

  const last =
    lastFile === null
      ? t('reconciliation.file.never')
      : t('reconciliation.file.last', {
          name: lastFile.name,
          at: formatInstant(lastFile.importedAt),
        });
  return (
    <Section title={t('reconciliation.file.title')}>
      <div className="stack">
        <p className="quiet">{t('reconciliation.file.lead')}</p>
        <p className="quiet">{last}</p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: its button does the same. */}
        <div className="wrap" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
          <FileButton onChange={setFile} accept=".csv,.txt,text/csv">
            {({ onClick }) => (
              <GuardedButton variant="default" denied={why} onClick={onClick}>
                {t('reconciliation.file.choose')}
              </GuardedButton>
            )}
          </FileButton>
          {why === null && <span className="quiet">{t('reconciliation.file.drop')}</span>}
        </div>
        <Checkbox
          label={t('reconciliation.file.whole', { from: formatDate(from), to: formatDate(to) })}
          description={t('reconciliation.file.wholeHint')}
          checked={whole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
        {file && (
          <Chosen
            key={[file.name, file.lastModified, file.size, period.from, period.to].join(' ')}
            file={file}
            period={period}
          />
        )}
      </div>
    </Section>
  );
}

type CsvPeriod = { readonly from?: string; readonly to?: string };

function Chosen({ file, period }: { readonly file: File; readonly period: CsvPeriod }) {
  const { t } = useTranslation();
  const [checked, setChecked] = useState<ConsoleCsvReport | null>(null);
  const [imported, setImported] = useState<ConsoleCsvReport | null>(null);
  const check = useConsoleCsv(file, period, 'check', setChecked);
  const take = useConsoleCsv(file, period, 'import', setImported);
  const begin = useRef(check.press);
  useEffect(() => void begin.current(), []);
  return (
    <div className="stack">
      <p>{file.name}</p>
      {check.progress.kind === 'sending' && (
        <p role="status">{t('reconciliation.file.checking')}</p>
      )}
      <ProgressNotice progress={check.progress} onResend={() => void check.press()} />
      {checked && <Report report={checked} />}
      {imported?.imported && (
        <Notice tone="good" role="status" title={t('reconciliation.file.imported')}>
          <p>{t('reconciliation.file.alone')}</p>
        </Notice>
      )}
      {imported?.agreed && (
        <Notice tone="good" role="status" title={t('reconciliation.file.agreed')} />
      )}
      <ProgressNotice progress={take.progress} onResend={() => void take.press()} />
      {checked && checked.errors.length === 0 && !imported?.imported && (
        <div>
          <GuardedButton
            denied={null}
            loading={take.progress.kind === 'sending'}
            onClick={() => void take.press()}
          >
            {t('reconciliation.file.import', { count: checked.rows })}
          </GuardedButton>
        </div>
      )}
    </div>
  );
}

function Report({ report }: { readonly report: ConsoleCsvReport }) {
  const { t } = useTranslation();
  const { rows, transactions, seenBefore, errors } = report;
  const number = (count: number) => count.toLocaleString();
  return (
    <>
      <Facts
        facts={[
          [t('reconciliation.file.rows'), number(rows)],
          [t('reconciliation.file.fresh'), number(transactions.new)],
          [t('reconciliation.file.changed'), number(transactions.changed)],
          [t('reconciliation.file.unchanged'), number(transactions.unchanged)],
          [t('reconciliation.file.older'), number(transactions.older)],
          [t('reconciliation.file.withoutOrder'), number(transactions.withoutOrder)],
        ]}
      />
      {seenBefore && <Notice tone="going" title={t('reconciliation.file.seenBefore')} />}
      {errors.length > 0 && (
        <Notice tone="bad" role="alert" title={t('reconciliation.file.errors')}>
          <FileErrors errors={errors} caption={t('imports.errors')} />
        </Notice>
      )}
    </>
  );
}

/** Sends the file; its last modification is the time of the export. */
function useConsoleCsv(
  file: File,
  period: CsvPeriod,
  mode: 'check' | 'import',
  onDone: (report: ConsoleCsvReport) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => queries.invalidateQueries({ queryKey: ['reconciliation', shop.id] });
  return useCommand<ConsoleCsvReport>({
    send: (key) =>
      ask('POST', '/v1/sightings/console-csv', {
        shop: shop.id,
        key,
        body: file,
        query: {
          mode,
          name: file.name,
          ...period,
          exportedAt: new Date(file.lastModified).toISOString(),
        },
      }),
    onDone(report) {
      onDone(report);
      if (mode === 'check') return;
      void reread();
      void queries.invalidateQueries({ queryKey: ['attention', shop.id] });
    },
    reread,
  });
}
