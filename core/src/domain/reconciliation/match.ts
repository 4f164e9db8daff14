import { datesBetween } from '../jst.ts';
import type { Instant, JstDate } from '../order.ts';
import { BUCKETS, type Bucket, DIFFERENCES } from './buckets.ts';

/**
 * 照合: our captures and refunds beside F-REGI's, transaction by transaction, so that every yen is
 * explained. Pure.
 */

/** A capture or a refund, as one side has booked it. Amounts in whole yen, never negative. */
export type BookEntry = {
  readonly kind: 'capture' | 'refund';
  /** 取引番号: what both sides call it by. */
  readonly seqno: string;
  readonly amount: number;
  /** The business date; null where F-REGI's side does not tell it. */
  readonly on: JstDate | null;
  readonly orderNumber: string | null;
  /** For what came to light after its own period was closed: the business date that it is of. */
  readonly correctionOf?: JstDate;
};

/** An entry of ours, with what supports it. */
export type OwnEntry = BookEntry & {
  /** When we knew. */
  readonly knownAt: Instant;
  /** F-REGI itself said so, in its answer to what we asked. */
  readonly answered: boolean;
  /** When a look at F-REGI was last complete enough to show it; null: never. */
  readonly lookedAt: Instant | null;
};

/** `answered`: F-REGI's answer to our call says so; nobody has looked there since. */
export type EntryEvidence = 'seen' | 'answered';
export type TheirEntry = BookEntry & { readonly evidence: EntryEvidence };

export type BookLine = {
  readonly bucket: Bucket;
  readonly kind: BookEntry['kind'];
  readonly seqno: string;
  readonly orderNumber: string | null;
  readonly ours: { readonly amount: number; readonly on: JstDate } | null;
  readonly theirs: { readonly amount: number; readonly on: JstDate } | null;
  /** What F-REGI's side rests on; null where there is none. */
  readonly evidence: EntryEvidence | null;
  /** When F-REGI was last looked at for it; null: never, or it is not ours. */
  readonly lookedAt: Instant | null;
  /** What it moves our sum by on the way to theirs, in yen: refunds count negative. */
  readonly moves: number;
  /** The business date that is corrected, where the line is a correction of a closed period. */
  readonly correctionOf: JstDate | null;
};

export type Period = { readonly from: JstDate; readonly to: JstDate };

/**
 * Matches both sides of a period. Entries outside of it are taken for what they are the other half
 * of, and for nothing else. A side books a capture, or a refund, of a 取引番号 once.
 */
export function match(
  ours: readonly OwnEntry[],
  theirs: readonly TheirEntry[],
  period: Period,
): BookLine[] {
  return pairs(ours, theirs).flatMap(
    ([own, other]) => lineOf(own, other, period) ?? [], // of neither side in the period
  );
}

/** The longest period whose days are told one by one: a leap year. */
const DAYS_MAX = 366;

/**
 * Matches each day of a period by itself. The entries are paired once for all days, so that a
 * month costs as much as a day.
 */
export function matchDays(
  ours: readonly OwnEntry[],
  theirs: readonly TheirEntry[],
  period: Period,
): Map<JstDate, BookLine[]> {
  const dates = datesBetween(period.from, period.to, DAYS_MAX);
  const days = new Map<JstDate, BookLine[]>(dates.map((on) => [on, []]));
  for (const [own, other] of pairs(ours, theirs)) {
    const booked = [own?.on ?? null, other?.on ?? null].filter((on) => on !== null);
    // A pair of which no side tells a date is taken at every day that is looked at.
    for (const on of booked.length === 0 ? days.keys() : new Set(booked)) {
      const line = lineOf(own, other, { from: on, to: on });
      if (line !== null) days.get(on)?.push(line);
    }
  }
  return days;
}

/** The 取引番号 of ours that are not among those seen at F-REGI, each once. */
export function listUnseen(
  ours: readonly Pick<BookEntry, 'seqno'>[],
  seen: readonly Pick<BookEntry, 'seqno'>[],
): string[] {
  const known = new Set(seen.map(({ seqno }) => seqno));
  return [...new Set(ours.map(({ seqno }) => seqno))].filter((seqno) => !known.has(seqno));
}

/**
 * F-REGI's side: what was seen there, and what it answered us and nobody has looked at since. An
 * answer is evidence; that nobody has looked is no evidence that it is not there.
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

/** Each capture and each refund as both sides have it; null where a side does not. */
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
  // A side that does not tell its date is taken at the other's: only the amount can then differ.
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

/** The equation: our captures less our refunds, and what leads from there to F-REGI's sum. */
export type Equation = {
  readonly ours: { readonly captures: Sum; readonly refunds: Sum; readonly net: number };
  /** Every bucket's part of the way; `matched` moves nothing. */
  readonly moves: Record<Bucket, Sum>;
  /** Of all that, what corrects a period that was closed before. */
  readonly corrections: Sum;
  readonly theirs: { readonly captures: Sum; readonly refunds: Sum; readonly net: number };
  /** Ours, moved, less theirs: zero, or the sum is wrong. It says nothing of the differences. */
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

/** What a period comes to, in one word, and how much of it that is. */
export type Verdict = Sum & {
  readonly kind: 'miscounted' | 'differs' | 'not_looked' | 'agrees' | 'empty';
  /** Of what agrees: what F-REGI answered, and nobody has looked at since. */
  readonly answered: Sum;
};

/** `agrees` only where nothing is left to do: no difference, and nothing that nobody looked at. */
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

/** So many lines, and the yen that they are about, whichever way they move. */
function sumOfLines(lines: readonly BookLine[]): Sum {
  const amountOf = ({ moves, ours, theirs }: BookLine) =>
    moves === 0 ? (ours?.amount ?? theirs?.amount ?? 0) : Math.abs(moves);
  return { count: lines.length, amount: lines.reduce((sum, line) => sum + amountOf(line), 0) };
}

/** The sum of one side, counted by itself, so that the equation can be wrong. */
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
