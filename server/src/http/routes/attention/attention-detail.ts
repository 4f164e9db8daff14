import type { Repair } from '@renkei/core/domain/drift/drift.ts';
import { ALONE } from '@renkei/core/domain/drift/ownership.ts';
import {
  loadAttention,
  loadAttentionLog,
  type StoredItem,
} from '../../../store/attention/attention.ts';
import type { Attendant } from '../../../workers/attendant.ts';
import { shopOf } from '../../command.ts';
import { orNotFound } from '../../problems/problems.ts';
import { type Call, roleIn } from '../../route.ts';
import { presentDetail } from '../../views/attention.ts';

export async function itemOf(
  { backoffice, shopId, locale }: Call,
  id: string,
): Promise<StoredItem> {
  return orNotFound(await loadAttention(backoffice.db, shopId, id), locale);
}

/** Returns the present repairs: earlier offers may no longer hold. */
export async function repairsOf(call: Call, item: StoredItem): Promise<readonly Repair[]> {
  return repairsFound(item, await findFor(call, item));
}

type OrderComparison = Awaited<ReturnType<Attendant['find']>>;

async function findFor(
  { backoffice, shopId }: Call,
  { orderNumber }: StoredItem,
): Promise<OrderComparison> {
  return orderNumber === null ? null : backoffice.attendant.find({ shopId, orderNumber });
}

function repairsFound({ closedAt, orderNumber, kind, drift }: StoredItem, found: OrderComparison) {
  if (closedAt !== null) return [];
  if (orderNumber === null) return drift.repairs;
  return found?.drifts.find((one) => one.kind === kind)?.repairs ?? [];
}

/** Returns an item with its present repairs, for this user. */
export async function viewItem(call: Call, item: StoredItem) {
  const { backoffice, shopId, locale } = call;
  const [shop, log, found] = await Promise.all([
    shopOf(call),
    loadAttentionLog(backoffice.db, shopId, item.id),
    findFor(call, item),
  ]);
  const open = found?.facts.open ?? null;
  const scene = {
    repairs: repairsFound(item, found),
    log,
    shop,
    now: backoffice.now(),
    order: found?.facts.order ?? null,
    open: open !== null,
    books: found?.facts.books ?? ALONE,
    operationId: open?.operationId ?? null,
    role: roleIn(call),
  };
  return presentDetail(item, scene, locale);
}
