/** One line of the table: the workload, its figure, the floor, the target, and whether it holds. */
export type Result = {
  readonly workload: string;
  readonly what: string;
  readonly ours: string;
  readonly floor: string;
  readonly ratio: string;
  readonly target: string;
  readonly pass: boolean;
};

/** A rate: the more the better. */
export function rate(
  workload: string,
  what: string,
  ours: number,
  floor: number,
  least: number,
): Result {
  const ratio = ours / floor;
  return {
    workload,
    what,
    ours: `${ours.toFixed(0)}/s`,
    floor: `${floor.toFixed(0)}/s`,
    ratio: ratio.toFixed(2),
    target: `≥ ${least} × floor`,
    pass: ratio >= least,
  };
}

/** A time beside the floor's: the less the better. */
export function time(
  workload: string,
  what: string,
  oursMs: number,
  floorMs: number,
  most: number,
): Result {
  const ratio = oursMs / floorMs;
  return {
    workload,
    what,
    ours: `${oursMs.toFixed(1)} ms`,
    floor: `${floorMs.toFixed(1)} ms`,
    ratio: ratio.toFixed(2),
    target: `≤ ${most} × floor`,
    pass: ratio <= most,
  };
}

/** A figure against a limit of its own. */
export function limit(
  workload: string,
  what: string,
  value: number,
  most: number,
  unit: string,
): Result {
  return {
    workload,
    what,
    floor: '',
    ratio: '',
    ours: `${value.toFixed(1)} ${unit}`,
    target: `≤ ${most} ${unit}`,
    pass: value <= most,
  };
}

export function print(results: readonly Result[]): void {
  const columns = ['workload', 'what', 'ours', 'floor', 'ratio', 'target'] as const;
  const widths = columns.map((name) =>
    Math.max(name.length, ...results.map((result) => result[name].length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
  console.log(`\n${line(columns)}`);
  for (const result of results) {
    const verdict = result.pass ? 'pass' : 'SHORT';
    console.log(`${line(columns.map((name) => result[name]))}  ${verdict}`);
  }
  console.log(`\n${JSON.stringify(results)}`);
}
