import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

const TICK_MS = 15_000;

/** The clock, read anew every quarter of a minute: for what says how old it is. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), TICK_MS, { autoInvoke: true });
  return now;
}
