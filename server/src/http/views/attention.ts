import type {
  AttentionDetail,
  AttentionList,
  Coverage,
  RepairView,
} from '@renkei/contract/attention/attention.ts';
import type { AttentionItem } from '@renkei/contract/attention/attention-item.ts';
import type { Command } from '@renkei/core/domain/commands/command.ts';
import { denialOf, permissionOf, type Role } from '@renkei/core/domain/commands/permissions.ts';
import {
  previewCommand,
  previewPaymentAfter,
} from '@renkei/core/domain/commands/preview-command.ts';
import { DRIFT, REPAIR, type Repair, suggestedOf } from '@renkei/core/domain/drift/drift.ts';
import { STORY } from '@renkei/core/domain/drift/drift-stories.ts';
import type { Books } from '@renkei/core/domain/drift/ownership.ts';
import type { TheirSide } from '@renkei/core/domain/drift/sighted.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { daysBetween, type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type {
  AttentionLogEntry,
  StoredCoverage,
  StoredItem,
} from '../../store/attention/attention.ts';
import type { Sweep } from '../../store/attention/sweeps.ts';
import type { Shop } from '../../store/shops/shops.ts';
import type { Overdue } from '../../store/subscriptions/subscriptions.ts';
import { presentPreview } from './actions/previews.ts';
import { instant, instantOrNull } from './instant.ts';
import { presentRedirects } from './redirects.ts';

export function presentItem(item: StoredItem, now: Instant, locale: Locale): AttentionItem {
  const { id, version, kind, urgency, orderNumber, customerName, seqno, amount, dueOn } = item;
  const { drift, assignee } = item;
  const best = suggestedOf(drift.story, drift.repairs);
  return {
    id,
    version,
    kind,
    urgency,
    orderNumber,
    customerName,
    seqno,
    amount,
    dueOn,
    assignee,
    code: DRIFT[kind].id,
    title: DRIFT[kind][locale],
    why: [STORY[drift.story][locale], ...belongings(drift.theirs, locale)].join(GAP[locale]),
    daysLeft: dueOn === null ? null : daysBetween(jstDateOf(now), dueOn),
    ours: drift.ours,
    theirs: drift.theirs.map((sighted) => presentSighted(sighted, drift.ours?.seqno ?? null)),
    redirects: presentRedirects(drift.redirects ?? []),
    differs: [...drift.differs],
    suggested: best === undefined ? null : { id: best.id, label: REPAIR[best.id][locale] },
    foundAt: instant(item.foundAt),
    changedAt: instant(item.changedAt),
    snoozedUntil: instantOrNull(item.snoozedUntil),
    closed: closedOf(item),
  };
}

const GAP = { ja: '', en: ' ' } as const;

/** O1: describes transactions under the slip that belong to another order. */
function belongings(theirs: readonly TheirSide[], locale: Locale): string[] {
  return theirs.flatMap(({ seqno, belongsTo }) => {
    if (!belongsTo) return [];
    const { orderNumber: other, certain } = belongsTo;
    if (locale === 'ja') {
      const end = certain ? 'のものです。' : 'のものである可能性があります。';
      return [`取引番号${seqno}は、同じ伝票番号の受注コード${other}${end}`];
    }
    const verb = certain ? 'belongs' : 'may belong';
    return [`Transaction ${seqno} ${verb} to order ${other} of the same slip.`];
  });
}

export function presentSighted(sighted: TheirSide, linkedSeqno: string | null) {
  const { seqno, slipId, authCode, state, amount, source, belongsTo = null } = sighted;
  const linked = seqno === linkedSeqno;
  const seenAt = instant(sighted.seenAt);
  return { seqno, slipId, authCode, state, amount, source, seenAt, linked, belongsTo };
}

function closedOf({ closedAt, closedHow, closedBy, closeReason }: StoredItem) {
  if (closedAt === null || closedHow === null) return null;
  return { at: instant(closedAt), how: closedHow, by: closedBy?.name ?? '', reason: closeReason };
}

/** The scene of a detail: the order in its present state, and the viewer. */
export type DetailScene = {
  readonly order: Order | null;
  readonly open: boolean;
  readonly books: Books;
  readonly operationId: string | null;
  readonly repairs: readonly Repair[];
  readonly log: readonly AttentionLogEntry[];
  readonly shop: Shop;
  readonly role: Role;
  readonly now: Instant;
};

export function presentDetail(
  item: StoredItem,
  scene: DetailScene,
  locale: Locale,
): AttentionDetail {
  return {
    ...presentItem(item, scene.now, locale),
    orderVersion: scene.order?.version ?? null,
    operationId: scene.operationId,
    repairs: scene.repairs.map((repair) => presentRepair(repair, scene, locale)),
    log: scene.log.map(({ at, actor, action, facts }) => ({
      at: instant(at),
      actor: actor.name,
      action,
      facts,
    })),
  };
}

function presentRepair(repair: Repair, scene: DetailScene, locale: Locale): RepairView {
  const { order, open, books, shop, role, now } = scene;
  const label = REPAIR[repair.id][locale];
  if (repair.kind === 'advice' || order === null) {
    return {
      id: repair.id,
      label,
      kind: 'advice',
      permission: null,
      allowed: true,
      denied: null,
      seqno: null,
      preview: null,
      next: null,
      irreversible: false,
    };
  }
  const { command } = repair;
  const today = jstDateOf(now);
  const previewed = previewCommand(order, open, command, shop, today, books);
  const next = command.kind === 'relink' ? previewPaymentAfter(order, command, shop, today) : null;
  const permission = permissionOf(command, order.transaction);
  const denied = denialOf(role, [permission], locale);
  return {
    id: repair.id,
    label,
    kind: 'command',
    permission,
    allowed: denied === null,
    denied,
    seqno: subjectOf(command),
    preview: presentPreview(order, previewed, shop, locale),
    next: next && presentPreview(order, next, shop, locale),
    irreversible: previewed.kind === 'pursue' && previewed.irreversible !== null,
  };
}

/** Returns the transaction of a repair, if there is a choice. */
export function subjectOf(command: Command): string | null {
  if (command.kind === 'relink') return command.to.seqno;
  return command.kind === 'cancel_stray' ? command.stray.seqno : null;
}

export function presentCoverage(
  shop: Shop,
  stored: StoredCoverage,
  sweeps: { readonly last: Sweep | null; readonly underway: Sweep | null },
  everyMs: number,
): Coverage {
  const { last, underway } = sweeps;
  const latest = underway ?? last;
  const { lastFile } = stored;
  return {
    inquiry: shop.inquiry,
    lastSweep: last && {
      orders: last.orders,
      looked: last.looked,
      failed: last.failed,
      startedAt: instant(last.startedAt),
      finishedAt: instantOrNull(last.finishedAt),
    },
    underway: underway && {
      orders: underway.orders,
      looked: underway.looked,
      startedAt: instant(underway.startedAt),
    },
    nextSweepAt: shop.inquiry && latest ? instant(latest.startedAt + everyMs) : null,
    lastFile: lastFile && { ...lastFile, importedAt: instant(lastFile.importedAt) },
    waiting: stored.waiting,
  };
}

/** 定期・頒布会: the sum of the overdue deliveries. */
export function presentOverdue(overdue: readonly Overdue[]): AttentionList['overdueDeliveries'] {
  return {
    applications: overdue.length,
    count: overdue.reduce((sum, { deliveries }) => sum + deliveries, 0),
    amount: overdue.reduce((sum, { amount }) => sum + amount, 0),
  };
}
