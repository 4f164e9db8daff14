import { useThrottledValue } from '@mantine/hooks';

const SAY_EVERY_MS = 5_000;

/** The latest of a changing text, at most every few seconds: for what is read out. */
export function useSlowly(text: string): string {
  return useThrottledValue(text, SAY_EVERY_MS);
}
