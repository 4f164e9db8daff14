import { Checkbox, FileButton } from '@mantine/core';
import type { ShippingImportReport } from '@renkei/contract';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../ui/browser/title.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { PageHead, Section } from '../../ui/data/section.tsx';
import { CheckedFile } from './checked-file.tsx';
import type { ShippingWish } from './wish.ts';

/** A carrier's result file: 送り状番号 → 発送済, and on request 入金済 in the same run. */
export function ShippingImportScreen() {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [wish, setWish] = useState<ShippingWish>({ andPay: false, shippingMail: true, mail: true });
  const [report, setReport] = useState<ShippingImportReport | null>(null);
  const why = denied('import_file');
  useTitle(t('shipping.title'));

  function choose(chosen: File | null): void {
    setReport(null);
    setFile(chosen);
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    if (why === null) choose(event.dataTransfer.files[0] ?? null);
  }

  return (
    <>
      <PageHead title={t('shipping.title')} />
      <div className="stack">
        <p className="quiet">{t('shipping.lead')}</p>
        <Section title={t('shipping.file')}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: its button does the same. */}
          <div className="wrap" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
            <FileButton onChange={choose} accept=".csv,.txt,text/csv">
              {({ onClick }) => (
                <GuardedButton denied={why} onClick={onClick}>
                  {t('shipping.choose')}
                </GuardedButton>
              )}
            </FileButton>
            <span className="quiet">{file?.name ?? (why === null ? t('shipping.drop') : '')}</span>
          </div>
        </Section>
        <Options
          wish={wish}
          onChange={(changed) => {
            setReport(null); // The check covered another wish.
            setWish(changed);
          }}
        />
        {file && why === null && (
          <CheckedFile
            key={`${file.name} ${file.lastModified} ${file.size} ${JSON.stringify(wish)}`}
            file={file}
            wish={wish}
            report={report}
            onChecked={setReport}
          />
        )}
      </div>
    </>
  );
}

function Options(props: {
  readonly wish: ShippingWish;
  readonly onChange: (wish: ShippingWish) => void;
}) {
  const { wish, onChange } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const why = denied({ kind: 'ship', andPay: true });
  const box = (name: keyof ShippingWish) => (
    <Checkbox
      label={t(`shipping.${name}`)}
      checked={wish[name]}
      onChange={(event) => onChange({ ...wish, [name]: event.currentTarget.checked })}
    />
  );
  return (
    <Section title={t('shipping.options')}>
      <div className="stack">
        {box('shippingMail')}
        {why === null ? box('andPay') : <p className="quiet">{why}</p>}
        {wish.andPay && box('mail')}
      </div>
    </Section>
  );
}
