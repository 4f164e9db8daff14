/** What is asked for at a time, at most. */
const GATHERED_MAX = 256;

type WaitingItem<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Makes one call of many that come close together: what is asked for while an earlier call is under
 * way waits for it, and then goes in one. `work` resolves to a result for each item, in their
 * order; where it rejects, everyone who was in it hears so.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: WaitingItem<Item, Result>[] = [];
  let isUnderway = false;

  async function carryOn(): Promise<void> {
    isUnderway = true;
    await Promise.resolve(); // whoever asks in the same moment comes along
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
