import { isAllowed } from '../access/roles.ts';
import { compare } from '../domain/compare.ts';
import type { Repair } from '../domain/drift.ts';
import { loadAttention, loadAttentionLog, type StoredItem } from '../store/attention.ts';
import { loadComparisonFacts } from '../store/comparison.ts';
import { readClock } from '../store/observations.ts';
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
  if (item.closedAt !== null) return [];
  const { db } = call.backoffice;
  if (item.orderNumber === null) return item.drift.repairs;
  const [facts] = await loadComparisonFacts(db, call.shopId, [item.orderNumber]);
  if (facts === undefined) return [];
  const drifts = compare(facts, await readClock(db));
  return drifts.find(({ kind }) => kind === item.kind)?.repairs ?? [];
}

/** An item with its repairs as they are now, for whoever is looking. */
export async function viewItem(call: Call, item: StoredItem) {
  const { backoffice, shopId, locale } = call;
  const { db } = backoffice;
  const [shop, log, repairs, facts] = await Promise.all([
    shopOf(call),
    loadAttentionLog(db, shopId, item.id),
    repairsOf(call, item),
    item.orderNumber === null ? [] : loadComparisonFacts(db, shopId, [item.orderNumber]),
  ]);
  const role = call.memberships.find((membership) => membership.shopId === shopId)?.role;
  const scene = {
    ...{ repairs, log, shop, now: backoffice.now() },
    order: facts[0]?.order ?? null,
    open: facts[0]?.open != null,
    operationId: facts[0]?.open?.operationId ?? null,
    may: (permission: Parameters<typeof isAllowed>[1]) =>
      role !== undefined && isAllowed(role, permission),
  };
  return presentDetail(item, scene, locale);
}
