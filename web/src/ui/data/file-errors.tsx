import type { FileError } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import table from './table.module.css';
import { Table } from './table.tsx';

const SHOWN_MAX = 500;

/** The errors or warnings of a file, with line, column and cell. The header is line 1, as in a spreadsheet. */
export function FileErrors(props: {
  readonly errors: readonly FileError[];
  readonly caption: string;
}) {
  const { errors, caption } = props;
  const { t } = useTranslation();
  const shown = errors.slice(0, SHOWN_MAX);
  const more = errors.length - shown.length;
  if (errors.length === 0) return null;
  return (
    <>
      <Table
        caption={caption}
        head={
          <tr>
            <th scope="col">{t('imports.lines')}</th>
            <th scope="col">{t('imports.column')}</th>
            <th scope="col">{t('imports.value')}</th>
            <th scope="col">{t('imports.message')}</th>
          </tr>
        }
      >
        {shown.map(({ line, column, value, message }) => (
          <tr key={`${line} ${column} ${message}`}>
            <th scope="row" className={table.nowrap}>
              {t('imports.line', { line: String(line) })}
            </th>
            <td>{column ?? '—'}</td>
            <td>{value ?? '—'}</td>
            <td>{message}</td>
          </tr>
        ))}
      </Table>
      {more > 0 && <p className="quiet">{t('imports.moreLines', { count: more })}</p>}
    </>
  );
}
