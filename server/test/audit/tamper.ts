import { type OrderEvent, replay } from '@renkei/core/domain/order/events.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { History, JournalParts, LogParts } from '../../src/audit/book.ts';
import type { ChainEntry, EntryTexts, Seal } from '../../src/audit/chain.ts';
import type { Copy } from './in-memory.ts';
import { jsonbText } from './jsonb-text.ts';

/** Somebody with the power to write anything into the tables. `pick(n)`: a number below n. */
export type Pick = (n: number) => number;
export const TAMPERINGS: Readonly<Record<string, (copy: Copy, pick: Pick) => Copy>> = {
  'an entry says another thing': (copy, pick) =>
    onEntry(copy, pick, (parts) => parts.with(6, otherEvent(parts[6]))),
  'an entry names another person': (copy, pick) =>
    onEntry(copy, pick, (parts) => parts.with(4, { kind: 'user', id: 'x', name: 'x' })),
  'an entry is of another moment': (copy, pick) =>
    onEntry(copy, pick, (parts) => parts.with(3, parts[3] + 1 + pick(1_000))),
  'an entry is gone': (copy, pick) =>
    onHistory(copy, pick, (history) => ({
      ...history,
      entries: without(history.entries, pick(history.entries.length)),
    })),
  'two entries have changed places': (copy, pick) =>
    onHistory(copy, pick, (history) => ({ ...history, entries: swapped(history.entries, pick) })),
  'the last entries are gone, and the order is as before them': (copy, pick) =>
    onHistory(copy, pick, (history) => cutShort(history, 1 + pick(history.entries.length - 1))),
  'a customer’s words were other ones': (copy, pick) =>
    onTexts(copy, pick, (told) => ({ ...told, texts: '["something else"]' })),
  'a customer’s words are gone without an erasure': (copy, pick) => onTexts(copy, pick, () => null),
  'an order is gone with its whole journal': (copy, pick) => ({
    ...copy,
    histories: without(copy.histories, pick(copy.histories.length)),
  }),
  'an order is not what happened to it': (copy, pick) =>
    onHistory(copy, pick, (history) => ({
      ...history,
      order: history.order && { ...history.order, paidOn: '2020-01-01' },
    })),
  'a change of settings was another one': (copy, pick) =>
    onLogged(copy, pick, (parts) => parts.with(7, { linkEnabled: false, never: true })),
  'a sign-in was somebody else’s': (copy, pick) =>
    onLogged(copy, pick, (parts) => parts.with(5, `${parts[5]} the other`)),
  'an entry of the shop’s log is gone': (copy, pick) => ({
    ...copy,
    logged: without(copy.logged, pick(copy.logged.length)),
  }),
  'the last entries of the shop’s log are gone': (copy, pick) => ({
    ...copy,
    logged: copy.logged.slice(0, pick(copy.logged.length)),
  }),
  'a seal is gone': (copy, pick) => ({
    ...copy,
    seals: without(copy.seals, pick(copy.seals.length)),
  }),
  'a seal covers less': (copy, pick) => onSeal(copy, pick, (seal) => ({ ...seal, heads: '[]' })),
  'a seal is of another moment': (copy, pick) =>
    onSeal(copy, pick, (seal) => ({ ...seal, at: seal.at - 1 - pick(1_000) })),
  'the last seals are gone': (copy, pick) => ({
    ...copy,
    seals: copy.seals.slice(0, pick(copy.seals.length)),
  }),
};

function onHistory(copy: Copy, pick: Pick, change: (history: History) => History): Copy {
  const at = pick(copy.histories.length);
  return { ...copy, histories: copy.histories.map((one, n) => (n === at ? change(one) : one)) };
}

function onEntry(
  copy: Copy,
  pick: Pick,
  change: (parts: JournalParts) => readonly unknown[],
): Copy {
  return onHistory(copy, pick, (history) => {
    const at = pick(history.entries.length);
    return { ...history, entries: retold(history.entries, at, change) };
  });
}

function onTexts(copy: Copy, pick: Pick, change: (told: EntryTexts) => EntryTexts | null): Copy {
  const spoken = copy.histories.filter(({ entries }) => entries.some(({ told }) => told !== null));
  const chosen = spoken[pick(spoken.length)];
  const histories = copy.histories.map((one) => {
    if (one !== chosen) return one;
    const entries = one.entries.map((entry) =>
      entry.told === null ? entry : { ...entry, told: change(entry.told) },
    );
    return { ...one, entries };
  });
  return { ...copy, histories };
}

function onLogged(copy: Copy, pick: Pick, change: (parts: LogParts) => readonly unknown[]): Copy {
  return { ...copy, logged: retold(copy.logged, pick(copy.logged.length), change) };
}

/** Changes one entry, exactly as the database writes it. */
function retold<Parts, Entry extends ChainEntry>(
  entries: readonly Entry[],
  at: number,
  change: (parts: Parts) => readonly unknown[],
): Entry[] {
  return entries.map((entry, n) =>
    n === at ? { ...entry, text: jsonbText(change(JSON.parse(entry.text))) } : entry,
  );
}

function onSeal(copy: Copy, pick: Pick, change: (seal: Seal) => Seal): Copy {
  const at = pick(copy.seals.length);
  return { ...copy, seals: copy.seals.map((one, n) => (n === at ? change(one) : one)) };
}

/** Returns the same kind of event with one untrue part. */
function otherEvent(event: OrderEvent): OrderEvent {
  if (event.kind === 'order_placed') return { ...event, order: { ...event.order, version: 7 } };
  if (event.kind === 'order_marked_paid') return { ...event, paidOn: '2020-01-01' };
  if (event.kind === 'operation_accepted') return { ...event, amount: yen(2) };
  return { kind: 'order_unmarked_paid' };
}

function cutShort(history: History, kept: number): History {
  const entries = history.entries.slice(0, kept);
  const events = entries.map(({ text }) => (JSON.parse(text) as JournalParts)[6]);
  return { ...history, entries, order: replay(events) };
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_one, n) => n !== at);
}

function swapped<Entry extends ChainEntry>(entries: readonly Entry[], pick: Pick): Entry[] {
  const a = pick(entries.length);
  const b = (a + 1 + pick(entries.length - 1)) % entries.length;
  const places = entries.map((_entry, n) => entries[n === a ? b : n === b ? a : n]);
  return places.flatMap((entry, n) =>
    entry === undefined ? [] : retold([entry], 0, (parts: JournalParts) => parts.with(2, n + 1)),
  );
}
