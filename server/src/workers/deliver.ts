import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '@renkei/core/domain/decide.ts';
import { type Deliveries, type Delivery, SCHEDULE } from '@renkei/core/ports/deliveries.ts';
import type { Office } from './office.ts';

/** The most deliveries that one look makes; the next look makes the others. */
const AT_A_TIME = 200;

/**
 * Makes the orders of all deliveries that are due, one of each application at the most, and has
 * their cards authorized (B4). What is overdue waits for a person (`dueOf`). Called by
 * the clock, by any number of processes, as often as one likes: a delivery is a row with its number
 * in its key, written with its order in one transaction, and its authorization is an operation with
 * a key of its own. What cannot be authorized keeps no other from it: the first of such errors is
 * thrown when all were tried. Resolves to how many orders were made.
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
  await deliveries.noteLook();
  return made;
}

/** Has a card authorized; after a crash, the same one again, by the same key. */
async function authorize(
  deliveries: Deliveries,
  office: Pick<Office, 'command'>,
  delivery: Delivery,
): Promise<void> {
  const asked = await give(office, delivery, 'authorize', { kind: 'authorize', cardToken: null });
  if (asked.kind === 'refused') {
    if (asked.reason === 'safe_mode') return; // It passes, and the next look asks again.
    // Refused before anything was asked (自動連携 is off, the amount is none): it waits on hold.
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
    confirmed: true, // by the application
  };
  return office.command({ shopId, orderNumber }, wanted, { waitMs: 5_000 });
}
