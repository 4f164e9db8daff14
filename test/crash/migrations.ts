import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyDatabase } from '../../server/src/admin/verify.ts';
import { describeFinding } from '../../server/src/audit/findings.ts';
import { PLACES } from '../../server/src/places.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { migrate } from '../../server/src/store/db/migrate.ts';
import { connect } from '../kit/postgres.ts';
import { Copies } from './copies.ts';
import {
  type Place,
  readSchema,
  type Schema,
  type Trial,
  tryMigration,
} from './migration-trial.ts';
import { FIRST_SCHEMA, writePast } from './past.ts';
import { fact, type Line, line } from './table.ts';
import { openOne } from './town.ts';

export type MigrationsOptions = {
  readonly orders: number;
  /** Kills of each migration; every fourth ends the database instead. */
  readonly kills: number;
  /** The numbers of the migrations to try; the rest are only applied. Left out: all. */
  readonly which?: readonly number[];
};

const HELD_MS_MAX = 2_000;
/**
 * Migrations from before the first release, when no shop had orders yet; an applied migration never
 * changes. They rewrite every order or entry under the table's lock: reported, not judged.
 */
const BEFORE_RELEASE: readonly number[] = [4, 5, 10, 31];

/**
 * Tries each migration on a shop with a past: kills it, and now and then the database, at points
 * spread over its whole length. It must leave the previous schema or its own, with all rows;
 * another run must finish it. Two processes also run it at once while people read and write orders
 * (F39).
 */
export async function killMigrations(
  { orders, kills, which }: MigrationsOptions,
  say: (line: string) => void,
): Promise<Line[]> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-migrations-'));
  const postgres = await openOne(join(directory, 'postgres'));
  const place: Place = { postgres, copies: new Copies(postgres), kills, say };
  const files = (await readdir(PLACES.migrations)).filter((name) => name.endsWith('.sql')).sort();
  const trials: Trial[] = [];
  try {
    await place.copies.setDurable(false);
    await place.copies.copy('template1', 'base');
    await advance(place, FIRST_SCHEMA, orders);
    let schema: Schema | null = null;
    for (const [index, name] of files.entries()) {
      const id = index + 1;
      if (id <= FIRST_SCHEMA) continue;
      const isTried = which?.includes(id) ?? true;
      if (isTried) {
        schema ??= await readSchema(place, 'base');
        const trial = await tryMigration(place, { id, name }, schema);
        trials.push(trial);
        schema = trial.after;
      }
      const hasMore = await advance(place, id, orders);
      if (hasMore || !isTried) schema = null;
    }
    return [...trials.map(reportOf), ...(await judgeShop(place, directory, orders))];
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Brings the base to a schema, with rows of its time. Returns true if it wrote any. */
async function advance({ copies }: Place, id: number, orders: number): Promise<boolean> {
  await onPool(copies.urlOf('base'), (db) => migrate(db, PLACES.migrations, id));
  return copies.within('base', (db) => writePast(db, id, orders));
}

/** In the end each order must be the replay of its journal, whose entries are an unbroken chain. */
async function judgeShop({ copies }: Place, directory: string, orders: number): Promise<Line[]> {
  const verdict = await onPool(copies.urlOf('base'), (db) =>
    verifyDatabase(db, join(directory, 'no-seals.jsonl')),
  );
  const { wrong, entries } = verdict;
  return [
    fact('entries of the journals', `${entries}`),
    line(
      'orders as their journals say',
      wrong === null ? `${verdict.orders}` : describeFinding(wrong, 'en'),
      `${orders}`,
      wrong === null && verdict.orders === orders,
    ),
  ];
}

async function onPool<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

function reportOf({ id, name, ends, finished, winners, met, tookMs }: Trial): Line {
  const { old, own, between } = ends;
  const judged = !BEFORE_RELEASE.includes(id);
  const found = [
    `${old} old, ${own} new, ${between} between`,
    `took ${seconds(tookMs)}`,
    `held up ${seconds(met.longestMs)} of ${met.asked} asks`,
    finished ? '' : 'NOT FINISHED',
    winners === 1 ? '' : `${winners} WINNERS`,
    met.failed.length === 0 ? '' : `${met.failed.length} FAILED`,
    met.lost === 0 ? '' : `${met.lost} LOST`,
  ];
  const whole = between === 0 && finished && winners === 1;
  const unharmed = met.failed.length === 0 && met.lost === 0;
  const quick = !judged || met.longestMs <= HELD_MS_MAX;
  return line(
    name.replace('.sql', ''),
    found.filter((part) => part !== '').join('; '),
    `0 between; ${judged ? `held up ≤ ${seconds(HELD_MS_MAX)}` : 'of before the first release'}`,
    whole && unharmed && quick,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 1_000 ? 2 : 1)} s`;
}
