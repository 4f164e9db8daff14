import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { type Deliveries, type Delivery, SCHEDULE } from '@renkei/core/ports/deliveries.ts';
import type { Office } from './office.ts';

/** The most deliveries of one round; the next round makes the others. */
const AT_A_TIME = 200;

/**
 * Makes the orders of all due deliveries, at most one of each application, and has their cards
 * authorized (B4). Overdue deliveries wait for a person (`dueOf`). A clock calls it, in any number
 * of processes, at any rate: a delivery is a row with its number in its key, written together with
 * its order, and its authorization is an operation with a key of its own. A failed authorization
 * does not stop the others: the first error is thrown after all were tried. Resolves to the number
 * of orders made.
 */
export async function deliverDue(
  deliveries: Deliveries,
  office: Pick<Office, 'command'>,
  now: number,
): Promise<number> {
  let made = 0;
  for (const application of await deliveries.listDue(now, AT_A_TIME)) {
    if (await deliveries.make(application, now)) made += 1;
  }
  const errors: unknown[] = [];
  for (const delivery of await deliveries.listToAuthorize(AT_A_TIME)) {
    await authorize(deliveries, office, delivery).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
  await deliveries.noteRound();
  return made;
}

/** Has a card authorized; after a crash the same key finds the same operation. */
async function authorize(
  deliveries: Deliveries,
  office: Pick<Office, 'command'>,
  delivery: Delivery,
): Promise<void> {
  const asked = await give(office, delivery, 'authorize', { kind: 'authorize', cardToken: null });
  if (asked.kind === 'refused') {
    if (asked.reason === 'safe_mode') return; // Safe mode passes, and the next round asks again.
    // Refused before any call (自動連携 is off, the amount is zero): the order waits on hold.
    const held = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;
    await give(office, delivery, 'hold', held);
  }
  await deliveries.noteAuthorized(delivery);
}

function give(
  office: Pick<Office, 'command'>,
  { shopId, code, n, orderNumber }: Delivery,
  what: string,
  command: Command,
) {
  const key = `delivery:${code}:${n}:${what}`;
  const wanted = {
    operationId: randomUUID(),
    key,
    actor: SCHEDULE,
    command,
    expectedVersion: null,
    inputHash: createHash('sha256').update(key).digest('hex'),
    confirmed: true, // confirmed by the application
  };
  return office.command({ shopId, orderNumber }, wanted, { waitMs: 5_000 });
}
