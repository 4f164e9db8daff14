import { FAULT_LABELS } from './faults.ts';
import type { Summary } from './hands.ts';
import { type Labels, SOMETIMES } from './labels.ts';

/** Formats the results of a run for a person. */
export function reportOf(
  summary: Summary,
  took: { readonly seconds: number; readonly cpuSeconds: number; readonly workers: number },
): string {
  const { seeds, events, labels, violations } = summary;
  const { seconds, cpuSeconds, workers } = took;
  return [
    ...violations.map(
      ({ seed, invariant, what }) =>
        `seed ${seed}: ${invariant}: ${what}\n  npm run sim -- --seed ${seed}`,
    ),
    `${seeds} seeds, ${violations.length} violations, ${events} events`,
    `${seconds.toFixed(1)} s with ${workers} threads: ${Math.round(seeds / seconds)} seeds/s, ` +
      `${Math.round(seeds / cpuSeconds)} per second of one core`,
    coverage('call × fault', FAULT_LABELS, labels),
    coverage('sometimes', SOMETIMES, labels),
  ].join('\n');
}

/** Returns the places of a list that no history reached, and the least reached place. */
export function missing(expected: readonly string[], labels: Labels): string[] {
  return expected.filter((label) => !labels.has(label));
}

function coverage(what: string, expected: readonly string[], labels: Labels): string {
  const never = missing(expected, labels);
  const reached = expected.length - never.length;
  const times = (label: string) => labels.get(label) ?? 0;
  const rare = expected.filter((label) => times(label) > 0).sort((a, b) => times(a) - times(b));
  const [rarest] = rare;
  return [
    `${what}: ${reached} of ${expected.length} reached`,
    ...(rarest === undefined ? [] : [`  least often: ${rarest} (${times(rarest)} times)`]),
    ...never.map((label) => `  never: ${label}`),
  ].join('\n');
}
