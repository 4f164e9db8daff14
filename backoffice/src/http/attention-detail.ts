import { isAllowed } from '../access/roles.ts';
import type { Repair } from '../domain/drift.ts';
import { ALONE } from '../domain/ownership.ts';
import type { Attendant } from '../reconcile/attendant.ts';
import { loadAttention, loadAttentionLog, type StoredItem } from '../store/attention.ts';
import { shopOf } from './command.ts';
import { presentDetail } from './present/attention.ts';
import { edgeProblem } from './problems.ts';
import type { Call } from './route.ts';

export async function itemOf(
  { backoffice, shopId, locale }: Call,
  id: string,
): Promise<StoredItem> {
  const item = await loadAttention(backoffice.db, shopId, id);
  if (item === null) throw edgeProblem('not_found', locale);
  return item;
}

/** The repairs as they are now: what was offered a while ago may not be true any more. */
export async function repairsOf(call: Call, item: StoredItem): Promise<readonly Repair[]> {
  return repairsFound(item, await findFor(call, item));
}

type Found = Awaited<ReturnType<Attendant['find']>>;

async function findFor({ backoffice, shopId }: Call, { orderNumber }: StoredItem): Promise<Found> {
  return orderNumber === null ? null : backoffice.attendant.find({ shopId, orderNumber });
}

function repairsFound({ closedAt, orderNumber, kind, drift }: StoredItem, found: Found) {
  if (closedAt !== null) return [];
  if (orderNumber === null) return drift.repairs;
  return found?.drifts.find((one) => one.kind === kind)?.repairs ?? [];
}

/** An item with its repairs as they are now, for whoever is looking. */
export async function viewItem(call: Call, item: StoredItem) {
  const { backoffice, shopId, locale } = call;
  const [shop, log, found] = await Promise.all([
    shopOf(call),
    loadAttentionLog(backoffice.db, shopId, item.id),
    findFor(call, item),
  ]);
  const open = found?.facts.open ?? null;
  const role = call.memberships.find((membership) => membership.shopId === shopId)?.role;
  const scene = {
    repairs: repairsFound(item, found),
    log,
    shop,
    now: backoffice.now(),
    order: found?.facts.order ?? null,
    open: open !== null,
    books: found?.facts.books ?? ALONE,
    operationId: open?.operationId ?? null,
    may: (permission: Parameters<typeof isAllowed>[1]) =>
      role !== undefined && isAllowed(role, permission),
  };
  return presentDetail(item, scene, locale);
}
