import type { CardTransaction } from './entities.ts';
import type { LedgerEvent } from './events.ts';
import { Ledger } from './ledger.ts';
import { STATES } from './states.ts';

/** Returns a snapshot: the events that make a ledger from an empty one. */
export function snapshotOf(ledger: Ledger): LedgerEvent[] {
  const { clockOffsetMs: offsetMs, clockStoppedAt: stoppedAt } = ledger;
  return [
    ...each(ledger.shopSettings, ([shopId, settings]) => ({
      kind: 'shop_changed',
      shopId,
      settings,
    })),
    ...each(ledger.transactions, ([, transaction]) => ({ kind: 'opened', transaction })),
    ...each(ledger.customers, ([, customer]) => ({ kind: 'customer_registered', customer })),
    ...each(ledger.tokens, ([, token]) => ({ kind: 'token_issued', token })),
    ...each(ledger.challenges, ([, challenge]) => ({ kind: 'challenge_opened', challenge })),
    ...each(ledger.issues, ([, issue]) => ({ kind: 'issue_put', issue })),
    ...each(ledger.slips, ([, slip]) => ({ kind: 'slip_put', slip })),
    ...each(ledger.bulks, ([, bulk]) => ({ kind: 'bulk_accepted', bulk })),
    ...each(ledger.notices, ([, notice]) => ({ kind: 'notice_put', notice })),
    ...ledger.mails.map((mail): LedgerEvent => ({ kind: 'mailed', mail })),
    { kind: 'clock_stopped', stoppedAt },
    { kind: 'clock_moved', offsetMs },
  ];
}

function each<K, V>(held: ReadonlyMap<K, V>, event: (entry: [K, V]) => LedgerEvent): LedgerEvent[] {
  return [...held].map(event);
}

const KINDS: ReadonlySet<string> = new Set<LedgerEvent['kind']>([
  ...(['opened', 'customer_registered', 'token_issued', 'challenge_opened', 'issue_put'] as const),
  ...(['slip_put', 'bulk_accepted', 'notice_put', 'mailed', 'shop_changed'] as const),
  ...(['clock_stopped', 'clock_moved'] as const),
]);

/** Reads a snapshot from outside; null if no ledger can be made of it. */
export function readSnapshot(value: unknown): LedgerEvent[] | null {
  if (!Array.isArray(value) || !value.every(isEvent)) return null;
  const trial = new Ledger();
  try {
    for (const event of value) trial.apply(event);
  } catch {
    return null;
  }
  return [...trial.transactions].every(([key, found]) => isWhole(key, found)) ? value : null;
}

function isEvent(event: unknown): event is LedgerEvent {
  return (
    typeof event === 'object' && event !== null && 'kind' in event && KINDS.has(String(event.kind))
  );
}

function isWhole(
  key: unknown,
  { id, shopId, amount, state, authorizedAt, history, pan }: CardTransaction,
) {
  const texts = [key, id, shopId, pan].every((text) => typeof text === 'string');
  const numbers = [amount, authorizedAt].every(Number.isFinite);
  return texts && numbers && Object.hasOwn(STATES, state) && Array.isArray(history);
}
