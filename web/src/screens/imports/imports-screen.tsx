import { FileButton, NativeSelect } from '@mantine/core';
import type { ImportReport } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../ui/browser/title.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { PageHead, Section } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import classes from './imports.module.css';
import { Report } from './report.tsx';

const ENCODINGS = ['auto', 'utf-8', 'cp932'] as const;
type Encoding = (typeof ENCODINGS)[number];
type Mode = 'check' | 'all' | 'valid';

/** CSV取込: checks a file line by line first, and imports it only at a further press. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [encoding, setEncoding] = useState<Encoding>('auto');
  const [report, setReport] = useState<ImportReport | null>(null);
  const [imported, setImported] = useState<ImportReport | null>(null);
  useTitle(t('imports.title'));

  function start(chosen: File | null): void {
    setFile(chosen);
    setReport(null);
    setImported(null);
  }

  return (
    <>
      <PageHead title={t('imports.title')} />
      <div className="stack">
        <p className="quiet">{t('imports.lead')}</p>
        <Section title={t('imports.file')}>
          <div className="stack">
            <Chooser onChoose={start} />
            <EncodingSelect
              encoding={encoding}
              onChoose={(chosen) => {
                setEncoding(chosen);
                start(file);
              }}
            />
            {file && <p>{file.name}</p>}
          </div>
        </Section>
        {file && report === null && (
          <Check
            key={`${file.name} ${file.lastModified} ${file.size} ${encoding}`}
            file={file}
            encoding={encoding}
            onChecked={setReport}
          />
        )}
        {file && report && (
          <Report report={report} imported={imported} onAnswered={() => setReport(null)}>
            {(mode, children) => (
              <Import file={file} encoding={encoding} mode={mode} onImported={setImported}>
                {children}
              </Import>
            )}
          </Report>
        )}
      </div>
    </>
  );
}

function EncodingSelect(props: {
  readonly encoding: Encoding;
  readonly onChoose: (encoding: Encoding) => void;
}) {
  const { encoding, onChoose } = props;
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('imports.encoding')}
      value={encoding}
      maw={240}
      onChange={({ currentTarget: { value } }) =>
        onChoose(ENCODINGS.find((known) => known === value) ?? 'auto')
      }
      data={[
        { value: 'auto', label: t('imports.auto') },
        { value: 'utf-8', label: 'UTF-8' },
        { value: 'cp932', label: 'Shift_JIS' },
      ]}
    />
  );
}

/** Takes a file by button or by drop: dropping is never the only way. */
function Chooser({ onChoose }: { readonly onChoose: (file: File | null) => void }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const why = denied('import_file');

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (why === null) onChoose(event.dataTransfer.files[0] ?? null);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same.
    <div className={classes.drop} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <FileButton onChange={onChoose} accept=".csv,.txt,text/csv">
        {({ onClick }) => (
          <GuardedButton denied={why} onClick={onClick}>
            {t('imports.choose')}
          </GuardedButton>
        )}
      </FileButton>
      {why === null && <span className="quiet">{t('imports.drop')}</span>}
    </div>
  );
}

/** Checks the file as soon as it is chosen, and writes nothing. */
function Check(props: {
  readonly file: File;
  readonly encoding: Encoding;
  readonly onChecked: (report: ImportReport) => void;
}) {
  const { file, encoding, onChecked } = props;
  const { t } = useTranslation();
  const { press, progress } = useImport(file, encoding, 'check', onChecked);
  const begin = useRef(press);
  useEffect(() => void begin.current(), []);
  return (
    <>
      {progress.kind === 'sending' && (
        <>
          <p className="quiet">{t('imports.checking')}</p>
          <Loading rows={3} />
        </>
      )}
      <ProgressNotice progress={progress} onResend={() => void press()} />
    </>
  );
}

function Import(props: {
  readonly file: File;
  readonly encoding: Encoding;
  readonly mode: Mode;
  readonly onImported: (report: ImportReport) => void;
  readonly children: string;
}) {
  const { file, encoding, mode, onImported, children } = props;
  const command = useImport(file, encoding, mode, onImported);
  const { denied } = useSession();
  return (
    <div className="stack">
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
      <div>
        <GuardedButton
          denied={denied('import_file')}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {children}
        </GuardedButton>
      </div>
    </div>
  );
}

/** Sends the file. The server leaves existing orders alone, so sending it again is harmless. */
function useImport(
  file: File,
  encoding: Encoding,
  mode: Mode,
  onDone: (report: ImportReport) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  return useCommand<ImportReport>({
    send: (key) =>
      ask('POST', '/v1/imports', { shop: shop.id, key, query: { mode, encoding }, body: file }),
    onDone(report) {
      if (mode !== 'check') void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      onDone(report);
    },
    reread: () => queries.invalidateQueries({ queryKey: ['orders', shop.id] }),
  });
}
