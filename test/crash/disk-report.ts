import { readFile } from 'node:fs/promises';
import { judge, linesOfEnd } from './judge.ts';
import { type Held, readLedger } from './ledger.ts';
import type { Operators } from './operators.ts';
import { fact, type Line, line, percentile } from './table.ts';
import type { Town } from './town.ts';

const BACK_P95_MS = 10_000;

/** Counts the operations that say the server could not write its marks. */
export async function countNotNoted({ db }: Town): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) from operations where reason = 'not_noted'`,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Counts the moves of money. A change of an amount moves one transaction and makes another at the
 * same instant: it counts once.
 */
export function countMoves(ledger: readonly Held[]): number {
  const moves = ledger.flatMap(({ id, history }) =>
    history.filter(({ by }) => by === 'shop').map(({ at, what }) => `${id} ${at} ${what}`),
  );
  return new Set(moves).size;
}

export type DiskRun = {
  readonly rounds: number;
  readonly backMs: readonly number[];
  readonly gaveUp: number;
  readonly moved: number;
  readonly settledMs: number;
  readonly say: (line: string) => void;
};

export async function reportOn(town: Town, operators: Operators, run: DiskRun): Promise<Line[]> {
  const { presses, heard } = operators;
  const { rounds, backMs, gaveUp, moved, settledMs, say } = run;
  const judged = await judge(town, presses);
  const wrong = [...judged.violations, ...(await unwritten(town))];
  for (const violation of wrong) say(`VIOLATION ${violation}`);
  const broken = [...heard].filter(([status]) => status >= 500 && status !== 503);
  const errors = broken.reduce((sum, [, count]) => sum + count, 0);
  const notNoted = await countNotNoted(town);
  const p95 = percentile(backMs, 0.95);
  return [
    fact('full: tables, log, marks', `${rounds} times each`),
    fact('PostgreSQL gave up at a full log', `${gaveUp} of ${rounds}`),
    fact('presses, acknowledged', `${presses.length}, ${judged.acknowledged}`),
    fact('answered 503', `${heard.get(503) ?? 0}`),
    line('answered 500', `${errors}`, '0', errors === 0),
    line('money moved with full marks', `${moved}`, '0', moved === 0),
    line('operations that say why', `${notNoted}`, `≥ ${rounds}`, notNoted >= rounds),
    line(
      'moves not written, or not marked; violations',
      `${wrong.length}`,
      '0',
      wrong.length === 0,
    ),
    line(
      'work goes on after, p95',
      `${p95.toFixed(0)} ms`,
      `≤ ${BACK_P95_MS} ms`,
      p95 <= BACK_P95_MS,
    ),
    ...linesOfEnd(judged, settledMs),
  ];
}

/** Returns the orders that F-REGI moved more often than they have steps with marks. */
async function unwritten(town: Town): Promise<string[]> {
  const lines = await Promise.all(town.sealFiles.map((file) => readFile(file, 'utf8')));
  const marked = new Set(
    lines
      .flatMap((text) => text.split('\n'))
      .filter((text) => text.includes('"what":"step"'))
      .map((text) => JSON.parse(text))
      .map(({ id, n }) => `${id} ${n}`),
  );
  const { rows } = await town.db.query<{ order_number: string; step: string }>(
    `select order_number, operation_id || ' ' || n as step from steps
      join operations on operations.shop_id = steps.shop_id and operations.id = operation_id`,
  );
  const steps = Map.groupBy(rows, (row) => row.order_number);
  const ledger = Map.groupBy(await readLedger(town.sandbox.url), ({ id }) => id);
  return [...ledger].flatMap(([orderNumber, held]) => {
    const own = steps.get(orderNumber) ?? [];
    const both = own.filter(({ step }) => marked.has(step)).length;
    const moves = countMoves(held);
    return moves > both
      ? [`${orderNumber}: ${moves} moves, ${own.length} steps, ${both} marked`]
      : [];
  });
}
