/** One line of a report. */
export type Line = {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
  readonly holds: boolean;
};

export function fact(what: string, found: string): Line {
  return line(what, found, '', true);
}

export function line(what: string, found: string, wanted: string, holds: boolean): Line {
  return { what, found, wanted, holds };
}

/** Prints a report. Returns true if all of it holds. */
export function print(report: readonly Line[]): boolean {
  for (const { what, found, wanted, holds } of report) {
    console.log(`${holds ? 'ok  ' : 'NOT '} ${what.padEnd(40)} ${found.padEnd(28)} ${wanted}`);
  }
  return report.every(({ holds }) => holds);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/**
 * Returns the slope of points: the median of the slopes between any two of them (Theil and Sen). So
 * a single step up does not count, and repeated steps do.
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], at) =>
    points.slice(at + 1).map(([later, then]) => (then - y) / (later - x)),
  );
  return percentile(slopes, 0.5);
}
