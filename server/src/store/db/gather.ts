/** The most items of one call. */
const GATHERED_MAX = 256;

type WaitingItem<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Joins calls that come close together: items requested during a call wait and then go together in
 * one. `work` resolves to a result for each item, in sequence; if it rejects, every caller in it
 * gets the rejection.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: WaitingItem<Item, Result>[] = [];
  let isUnderway = false;

  async function carryOn(): Promise<void> {
    isUnderway = true;
    await Promise.resolve(); // requests of the same moment join
    while (waiting.length > 0) {
      const together = waiting.splice(0, GATHERED_MAX);
      try {
        const results = await work(together.map(({ item }) => item));
        for (const [index, { resolve }] of together.entries()) resolve(results[index] as Result);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    isUnderway = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isUnderway) void carryOn();
    });
}
