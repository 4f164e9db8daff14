import { Button } from '@mantine/core';
import type { RunGroup, RunPreview, RunPreviewRow } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDifference, formatYen } from '../../ui/format.ts';
import { AskDisclosure } from '../../ui/plan.tsx';
import table from '../../ui/table.module.css';
import { Table } from '../../ui/table.tsx';
import classes from './bulk.module.css';

const GROUPS: readonly RunGroup[] = ['as_is', 'with_change', 'local_only', 'excluded'];
const SHOWN_FIRST = 50;
const SHOWN_MORE = 500;

/** そのまま / 金額変更して / F-REGIに送らない / 対象外, each with its orders. */
export function PreviewGroups({ preview }: { readonly preview: RunPreview }) {
  return (
    <div className="stack">
      {GROUPS.filter((group) => preview.groups[group].count > 0).map((group) => (
        <Group key={group} group={group} preview={preview} />
      ))}
    </div>
  );
}

function Group({ group, preview }: { readonly group: RunGroup; readonly preview: RunPreview }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN_FIRST);
  const { count, yen } = preview.groups[group];
  const rows = preview.rows.filter((row) => row.group === group);
  const name = t('bulk.group', { name: t(`words.group.${group}`), count, yen: formatYen(yen) });
  // Nobody should press the button without having seen what is left out, or changed, and why.
  const open = group !== 'as_is' && group !== 'local_only';
  return (
    <details open={open} className={classes.group}>
      <summary>{name}</summary>
      <p className="quiet">{t(`bulk.groupHint.${group}`)}</p>
      <Table caption={name} head={<Head group={group} />}>
        {rows.slice(0, shown).map((row) => (
          <Row key={row.orderNumber} row={row} />
        ))}
      </Table>
      {rows.length > shown && (
        <Button
          mt="xs"
          size="compact-md"
          variant="default"
          onClick={() => setShown(shown + SHOWN_MORE)}
        >
          {t('bulk.more', { count: Math.min(SHOWN_MORE, rows.length - shown) })}
        </Button>
      )}
    </details>
  );
}

function Head({ group }: { readonly group: RunGroup }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="col">{t('orders.columns.orderNumber')}</th>
      <th scope="col">{t('bulk.customer')}</th>
      {group === 'with_change' && (
        <th scope="col" className={table.number}>
          {t('bulk.authorized')}
        </th>
      )}
      <th scope="col" className={table.number}>
        {t('orders.columns.billed')}
      </th>
      {group === 'with_change' && (
        <th scope="col" className={table.number}>
          {t('bulk.difference')}
        </th>
      )}
      {group === 'excluded' && <th scope="col">{t('bulk.why')}</th>}
      {(group === 'as_is' || group === 'with_change') && <th scope="col">{t('bulk.asks')}</th>}
    </tr>
  );
}

function Row({ row }: { readonly row: RunPreviewRow }) {
  const { t } = useTranslation();
  const { orderNumber, customerName, billed, authorized, group, asks } = row;
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        {orderNumber}
      </th>
      <td className={classes.customer}>{customerName}</td>
      {group === 'with_change' && <Yen yen={authorized} />}
      <Yen yen={billed} />
      {group === 'with_change' && (
        <td className={table.number}>{formatDifference(billed - (authorized ?? 0))}</td>
      )}
      {group === 'excluded' && <Why row={row} />}
      {asks.length > 0 && (
        <td>
          <AskDisclosure
            asks={asks}
            label={asks.map(({ verb }) => t(`words.verb.${verb}`)).join(' → ')}
            spoken={t('bulk.asksOf', { orderNumber })}
          />
        </td>
      )}
    </tr>
  );
}

function Yen({ yen }: { readonly yen: number | null }) {
  return <td className={table.number}>{yen === null ? '—' : formatYen(yen)}</td>;
}

/** The manual's line where there is one, then cause and remedy. */
function Why({ row }: { readonly row: RunPreviewRow }) {
  const { orderNumber, reason, line } = row;
  return (
    <td>
      <div className={classes.why}>
        {line !== null && (
          <strong lang="ja">
            {orderNumber}:{line}
          </strong>
        )}
        {reason && <span>{reason.cause}</span>}
        {reason && <span className={table.muted}>{reason.remedy}</span>}
      </div>
    </td>
  );
}
