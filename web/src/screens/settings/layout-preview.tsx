import type { LayoutPreview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './layout.module.css';

/** The first rows of the file; a mark shows each character that Shift_JIS does not have. */
export function LayoutPreviewTable(props: {
  readonly preview: LayoutPreview | undefined;
  readonly failed: boolean;
}) {
  const { preview, failed } = props;
  const { t } = useTranslation();
  if (preview === undefined) {
    return (
      <p className="quiet">
        {t(failed ? 'settings.csv.previewFailed' : 'settings.csv.chosenNone')}
      </p>
    );
  }
  const { header, rows } = preview;
  const keyed = header.map((name, place) => ({ name, key: `${place} ${name}` }));
  return (
    <div className="stack">
      {rows.some(({ lossy }) => lossy.length > 0) && (
        <Notice tone="warn" role="status">
          {t('settings.csv.lossy')}
        </Notice>
      )}
      <Table
        caption={t('settings.csv.preview')}
        dense
        head={
          <tr>
            {keyed.map(({ key, name }) => (
              <th key={key} scope="col" className={table.nowrap}>
                {name}
              </th>
            ))}
          </tr>
        }
      >
        {rows.map(({ cells, lossy }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a file has no other name.
          <tr key={index}>
            {keyed.map(({ key }, place) => (
              <td
                key={key}
                className={lossy.includes(place) ? classes.lossy : table.nowrap}
                data-tone={lossy.includes(place) ? 'bad' : undefined}
              >
                {cells[place]}
              </td>
            ))}
          </tr>
        ))}
      </Table>
      {rows.length === 0 && <p className="quiet">{t('settings.csv.previewNone')}</p>}
    </div>
  );
}
