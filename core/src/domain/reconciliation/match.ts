import { datesBetween, type Instant, type JstDate } from '../values/jst.ts';
import { BUCKETS, type Bucket, DIFFERENCES, type VERDICTS } from './buckets.ts';

/**
 * 照合: matches our captures and refunds with F-REGI's, transaction by transaction, so that every yen
 * is explained. Pure.
 */

/** A capture or a refund, as one side has booked it. Amounts in whole yen, never negative. */
export type BookEntry = {
  readonly kind: 'capture' | 'refund';
  /** 取引番号: both sides' name for the transaction. */
  readonly seqno: string;
  readonly amount: number;
  /** The business date; null if F-REGI's side does not show it. */
  readonly on: JstDate | null;
  readonly orderNumber: string | null;
  /** The business date that this entry corrects, if its period was closed before we knew. */
  readonly correctionOf?: JstDate;
};

/** An entry of ours, with its evidence. */
export type OwnEntry = BookEntry & {
  /** The instant at which we knew. */
  readonly knownAt: Instant;
  /** True if F-REGI's own answer to our call says so. */
  readonly answered: boolean;
  /** The last look at F-REGI that was complete enough to show it; null: never. */
  readonly lookedAt: Instant | null;
};

/** `answered`: F-REGI's answer to our call says so, and nobody has looked there since. */
export type EntryEvidence = 'seen' | 'answered';
export type TheirEntry = BookEntry & { readonly evidence: EntryEvidence };

export type BookLine = {
  readonly bucket: Bucket;
  readonly kind: BookEntry['kind'];
  readonly seqno: string;
  readonly orderNumber: string | null;
  readonly ours: { readonly amount: number; readonly on: JstDate } | null;
  readonly theirs: { readonly amount: number; readonly on: JstDate } | null;
  /** The evidence for F-REGI's side; null if there is none. */
  readonly evidence: EntryEvidence | null;
  /** The last look at F-REGI for it; null: never, or it is not ours. */
  readonly lookedAt: Instant | null;
  /** The yen that lead from our sum to theirs; refunds are negative. */
  readonly moves: number;
  /** The business date in a closed period that the line corrects; null if it corrects none. */
  readonly correctionOf: JstDate | null;
};

export type Period = { readonly from: JstDate; readonly to: JstDate };

/**
 * Matches both sides of a period. Entries outside of the period serve only as partners of entries
 * inside it. Each side books a capture, or a refund, of a 取引番号 once.
 */
export function match(
  ours: readonly OwnEntry[],
  theirs: readonly TheirEntry[],
  period: Period,
): BookLine[] {
  return pairs(ours, theirs).flatMap(
    ([own, other]) => lineOf(own, other, period) ?? [], // null: neither side is in the period
  );
}

/** The longest period that can be split into days: a leap year. */
const DAYS_MAX = 366;

/** Matches each day separately; pairs entries once, so that a month costs as much as a day. */
export function matchDays(
  ours: readonly OwnEntry[],
  theirs: readonly TheirEntry[],
  period: Period,
): Map<JstDate, BookLine[]> {
  const dates = datesBetween(period.from, period.to, DAYS_MAX);
  const days = new Map<JstDate, BookLine[]>(dates.map((on) => [on, []]));
  for (const [own, other] of pairs(ours, theirs)) {
    const booked = [own?.on ?? null, other?.on ?? null].filter((on) => on !== null);
    // A pair without any date belongs to every day in view.
    for (const on of booked.length === 0 ? days.keys() : new Set(booked)) {
      const line = lineOf(own, other, { from: on, to: on });
      if (line !== null) days.get(on)?.push(line);
    }
  }
  return days;
}

/** Returns our 取引番号 that no look at F-REGI has shown, each once. */
export function listUnseen(
  ours: readonly Pick<BookEntry, 'seqno'>[],
  seen: readonly Pick<BookEntry, 'seqno'>[],
): string[] {
  const known = new Set(seen.map(({ seqno }) => seqno));
  return [...new Set(ours.map(({ seqno }) => seqno))].filter((seqno) => !known.has(seqno));
}

/**
 * Returns F-REGI's side: its sightings, and its answers that no later look covers. An answer is
 * evidence; a missing look is no evidence of absence.
 */
export function withAnswers(
  ours: readonly OwnEntry[],
  seen: readonly TheirEntry[],
): readonly TheirEntry[] {
  const known = new Set(seen.map(keyOf));
  const answers = ours.filter(
    (own) => own.answered && !isLookedSince(own) && !known.has(keyOf(own)),
  );
  return [
    ...seen,
    ...answers.map(({ kind, seqno, amount, on, orderNumber }): TheirEntry => {
      return { kind, seqno, amount, on, orderNumber, evidence: 'answered' };
    }),
  ];
}

function isLookedSince({ knownAt, lookedAt }: OwnEntry): boolean {
  return lookedAt !== null && lookedAt > knownAt;
}

/** A capture or a refund on both sides; null if a side does not have it. */
type Pair = readonly [own: OwnEntry | null, other: TheirEntry | null];

function pairs(ours: readonly OwnEntry[], theirs: readonly TheirEntry[]): Pair[] {
  const others = new Map(theirs.map((entry) => [keyOf(entry), entry]));
  const own = new Map(ours.map((entry) => [keyOf(entry), entry]));
  const keys = new Set([...own.keys(), ...others.keys()]);
  return [...keys].map((key): Pair => [own.get(key) ?? null, others.get(key) ?? null]);
}

function keyOf({ kind, seqno }: Pick<BookEntry, 'kind' | 'seqno'>): string {
  return `${kind} ${seqno}`;
}

function lineOf(own: Pair[0], other: Pair[1], period: Period): BookLine | null {
  const entry = own ?? other;
  if (entry === null) return null;
  // A side without a date takes the other's, so that only the amount can differ.
  const ours = own && { amount: own.amount, on: own.on ?? other?.on ?? period.from };
  const theirs = other && { amount: other.amount, on: other.on ?? own?.on ?? period.from };
  const oursIn = ours !== null && isIn(ours.on, period);
  const theirsIn = theirs !== null && isIn(theirs.on, period);
  const isAbsent = own !== null && isLookedSince(own);
  const bucket = bucketOf(ours, theirs, oursIn, theirsIn, isAbsent);
  if (bucket === null) return null;
  const sign = entry.kind === 'capture' ? 1 : -1;
  const moves = sign * ((theirsIn ? theirs.amount : 0) - (oursIn ? ours.amount : 0));
  const orderNumber = own?.orderNumber ?? other?.orderNumber ?? null;
  const correctionOf = own?.correctionOf ?? other?.correctionOf ?? null;
  return {
    bucket,
    kind: entry.kind,
    seqno: entry.seqno,
    orderNumber,
    ours,
    theirs,
    correctionOf,
    evidence: other?.evidence ?? null,
    lookedAt: own?.lookedAt ?? null,
    moves: moves === 0 ? 0 : moves,
  };
}

function bucketOf(
  ours: BookLine['ours'],
  theirs: BookLine['theirs'],
  oursIn: boolean,
  theirsIn: boolean,
  isAbsent: boolean,
): Bucket | null {
  if (!oursIn && !theirsIn) return null;
  if (theirs === null) return isAbsent ? 'only_ours' : 'not_looked';
  if (ours === null) return 'only_theirs';
  if (!theirsIn) return 'timing_out';
  if (!oursIn) return 'timing_in';
  return ours.amount === theirs.amount ? 'matched' : 'amount_differs';
}

export function isIn(on: JstDate, { from, to }: Period): boolean {
  return on >= from && on <= to;
}

/** The equation: our captures minus our refunds, and the steps from there to F-REGI's sum. */
export type Equation = {
  readonly ours: { readonly captures: Sum; readonly refunds: Sum; readonly net: number };
  /** Each bucket's yen on the way; `matched` moves nothing. */
  readonly moves: Record<Bucket, Sum>;
  /** The part of these moves that corrects a closed period. */
  readonly corrections: Sum;
  readonly theirs: { readonly captures: Sum; readonly refunds: Sum; readonly net: number };
  /** Our sum plus all moves, minus theirs: zero unless the arithmetic is wrong. */
  readonly unexplained: number;
};
export type Sum = { readonly count: number; readonly amount: number };

export function equationOf(lines: readonly BookLine[], period: Period): Equation {
  const ours = sideOf(lines, 'ours', period);
  const theirs = sideOf(lines, 'theirs', period);
  const sumOf = (own: readonly BookLine[]): Sum => ({
    count: own.length,
    amount: own.reduce((sum, line) => sum + line.moves, 0),
  });
  const moves = Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, sumOf(lines.filter((line) => line.bucket === bucket))]),
  ) as Record<Bucket, Sum>;
  const corrections = sumOf(lines.filter(({ correctionOf }) => correctionOf !== null));
  const moved = BUCKETS.reduce((sum, bucket) => sum + moves[bucket].amount, ours.net);
  return { ours, moves, corrections, theirs, unexplained: moved - theirs.net };
}

/** The result for a period, as one word with its count and yen. */
export type Verdict = Sum & {
  readonly kind: (typeof VERDICTS)[number];
  /** The part that agrees only by F-REGI's answer, without a later look. */
  readonly answered: Sum;
};

/** Returns `agrees` only if nothing is left to do: no difference, and no entry without a look. */
export function verdictOf(lines: readonly BookLine[], { moves, unexplained }: Equation): Verdict {
  const answered = sumOfLines(lines.filter(({ evidence }) => evidence === 'answered'));
  const differences = lines.filter(({ bucket }) => isDifference(bucket));
  const verdict = (kind: Verdict['kind'], sum: Sum): Verdict => ({ kind, ...sum, answered });
  if (unexplained !== 0) return verdict('miscounted', { count: 0, amount: unexplained });
  if (differences.length > 0) return verdict('differs', sumOfLines(differences));
  const { not_looked: notLooked } = moves;
  if (notLooked.count > 0) {
    return verdict('not_looked', sumOfLines(lines.filter(({ bucket }) => bucket === 'not_looked')));
  }
  return verdict(lines.length === 0 ? 'empty' : 'agrees', sumOfLines(lines));
}

export function isDifference(bucket: Bucket): boolean {
  return DIFFERENCES.some((difference) => difference === bucket);
}

/** The number of lines and the sum of their absolute yen. */
function sumOfLines(lines: readonly BookLine[]): Sum {
  const amountOf = ({ moves, ours, theirs }: BookLine) =>
    moves === 0 ? (ours?.amount ?? theirs?.amount ?? 0) : Math.abs(moves);
  return { count: lines.length, amount: lines.reduce((sum, line) => sum + amountOf(line), 0) };
}

/** Sums one side on its own, so that the equation can fail. */
function sideOf(lines: readonly BookLine[], side: 'ours' | 'theirs', period: Period) {
  const booked = lines.filter((line) => {
    const entry = line[side];
    return entry !== null && isIn(entry.on, period);
  });
  const sum = (kind: BookEntry['kind']): Sum => {
    const own = booked.filter((line) => line.kind === kind);
    return {
      count: own.length,
      amount: own.reduce((total, line) => total + (line[side]?.amount ?? 0), 0),
    };
  };
  const captures = sum('capture');
  const refunds = sum('refund');
  return { captures, refunds, net: captures.amount - refunds.amount };
}
