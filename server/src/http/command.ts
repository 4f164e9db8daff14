import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Problem } from '@renkei/contract/common.ts';
import type { OrderView } from '@renkei/contract/orders/orders.ts';
import { digitsOf } from '@renkei/core/domain/commands/confirmation.ts';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { isAllowed, permissionOf } from '@renkei/core/domain/commands/permissions.ts';
import { differencesOf } from '@renkei/core/domain/drift/difference.ts';
import { applyEvent, replay } from '@renkei/core/domain/order/events.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import { OrderNotFound } from '@renkei/core/ports/store.ts';
import { isOpen, type Operation } from '@renkei/core/turns/operation.ts';
import { loadOrderFile, type OrderFile } from '../store/orders/order-file.ts';
import {
  loadJournal,
  loadOperation,
  loadOrder,
  type OperationWithSteps,
} from '../store/orders/order-view.ts';
import { loadShop, type Shop } from '../store/shops/shops.ts';
import { edgeProblem, HttpProblem, orNotFound, refusalProblem } from './problems/problems.ts';
import { hashOf, idempotencyKey, matchedVersion, typedBy } from './request.ts';
import { type Call, type HttpAnswer, memberSince, roleIn } from './route.ts';
import { presentHealth } from './views/health.ts';
import { lineOf, presentOperation } from './views/operations.ts';
import { presentOrder } from './views/orders.ts';
import { presentReason } from './views/reasons.ts';

/**
 * Carries a command on an order out, and answers with its true state: 200 once done, 202 while
 * under way or in doubt, a problem if refused or declined.
 */
export async function carryOut(
  call: Call,
  orderNumber: string,
  command: Command,
): Promise<HttpAnswer> {
  const { backoffice, shopId, locale, actor } = call;
  const ref = { shopId, orderNumber };
  await requirePermission(call, ref, command);
  const key = idempotencyKey(call);
  const expectedVersion = matchedVersion(call);
  const operationId = randomUUID();
  const confirmed = typedBy(call) === digitsOf(orderNumber);
  const asked = { operationId, key, inputHash: hashOf(call), actor, command, expectedVersion };
  const wanted = { ...asked, confirmed, memberSince: memberSince(call) };
  await lookFirst(call, orderNumber);
  const acceptance = await backoffice.office
    .command(ref, wanted, { waitMs: backoffice.waitMs })
    .catch((error: unknown) => {
      throw error instanceof OrderNotFound ? edgeProblem('not_found', locale) : error;
    });
  switch (acceptance.kind) {
    case 'refused':
      throw await refused(call, ref, acceptance.reason, acceptance.because);
    case 'key_reused':
      throw edgeProblem('idempotency_key_reused', locale);
    default: {
      const answer = await answerOperation(call, acceptance.operation);
      const replayed = acceptance.kind === 'repeated' ? { 'idempotency-replayed': 'true' } : {};
      return { ...answer, headers: { ...answer.headers, ...replayed } };
    }
  }
}

/**
 * Throws if the caller lacks the command's permission. Reads the order only if it matters: the
 * command may ask F-REGI less on this order than on another.
 */
async function requirePermission(call: Call, ref: OrderRef, command: Command): Promise<void> {
  const isAnswer = command.kind === 'agree_to_proposal' || command.kind === 'end_proposal';
  if (!isAnswer && isAllowed(roleIn(call), permissionOf(command))) return;
  const stored = orNotFound(await loadOrder(call.backoffice.db, ref), call.locale);
  const { transaction, proposal } = stored.order;
  call.requires(permissionOf(command, transaction));
  // F59: who answers must be allowed to give the command themselves.
  if (isAnswer && proposal) call.requires(permissionOf(proposal.command, transaction));
}

/** The greatest age of our record of F-REGI when a person sees an order or acts on it. */
const LOOK_AGE_MS = 5 * 60_000;
/** The time that a request waits for a look at F-REGI; the look itself goes on. */
const LOOK_WAIT_MS = 2_000;

/**
 * Looks at F-REGI before one order is shown or pressed, if the last look is too old. A change found
 * there makes a new version of the order, so that nobody acts on a state that was not shown (M6).
 * The look serves the person who waits; no money rests on it, so runs and schedules do without
 * (decision 20). If F-REGI cannot be asked, nobody is stopped: the screen shows the last known
 * state with its age.
 */
export async function lookFirst(call: Call, orderNumber: string): Promise<void> {
  const { lookout } = call.backoffice;
  const look = lookout.look({ shopId: call.shopId, orderNumber }, LOOK_AGE_MS).catch(() => null);
  await Promise.race([look, setTimeout(LOOK_WAIT_MS, null, { ref: false })]);
}

/** Answers with an operation and its order in their present state; throws if it was declined. */
export async function answerOperation(
  call: Call,
  { id, orderNumber }: Pick<Operation, 'id' | 'orderNumber'>,
): Promise<HttpAnswer> {
  const { backoffice, shopId, locale } = call;
  const file = await fileOf(call, orderNumber);
  const last = file.stored.operation;
  const loaded = last?.operation.id === id ? last : await loadOperation(backoffice.db, shopId, id);
  if (loaded === null) throw edgeProblem('not_found', locale);
  const { operation } = loaded;
  const location = operationUrl(operation);
  if (operation.state === 'declined' || operation.state === 'not_sent') {
    throw declined(call, loaded, location);
  }
  const order = viewOf(call, file);
  const isAwaited = operation.reason === 'second_person_awaited';
  const status = isOpen(operation) || isAwaited ? 202 : 200;
  const body = { operation: presentOperation(loaded, locale), order };
  return { status, body, headers: { location, etag: `"${order.version}"` } };
}

/** Returns the order as people see it, with its history and the allowed actions. */
export async function viewOrder(call: Call, orderNumber: string): Promise<OrderView> {
  return viewOf(call, await fileOf(call, orderNumber));
}

async function fileOf({ backoffice, shopId, locale, actor }: Call, orderNumber: string) {
  const ref = { shopId, orderNumber };
  return orNotFound(await loadOrderFile(backoffice.db, ref, actor.id), locale);
}

function viewOf(call: Call, file: OrderFile): OrderView {
  const { backoffice, locale } = call;
  const now = backoffice.now();
  if (file.isComparisonDue) backoffice.attendant.soon();
  const health = presentHealth(file, now, locale);
  const { actor } = call;
  const onlook = { health, role: roleIn(call), actor, memberSince: memberSince(call), now };
  return presentOrder(file, onlook, locale);
}

export async function shopOf({ backoffice, shopId, locale }: Call): Promise<Shop> {
  return orNotFound(await loadShop(backoffice.db, shopId), locale);
}

async function refused(
  call: Call,
  ref: OrderRef,
  reason: Reason,
  because: Reason | null,
): Promise<HttpProblem> {
  if (reason === 'confirmation_required') {
    return confirmationProblem(call, ref, digitsOf(ref.orderNumber));
  }
  if (reason !== 'order_changed' && reason !== 'operation_open') {
    return refusalProblem(reason, because, call.locale, ref);
  }
  const current = await viewOrder(call, ref.orderNumber);
  const { operation } = current;
  const standing = reason === 'operation_open' && operation;
  const isStale = reason === 'order_changed';
  return refusalProblem(reason, because, call.locale, ref, {
    current,
    ...(standing ? { operation: `/v1/operations/${standing.id}` } : {}),
    ...(isStale ? { changes: await changesSince(call, ref, matchedVersion(call)) } : {}),
  });
}

/**
 * Returns the changes that the loser of two edits has not seen: every field, its actor and the
 * time.
 */
async function changesSince(
  { backoffice }: Call,
  ref: OrderRef,
  version: number,
): Promise<NonNullable<Problem['changes']>> {
  const journal = await loadJournal(backoffice.db, ref);
  let order = replay(journal.slice(0, version).map(({ event }) => event));
  return journal.slice(version).flatMap(({ event, actor, at }) => {
    const before = order;
    order = applyEvent(order, event);
    return differencesOf(before, order).map((difference) => ({
      ...difference,
      by: actor.name,
      at: new Date(at).toISOString(),
    }));
  });
}

function declined(
  { locale }: Call,
  { operation, steps }: OperationWithSteps,
  location: string,
): HttpProblem {
  const reason = operation.reason ?? 'request_rejected';
  const view = presentReason(reason, locale, operation);
  const refusal = steps.findLast(({ state }) => state === 'refused');
  const text = lineOf(operation, steps);
  return new HttpProblem({
    title: reason.replaceAll('_', ' '),
    status: declinedStatus(operation),
    detail: `${view.cause}${locale === 'en' ? ' ' : ''}${view.remedy}`,
    code: reason,
    outcome: operation.state === 'not_sent' ? 'not_sent' : 'rejected',
    reason: view,
    operation: location,
    ...(text === null ? {} : { fregi: { code: refusal?.code ?? null, text } }),
  });
}

/** 402: the card company declined. 409: the transaction is in another state. 503: not sent. */
function declinedStatus({ state, reason }: Operation): number {
  if (state === 'not_sent') return 503;
  return reason !== null && CARD_SAYS_NO.includes(reason) ? 402 : 409;
}

const CARD_SAYS_NO: readonly Reason[] = [
  'card_declined',
  'amount_change_declined',
  'captured_change_declined',
];

/** S2: nothing was done; the problem names the header to send with the same request. */
export function confirmationProblem(
  { locale }: Call,
  ref: OrderRef | null,
  value: string,
): HttpProblem {
  const confirm = { header: 'Renkei-Confirm', value } as const;
  return refusalProblem('confirmation_required', null, locale, ref, { confirm });
}

function operationUrl({ id, shopId }: Pick<Operation, 'id' | 'shopId'>): string {
  return `/v1/operations/${id}?shop=${encodeURIComponent(shopId)}`;
}
