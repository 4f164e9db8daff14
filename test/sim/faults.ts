import type { Random } from './random.ts';

/**
 * What can go wrong, and how often. Each seed throws its own mixture, in which most kinds are rare
 * and a few are common: rare coincidences need some faults to be the rule (swarm testing).
 */
export const GATEWAY_FAULTS = [
  'unsent',
  'lost_request',
  'lost_answer',
  'late_act',
  'late_answer',
  'error_before',
  'error_after',
  'garbage_after',
  'declined',
  'unclear_before',
  'unclear_after',
  'half_done_change',
] as const;
export type GatewayFault = (typeof GATEWAY_FAULTS)[number];

/** At each place where a process waits: it dies before or after what it waits for, or it sleeps. */
export const PROCESS_FAULTS = [
  'crash_before',
  'crash_after',
  'pause_before',
  'pause_after',
] as const;
export type ProcessFault = (typeof PROCESS_FAULTS)[number];

export const STORE_FAULTS = ['commit_lost', 'commit_untold'] as const;
export type StoreFault = (typeof STORE_FAULTS)[number];

export class Faults {
  readonly #random: Random;
  readonly #rates: Record<GatewayFault | ProcessFault | StoreFault | 'inquiry_failed', number>;
  /** While false nothing goes wrong any more, so that what is left over can heal. */
  on = true;

  constructor(random: Random) {
    this.#random = random;
    const rate = (rare: number, common: number) => (random.chance(0.25) ? common : rare);
    const each = <K extends string>(kinds: readonly K[], rare: number, common: number) =>
      Object.fromEntries(kinds.map((kind) => [kind, rate(rare, common)])) as Record<K, number>;
    this.#rates = {
      ...each(GATEWAY_FAULTS, 0.01, 0.12),
      ...each(PROCESS_FAULTS, 0.003, 0.02),
      ...each(STORE_FAULTS, 0.004, 0.03),
      inquiry_failed: rate(0.1, 0.5),
    };
  }

  /** The fault that strikes now, of some kinds, or null. */
  strike<K extends keyof Faults['rates']>(kinds: readonly K[]): K | null {
    if (!this.on) return null;
    let left = this.#random.next();
    for (const kind of kinds) {
      left -= this.#rates[kind];
      if (left < 0) return kind;
    }
    return null;
  }

  get rates() {
    return this.#rates;
  }
}
