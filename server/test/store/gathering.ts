import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { BatchStore } from '@renkei/core/ports/store.ts';
import { TurnBatches } from '@renkei/core/turn-batches.ts';

/** A patience without end: a batch begins when the one before it has ended. */
export const NEVER = () => new Promise<void>(() => {});

/**
 * Turns in batches that gather until `go`, by a first turn that is under way until then; and what
 * they have asked of the database.
 */
export function gatheringOn(store: BatchStore, withinShop = false) {
  const calls = { read: [] as OrderRef[], written: [] as OrderRef[], alone: [] as OrderRef[] };
  let go = () => {};
  const first = new Promise<void>((resolve) => {
    go = resolve;
  });
  const batches = new TurnBatches(
    {
      ...store,
      turn: async (ref, ...given) => {
        if (ref.shopId === 'nobody') await first;
        else calls.alone.push(ref);
        return store.turn(ref, ...given);
      },
      readPages: (asked) => {
        calls.read.push(...asked.map(({ ref }) => ref));
        return store.readPages(asked);
      },
      writePages: (decided) => {
        calls.written.push(...decided.map(({ after }) => after.order));
        return store.writePages(decided);
      },
    },
    { size: 32, withinShop, patience: NEVER },
  );
  const nobodys = { shopId: 'nobody', orderNumber: '0' };
  const awaited = batches.turn(nobodys, (page) => ({ page })).catch(() => {});
  return {
    batches,
    calls,
    go() {
      go();
      return awaited;
    },
  };
}
