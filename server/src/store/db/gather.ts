import { setTimeout } from 'node:timers/promises';
import type { Queryable } from './db.ts';

/** The most items of one call. */
const GATHERED_MAX = 256;
/** The time after which the next call begins beside a slow one, in milliseconds. */
const PATIENCE_MS = 100;

/** Resolves when work takes so long that others no longer wait for it. */
export function patience(): Promise<void> {
  return setTimeout(PATIENCE_MS, undefined, { ref: false });
}

type WaitingItem<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Joins calls that come close together: items requested during a call wait and then go together in
 * one, unless the call is slow. `work` resolves to a result for each item, in sequence, or to the
 * error of that item; if it rejects, every caller in it gets the rejection.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): (item: Item) => Promise<Result> {
  const waiting: WaitingItem<Item, Result>[] = [];
  let isUnderway = false;

  async function carryOn(): Promise<void> {
    isUnderway = true;
    await Promise.resolve(); // requests of the same moment join
    while (waiting.length > 0) {
      await Promise.race([carryOut(waiting.splice(0, GATHERED_MAX)), patience()]);
    }
    isUnderway = false;
  }

  async function carryOut(together: readonly WaitingItem<Item, Result>[]): Promise<void> {
    try {
      const results = await work(together.map(({ item }) => item));
      for (const [index, { resolve, reject }] of together.entries()) {
        const result = results[index];
        if (result instanceof Error) reject(result);
        else resolve(result as Result);
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isUnderway) void carryOn();
    });
}

/** {@link gather} for each pool of connections by itself. */
export function gatherOn<Item, Result, Pool extends object = Queryable>(
  work: (db: Pool, items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): (db: Pool, item: Item) => Promise<Result> {
  const gathered = new WeakMap<Pool, (item: Item) => Promise<Result>>();
  return (db, item) => {
    const ask = gathered.get(db) ?? gather((items: readonly Item[]) => work(db, items));
    gathered.set(db, ask);
    return ask(item);
  };
}

/** Returns the value that a row gives, or its error: it concerns this row only. */
export function readOrError<Row, Value>(row: Row, read: (row: Row) => Value): Value | Error {
  try {
    return read(row);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
