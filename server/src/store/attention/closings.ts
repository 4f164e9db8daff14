import { createHash } from 'node:crypto';
import {
  type BookLine,
  type Equation,
  isIn,
  type Period,
} from '@renkei/core/domain/reconciliation/match.ts';
import type { DayAsked } from '@renkei/core/domain/rules/day-doubts.ts';
import { daysBetween, type Instant, type JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** A closed period: its equation, the person who closed it, and the hash that seals it. */
export type Closing = {
  readonly from: JstDate;
  readonly to: JstDate;
  readonly closedAt: Instant;
  readonly actor: Actor;
  readonly equation: Equation;
  readonly hash: string;
};

const COLUMNS = `from_on as from, to_on as to, closed_at as "closedAt", actor, equation, hash`;

export async function listClosings(db: Queryable, shopId: string): Promise<Closing[]> {
  const { rows } = await db.query<Closing>(
    `select ${COLUMNS} from closings where shop_id = $1 order by to_on desc limit 500`,
    [shopId],
  );
  return rows.map(asToday);
}

/** Closings from before 0.2 have no bucket `not_looked`, and their lines name no evidence. */
function asToday<T extends Closing>(closing: T): T {
  const { equation } = closing;
  const stored: Partial<Equation['moves']> = equation.moves;
  const { not_looked = { count: 0, amount: 0 } } = stored;
  return { ...closing, equation: { ...equation, moves: { ...equation.moves, not_looked } } };
}

/** Loads the closing of exactly this period, with its lines; null if there is none. */
export async function loadClosing(
  db: Queryable,
  shopId: string,
  { from, to }: Period,
): Promise<(Closing & { readonly lines: readonly BookLine[] }) | null> {
  const { rows } = await db.query<Closing & { lines: BookLine[] }>(
    `select ${COLUMNS}, lines from closings where shop_id = $1 and from_on = $2 and to_on = $3`,
    [shopId, from, to],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const lines = row.lines.map((line) => ({ ...NO_EVIDENCE, ...line }));
  return { ...asToday(row), lines };
}

const NO_EVIDENCE = { evidence: null, lookedAt: null };

/**
 * Closes a period right after the last closed one. Resolves to null if it does not follow it, or if
 * somebody else was first.
 */
export function closePeriod(
  db: Db,
  shopId: string,
  period: Period,
  actor: Actor,
  { equation, lines }: { readonly equation: Equation; readonly lines: readonly BookLine[] },
): Promise<Closing | null> {
  return transaction(db, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `close:${shopId}`,
    ]);
    const closed = await loadClosed(client, shopId);
    if (closed !== null && daysBetween(closed.to, period.from) !== 1) return null;
    const before = await client.query<{ hash: string }>(
      'select hash from closings where shop_id = $1 order by to_on desc limit 1',
      [shopId],
    );
    const content = JSON.stringify({ period, equation, lines });
    const hash = createHash('sha256')
      .update(`${before.rows[0]?.hash ?? ''}${content}`)
      .digest('hex');
    const { from, to } = period;
    const { rows } = await client.query<Closing>(
      `insert into closings (shop_id, from_on, to_on, actor, equation, lines, hash)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [shopId, from, to, actor, JSON.stringify(equation), JSON.stringify(lines), hash],
    );
    const booked = lines.flatMap(({ kind, seqno, theirs }) =>
      theirs !== null && isIn(theirs.on, period)
        ? [{ kind, seqno, on_date: theirs.on, amount: theirs.amount }]
        : [],
    );
    await client.query(
      `insert into booked_entries (shop_id, seqno, kind, on_date, amount, to_on)
       select $1, seqno, kind, on_date, amount, $2
         from jsonb_to_recordset($3::jsonb) as given (seqno text, kind text, on_date date, amount int)
       on conflict do nothing`,
      [shopId, to, JSON.stringify(booked)],
    );
    return rows[0] ?? null;
  });
}

/** Returns the first to the last closed day; null if none is closed. */
export async function loadClosed(db: Queryable, shopId: string): Promise<Period | null> {
  const { rows } = await db.query<{ from: JstDate | null; to: JstDate | null }>(
    'select min(from_on) as from, max(to_on) as to from closings where shop_id = $1',
    [shopId],
  );
  const { from = null, to = null } = rows[0] ?? {};
  return from === null || to === null ? null : { from, to };
}

/**
 * O6: returns what is asked about a 入金日: the closed days, unless a person has confirmed the day,
 * or it is not over and so cannot be closed.
 */
export async function dayAsked(
  db: Queryable,
  shopId: string,
  { dayConfirmed, isOver }: { readonly dayConfirmed: boolean; readonly isOver: boolean },
): Promise<DayAsked> {
  const isKnown = dayConfirmed || !isOver;
  return { dayConfirmed, closed: isKnown ? null : await loadClosed(db, shopId) };
}
