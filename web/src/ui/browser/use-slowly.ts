import { useThrottledValue } from '@mantine/hooks';

const SAY_EVERY_MS = 5_000;

/** The latest version of a changing text, at most every few seconds, for screen readers. */
export function useSlowly(text: string): string {
  return useThrottledValue(text, SAY_EVERY_MS);
}
