import type { DeadlineLevel } from '@renkei/contract';
import type { Tone } from '../../ui/state/badge.tsx';

/** The tone of a deadline's level. */
export const TONE: Record<DeadlineLevel, Tone> = {
  passed: 'bad',
  d1: 'bad',
  d3: 'bad',
  d7: 'warn',
  d14: 'warn',
  later: 'quiet',
};
