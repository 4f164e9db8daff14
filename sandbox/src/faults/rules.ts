import { Dice } from '../dice.ts';

/**
 * Hostility on request: faults on the way, as rules and as sentinels that a person can type.
 * Everything here is the sandbox's own.
 */
export const FAULTS = [
  'decline',
  'drop_before',
  'drop_after',
  'late_act',
  'late_answer',
  'http_500_before',
  'http_500_after',
  'garbage',
  'html',
  'empty',
  'cut_off',
  'wrong_charset',
  'half_change',
  'slow_drip',
  'duplicate_notice',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export type FaultRule = {
  readonly kind: FaultKind;
  /** Only for this shop, this CGI; for all of them if left out. */
  readonly shopId?: string;
  readonly cgi?: string;
  /** The share of calls that it strikes, 0 to 1; all of them if left out. */
  readonly share?: number;
  /** The number of strikes before it is used up; unlimited if left out. */
  readonly times?: number;
  readonly delayMs?: number;
  /** For `decline`: F-REGI's code and text. */
  readonly code?: string;
  readonly text?: string;
};

/** 伝票番号 with these ends strike by themselves, e.g. `100000394011-DROPA`. */
export const SENTINELS: Readonly<Record<string, FaultRule>> = {
  '-DROPB': { kind: 'drop_before' },
  '-DROPA': { kind: 'drop_after' },
  '-LATE': { kind: 'late_answer', delayMs: 90_000 },
  '-HALF': { kind: 'half_change' },
  '-500B': { kind: 'http_500_before' },
  '-500A': { kind: 'http_500_after' },
  '-HTML': { kind: 'html' },
  '-EMPTY': { kind: 'empty' },
  '-GARB': { kind: 'garbage' },
  '-CUT': { kind: 'cut_off' },
  '-DECL': { kind: 'decline', code: 'JCN-G55', text: '利用限度額を超えています' },
};

export class Faults {
  #rules: FaultRule[] = [];
  #left: number[] = [];
  #dice = new Dice(1);

  get rules(): readonly FaultRule[] {
    return this.#rules;
  }

  /** Replaces the rules; the same seed strikes the same calls again. */
  set(rules: readonly FaultRule[], seed = 1): void {
    this.#rules = [...rules];
    this.#left = rules.map(({ times }) => times ?? Number.POSITIVE_INFINITY);
    this.#dice = new Dice(seed);
  }

  /**
   * Returns the fault that strikes a call, or null: a sentinel in the slip first, then the rules.
   */
  strike(call: { shopId: string; cgi: string; id: string }): FaultRule | null {
    for (const [suffix, rule] of call.id.includes('-') ? Object.entries(SENTINELS) : []) {
      if (call.id.endsWith(suffix) && applies(rule, call)) return rule;
    }
    for (const [index, rule] of this.#rules.entries()) {
      const left = this.#left[index] ?? 0;
      if (left <= 0) continue;
      if (!applies(rule, call)) continue;
      if (rule.share !== undefined && this.#dice.throw() >= rule.share) continue;
      this.#left[index] = left - 1;
      return rule;
    }
    return null;
  }
}

/** The name for notices where a rule names a CGI. */
export const NOTICE = 'notice';

/** True if a rule applies to such a call. Half a change can only happen to a change. */
function applies(rule: FaultRule, { shopId, cgi }: { shopId: string; cgi: string }): boolean {
  if (rule.shopId !== undefined && rule.shopId !== shopId) return false;
  if (rule.cgi !== undefined && rule.cgi !== cgi) return false;
  if ((rule.kind === 'duplicate_notice') !== (cgi === NOTICE)) return false;
  return rule.kind !== 'half_change' || cgi === 'authchange.cgi' || cgi === 'salechange.cgi';
}

const DELAY_MS_MAX = 600_000;

/** The allowed values of each member of a rule; any other member is refused as a typing mistake. */
const MEMBERS: Readonly<Record<keyof FaultRule, (value: unknown) => boolean>> = {
  kind: (value) => FAULTS.some((kind) => kind === value),
  shopId: isText,
  cgi: isText,
  share: (value) => isBetween(value, 0, 1),
  times: (value) => Number.isSafeInteger(value) && isBetween(value, 0, Number.MAX_SAFE_INTEGER),
  delayMs: (value) => isBetween(value, 0, DELAY_MS_MAX),
  code: isText,
  text: isText,
};

/** Returns true if a value from outside is a rule. */
export function isFaultRule(value: unknown): value is FaultRule {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return Object.entries(value).every(
    ([name, member]) => Object.hasOwn(MEMBERS, name) && MEMBERS[name as keyof FaultRule](member),
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
