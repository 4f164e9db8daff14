import { Button } from '@mantine/core';
import type { RunDetail, RunRow, RunRowState } from '@renkei/contract';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import { Chip, Chips } from '../../ui/state/chip.tsx';
import { RunRowBadge } from '../../ui/state/state-badges.tsx';
import { RunOrderCells, RunTable } from './run-table.tsx';
import classes from './runs.module.css';

const STATES: readonly RunRowState[] = [
  'failed',
  'unknown',
  'review',
  'proposed',
  'asking',
  'waiting',
  'succeeded',
  'stopped',
  'excluded',
];
const SHOWN_FIRST = 200;

/** Every order of the run. Failed rows float to the top; the other rows keep their places. */
export function RunRows({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<RunRowState | null>(null);
  const [shown, setShown] = useState(SHOWN_FIRST);
  const matching = run.rows.filter(({ state }) => wanted === null || state === wanted);
  const isFailed = ({ state }: RunRow) => state === 'failed';
  const rows = [...matching.filter(isFailed), ...matching.filter((row) => !isFailed(row))];
  return (
    <Section
      title={t('run.rows')}
      aside={<Filter run={run} wanted={wanted} onChange={setWanted} />}
    >
      {rows.length === 0 && <p className="quiet">{t('run.emptyFilter')}</p>}
      {rows.length > 0 && (
        <RunTable
          caption={t('run.rows')}
          state={t('run.columns.state')}
          said={t('run.columns.message')}
        >
          {rows.slice(0, shown).map((row) => (
            <Row key={row.orderNumber} row={row} />
          ))}
        </RunTable>
      )}
      {rows.length > shown && (
        <Button mt="sm" variant="default" onClick={() => setShown(shown + SHOWN_FIRST)}>
          {t('bulk.more', { count: Math.min(SHOWN_FIRST, rows.length - shown) })}
        </Button>
      )}
    </Section>
  );
}

function Filter(props: {
  readonly run: RunDetail;
  readonly wanted: RunRowState | null;
  readonly onChange: (state: RunRowState | null) => void;
}) {
  const { run, wanted, onChange } = props;
  const { t } = useTranslation();
  const there = STATES.filter((state) => run.counts[state] > 0);
  return (
    <Chips name={t('run.filter')}>
      <Chip
        on={wanted === null}
        onClick={() => onChange(null)}
      >{`${t('run.all')} ${run.rows.length.toLocaleString()}`}</Chip>
      {there.map((state) => (
        <Chip
          key={state}
          on={wanted === state}
          onClick={() => onChange(state)}
        >{`${t(`words.runRow.${state}`)} ${run.counts[state].toLocaleString()}`}</Chip>
      ))}
    </Chips>
  );
}

/** Renders only if the row itself has changed. */
const Row = memo(function Row({ row }: { readonly row: RunRow }) {
  const { t } = useTranslation();
  const { operation, state, line, reason } = row;
  const step = operation?.steps.at(-1);
  const doing = state === 'asking' && step ? t(`words.verb.${step.verb}`) : null;
  const endedAt = operation?.endedAt ? formatClock(operation.endedAt) : null;
  const said = state === 'failed' ? (line ?? reason?.cause) : (doing ?? endedAt ?? reason?.cause);
  return (
    <tr>
      <RunOrderCells row={row} />
      <td>
        <RunRowBadge state={state} />
      </td>
      <td className={classes.said}>{said}</td>
    </tr>
  );
});
