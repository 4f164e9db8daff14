import type { Copies } from './copies.ts';
import { difference, readCatalog, sumRows } from './fingerprint.ts';
import { type Met, meanwhile } from './meanwhile.ts';
import { Migrator } from './migrator.ts';
import { sleep } from './processes.ts';
import type { Database } from './town.ts';

/** The place of the trials: one PostgreSQL, whose database `base` has the previous schema. */
export type Place = {
  readonly postgres: Database;
  readonly copies: Copies;
  readonly kills: number;
  readonly say: (line: string) => void;
};

/** A database at one schema: its catalog, and the sums of its tables' rows. */
export type Schema = {
  readonly catalog: readonly string[];
  readonly rows: ReadonlyMap<string, string>;
};
type Migration = { readonly id: number; readonly name: string };

/** The results for one migration. */
export type Trial = Migration & {
  /** The schemas after the kills: the previous one, its own, or neither. */
  readonly ends: { old: number; own: number; between: number };
  /** True if a run after all kills ended, with the same rows as without a kill. */
  readonly finished: boolean;
  /** The number of two concurrent processes that applied it, and what people met meanwhile. */
  readonly winners: number;
  readonly met: Met;
  /** The time of an undisturbed run, in milliseconds. */
  readonly tookMs: number;
  readonly after: Schema;
};

const DATABASE_ENDS_EVERY = 4;

/** Tries a migration; afterwards `base` has its schema. */
export async function tryMigration(
  place: Place,
  migration: Migration,
  before: Schema,
): Promise<Trial> {
  const { copies, say } = place;
  await copies.copy('base', 'undisturbed');
  const tookMs = await timeMigration(place, migration);
  const after = await readSchema(place, 'undisturbed');
  const { ends, finished } = await killIt(place, migration, { before, after, tookMs });
  await copies.copy('base', 'busy');
  const { winners, met } = await runTwice(place, migration);
  for (const words of new Set(met.failed)) say(`VIOLATION ${migration.name}: ${words}`);
  await copies.drop('killed');
  await copies.drop('busy');
  await copies.rename('undisturbed', 'base');
  say(`${migration.name}: ${JSON.stringify(ends)}`);
  return { ...migration, ends, finished, winners, met, tookMs, after };
}

export function readSchema({ copies }: Place, name: string): Promise<Schema> {
  return copies.within(name, async (db) => ({
    catalog: await readCatalog(db),
    rows: await sumRows(db),
  }));
}

async function timeMigration({ copies }: Place, { id, name }: Migration): Promise<number> {
  const migrator = await Migrator.start(copies.urlOf('undisturbed'), id);
  migrator.begin();
  const applied = await migrator.ended();
  if (applied?.[0] !== name) throw new Error(`${name} was not applied, undisturbed: ${applied}`);
  return migrator.tookMs;
}

type Bounds = { readonly before: Schema; readonly after: Schema; readonly tookMs: number };

/** Kills the migration at points spread over its length, and at last lets it finish. */
async function killIt(
  place: Place,
  migration: Migration,
  bounds: Bounds,
): Promise<Pick<Trial, 'ends' | 'finished'>> {
  const { copies, kills, postgres, say } = place;
  const ends = { old: 0, own: 0, between: 0 };
  let state: keyof typeof ends = 'between';
  for (let n = 0; n < kills; n += 1) {
    if (state !== 'old') await copies.copy('base', 'killed');
    const migrator = await Migrator.start(copies.urlOf('killed'), migration.id);
    migrator.begin();
    await sleep(((n + Math.random()) / kills) * bounds.tookMs);
    if (n % DATABASE_ENDS_EVERY === DATABASE_ENDS_EVERY - 1) await postgres.crash();
    else migrator.kill();
    await migrator.ended();
    state = await judgeKill(place, migration, bounds);
    ends[state] += 1;
  }
  const migrator = await Migrator.start(copies.urlOf('killed'), migration.id);
  migrator.begin();
  const applied = await migrator.ended();
  const { catalog, rows } = await readSchema(place, 'killed');
  const lines = [...catalog, ...linesOf(rows)];
  const wanted = [...bounds.after.catalog, ...linesOf(bounds.after.rows)];
  const differs = difference(lines, wanted);
  if (differs !== '') say(`VIOLATION ${migration.name}, run again: ${differs}`);
  return { ends, finished: applied !== null && differs === '' };
}

/** Judges the schema after the session of the killed process has ended, too. */
async function judgeKill(
  { copies, say }: Place,
  { name }: Migration,
  { before, after }: Bounds,
): Promise<'old' | 'own' | 'between'> {
  const changed = [...after.rows.keys()].filter(
    (table) => before.rows.get(table) !== after.rows.get(table),
  );
  const now = await copies.within('killed', async (db) => {
    await db.query(`select pg_advisory_lock(hashtextextended('renkei:migrate', 0))`);
    return { catalog: await readCatalog(db), rows: await sumRows(db, changed) };
  });
  const differenceTo = ({ catalog, rows }: Schema) =>
    difference([...now.catalog, ...linesOf(now.rows)], [...catalog, ...linesOf(rows, changed)]);
  const [toBefore, toAfter] = [differenceTo(before), differenceTo(after)];
  if (toBefore === '') return 'old';
  if (toAfter === '') return 'own';
  say(`VIOLATION ${name}: between. To before: ${toBefore}. To after: ${toAfter}`);
  return 'between';
}

function linesOf(
  rows: ReadonlyMap<string, string>,
  only: readonly string[] | null = null,
): string[] {
  const named = [...rows].filter(([table]) => only === null || only.includes(table));
  return named.map(([table, sum]) => `rows of ${table}: ${sum}`);
}

/** Runs the migration in two processes at once, on a table where people work. */
async function runTwice(
  { copies }: Place,
  { id, name }: Migration,
): Promise<Pick<Trial, 'winners' | 'met'>> {
  const url = copies.urlOf('busy');
  await copies.setDurable(true);
  const both = [await Migrator.start(url, id), await Migrator.start(url, id)];
  let winners = 0;
  const met = await meanwhile(url, async () => {
    for (const migrator of both) migrator.begin();
    for (const migrator of both) {
      const applied = await migrator.ended();
      // A failed process has not waited for the other: counts as though both had won.
      winners += applied === null ? 2 : applied.filter((each) => each === name).length;
    }
  });
  await copies.setDurable(false);
  return { winners, met };
}
