/**
 * Works on the items in sequence, at most `width` at a time. Takes no further item once
 * `isStopped`. Rejects with the first failure after all work under way has ended.
 */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const waiting = [...items];
  const hand = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (isStopped()) return;
      await work(item);
    }
  };
  const hands = await Promise.allSettled(
    Array.from({ length: Math.min(width, items.length) }, hand),
  );
  const failed = hands.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
